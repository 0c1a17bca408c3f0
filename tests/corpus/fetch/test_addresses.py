"""Only web addresses of the public Internet are asked, whatever form they are written in."""

from __future__ import annotations

import socket

import pytest

from corpus.fetch.addresses import AddressError, is_public_ip, request_target

PRIVATE = (
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 "
    "255.255.255.255 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 "
    "2002:7f00:1:: 2001:db8::1 198.18.0.1"
).split()


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_of_no_public_network_is_private(ip: str) -> None:
    assert not is_public_ip(ip)


@pytest.mark.parametrize("ip", ["1.1.1.1", "2606:4700::1", "64:ff9b::101:101"])
def test_an_address_of_the_internet_is_public(ip: str) -> None:
    assert is_public_ip(ip)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://[::1]/a",
        "http://2130706433/a",  # the same as a number
        "http://0x7f.1/a",  # and in short
        "http://localhost/a",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_a_private_host_is_asked_only_where_it_is_allowed(url: str) -> None:
    with pytest.raises(AddressError, match="private network") as error:
        request_target(url, allow_private=False)
    assert "--allow-private" in error.value.remedy
    assert request_target(url, allow_private=True).ip in ("127.0.0.1", "::1", "169.254.169.254")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "no http or https"),
        ("ftp://desk.example/a", "no http or https"),
        ("http:///a", "no http or https"),
        ("http://desk.example:99999/", "no web address"),
        ("http://[::1/", "no web address"),
        ("http://user:secret@1.1.1.1/", "name or password"),
        ("http://1.1.1.1/a\r\nHost: other", "white space"),
        ("http://1.1.1.1/" + "a" * 3_000, "no http or https"),
        ("http://" + "a" * 70 + ".example/", "not known"),
    ],
)
def test_what_is_no_plain_web_address_is_refused_with_a_reason(url: str, reason: str) -> None:
    with pytest.raises(AddressError, match=reason):
        request_target(url, allow_private=True)


def test_one_private_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(host: str, port: int, **_: object) -> list[object]:
        return [(0, 0, 0, "", (ip, port)) for ip in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with pytest.raises(AddressError, match="private network"):
        request_target("https://desk.example/", allow_private=False)


def test_the_target_is_the_address_that_was_checked() -> None:
    target = request_target("https://1.1.1.1:8443/a/b?c=d#e", allow_private=False)
    assert target == ("https", "1.1.1.1", 8443, "1.1.1.1", "/a/b?c=d")
    assert request_target("http://1.1.1.1", allow_private=False).path == "/"
