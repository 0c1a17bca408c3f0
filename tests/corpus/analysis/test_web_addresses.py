"""Web addresses are found, blanked out and checked by the same few patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.web_addresses import (
    MAX_ADDRESS_CHARACTERS,
    blank_addresses,
    find_address,
    is_web_post,
    same_site,
    web_address,
)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "HTTP://a.example/b?c=d&e=f#g",
        "https://a.example/x_(y)",
        "https://ä.example/ü",
        "http://[::1]:8000/",
    ],
)
def test_a_web_address_stays_as_it_is(url: str) -> None:
    assert web_address(f" {url}\n") == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "//a.example",
        "http:",
        "http:///a.example",
        "https://a.example/x y",
        "https://a.example/<b>",
        'https://a.example/"',
        "https://a.example/\\",
        "https://a.example/\x00",
        "http://[::1",
        "javascript:alert(1)",
        "JaVaScRiPt:x//https://a.example",
        "java\nscript:alert(1)",
        "vbscript:x",
        "file:///etc",
        "data:text/html,x",
        "https://a.example/" + "x" * MAX_ADDRESS_CHARACTERS,
    ],
)
def test_what_is_no_web_address_is_empty(text: str) -> None:
    assert web_address(text) == ""


def test_the_first_address_within_a_text_is_found() -> None:
    found = find_address("A book (<https://a.example/x>), https://b.example")
    assert found is not None
    assert found[0] == "https://a.example/x"
    assert find_address("no address, www.a.example") is None
    assert find_address("xhttps://a.example") is None


@given(st.text())
def test_what_is_found_within_a_text_is_an_address(text: str) -> None:
    found = find_address(f"{text} https://a.example/x")
    assert found is not None
    assert find_address(found[0]) is not None


def test_addresses_become_spaces() -> None:
    text = "see https://a.example/b, www.b.example, t.co/x and pic.twitter.com/y now"
    blank = blank_addresses(text)
    assert blank.replace(",", " ").split() == ["see", "and", "now"]
    assert len(blank) == len(text)
    assert blank.index("now") == text.index("now")
    assert blank_addresses("either/or, cat.co/x") == "either/or, cat.co/x"


@given(st.text())
def test_blanking_keeps_length_and_is_done_at_once(text: str) -> None:
    blank = blank_addresses(text)
    assert len(blank) == len(text)
    assert blank_addresses(blank) == blank


@pytest.mark.parametrize(
    "text",
    [
        "Look at this https://t.co/x",
        "see www.a.example",
        "pic.twitter.com/x",
        "#moon is fake",
        "so says @someone",
        "a\nb",
    ],
)
def test_a_post_is_known_by_its_signs(text: str) -> None:
    assert is_web_post(text)


@pytest.mark.parametrize(
    "text",
    ["", "Is the C# language older than Java?", "mail me@example.org", "topic:food moon", "1/2"],
)
def test_what_was_typed_is_no_post(text: str) -> None:
    assert not is_web_post(text)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("https://desk.example/a", "http://www.desk.example:80/b?x=1", True),
        ("https://desk.example/a", "https://m.desk.example/a", True),
        ("https://desk.example/a", "https://other.example/a", False),
        ("https://desk.example/a", "https://desk.example.net/a", False),
        ("", "", False),
    ],
)
def test_addresses_are_of_one_site_by_their_host(first: str, second: str, same: bool) -> None:
    assert same_site(first, second) is same_site(second, first) is same
