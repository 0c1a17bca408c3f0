"""A request is polite and bounded, and no redirect leads where it may not go."""

from __future__ import annotations

import gzip
import time

import pytest

from corpus.fetch import fetcher as module
from corpus.fetch.fetcher import Fetcher, FetchError
from tests.corpus.fetch.site import Answer, Site


def test_an_answer_is_kept_with_its_type_and_validators(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", "<p>Trams</p>", etag='"1"')
    found = fetcher.get(url)
    assert found.path is not None
    assert found.path.read_text() == "<p>Trams</p>"
    assert (found.content_type, found.etag, found.url) == ("text/html", '"1"', url)
    again = fetcher.get(url, etag='"1"')
    assert again.path is None  # nothing changed
    assert site.headers[-1]["user-agent"] == "divedeeper"


def test_packed_answers_are_unpacked_and_bounded(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = Answer(gzip.compress(b"a" * 3_000_000), headers={"Content-Encoding": "gzip"})
    site.pages["/bomb"] = packed
    found = fetcher.get(f"{site.url}/bomb")
    assert found.path is not None
    assert found.path.stat().st_size == 3_000_000
    monkeypatch.setattr(module, "MAX_PAGE_BYTES", 1_000_000)
    with pytest.raises(FetchError, match="over 1 MB"):
        fetcher.get(f"{site.url}/bomb", is_page=True)


def test_an_answer_that_takes_too_long_or_breaks_off_is_an_error(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/half"] = Answer(b"half", headers={"Content-Length": "1000"})
    monkeypatch.setattr(module, "READ_SECONDS", 0.2)
    with pytest.raises(FetchError, match="broke off") as error:
        fetcher.get(f"{site.url}/half")
    assert error.value.is_site
    monkeypatch.setattr(module, "PAGE_SECONDS", -1.0)
    site.put("/slow", "x")
    with pytest.raises(FetchError, match="too long"):
        fetcher.get(f"{site.url}/slow", is_page=True)


def test_robots_txt_is_kept(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/*.html$\n", "text/plain")
    site.put("/private/a.html", "x")
    with pytest.raises(FetchError, match=r"robots\.txt of the site forbids"):
        fetcher.get(f"{site.url}/private/a.html")
    assert site.asked == ["/robots.txt"]
    site.put("/public", "x")
    fetcher.get(f"{site.url}/public")
    assert site.times("/robots.txt") == 1


def test_a_site_that_fails_for_its_robots_txt_is_not_asked(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Answer(status=500)
    site.put("/a", "x")
    with pytest.raises(FetchError, match="the site fails"):
        fetcher.get(f"{site.url}/a")
    assert site.asked == ["/robots.txt"]


def test_a_crawl_delay_is_kept(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n", "text/plain")
    url = site.put("/a", "x")
    fetcher.get(url)
    start = time.monotonic()
    fetcher.get(url)
    assert time.monotonic() - start >= 0.15


def test_redirects_are_followed_and_counted(site: Site, fetcher: Fetcher) -> None:
    site.pages["/old"] = Answer(status=301, headers={"Location": "/new"})
    site.put("/new", "x")
    assert fetcher.get(f"{site.url}/old").url == f"{site.url}/new"
    site.pages["/round"] = Answer(status=302, headers={"Location": "/round"})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetcher.get(f"{site.url}/round")


@pytest.mark.parametrize("place", ["file:///etc/passwd", "http://user:x@127.0.0.1/", "gopher://a"])
def test_a_redirect_is_checked_as_the_first_address_is(
    site: Site, fetcher: Fetcher, place: str
) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": place})
    with pytest.raises(FetchError):
        fetcher.get(f"{site.url}/a")
    assert site.asked == ["/robots.txt", "/a"]


def test_a_private_host_is_not_asked(site: Site) -> None:
    site.put("/a", "x")
    with Fetcher(pause=0) as careful, pytest.raises(FetchError, match="private network"):
        careful.get(f"{site.url}/a")
    assert site.asked == []


def test_a_busy_site_is_asked_once_more_when_it_says_so(site: Site, fetcher: Fetcher) -> None:
    answers = iter([Answer(status=429, headers={"Retry-After": "0"}), Answer("x")])
    site.pages["/a"] = lambda _: next(answers)
    assert fetcher.get(f"{site.url}/a").path is not None
    site.pages["/b"] = Answer(status=503, headers={"Retry-After": "86400"})
    with pytest.raises(FetchError, match="status 503") as error:
        fetcher.get(f"{site.url}/b")
    assert error.value.is_site
    assert site.times("/b") == 1


@pytest.mark.parametrize(
    ("status", "reason", "gone"),
    [(404, "nothing here", True), (410, "nothing here", True), (403, "everybody", False)],
)
def test_each_refusal_has_its_reason(
    site: Site, fetcher: Fetcher, status: int, reason: str, gone: bool
) -> None:
    site.pages["/a"] = Answer(status=status)
    with pytest.raises(FetchError, match=reason) as error:
        fetcher.get(f"{site.url}/a")
    assert error.value.is_gone is gone
    assert error.value.record.file == f"{site.url}/a"


def test_a_site_that_is_not_there_is_an_error(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="does not answer") as error:
        fetcher.get("http://127.0.0.1:9/")
    assert error.value.is_site
