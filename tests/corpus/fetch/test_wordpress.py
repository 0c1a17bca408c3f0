"""Posts of a WordPress site come in the order of their changes, each change once."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.fetch import Fetcher, Subscription
from corpus.fetch.fetcher import FetchError
from corpus.fetch.wordpress import MAX_POSTS, all_post_keys, posts_since
from corpus.readers import LocatedArticle, ReadOptions
from tests.corpus.fetch.site import Answer, Site

LIST = "/wp-json/wp/v2/posts"


class Blog:
    """A site with the lists of WordPress's interface: ``posts`` by number, with their changes."""

    def __init__(self, site: Site, path: str = LIST) -> None:
        self.site = site
        self.posts: dict[int, str] = {}
        self.on_list: Callable[[], None] = lambda: None
        site.pages[path] = self._answer

    def _answer(self, path: str) -> Answer:
        query = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
        after = query.get("modified_after", "")
        if query.get("orderby") == "modified":
            found = sorted((at, n) for n, at in self.posts.items() if at > after)
        else:
            found = [(at, n) for n, at in sorted(self.posts.items())]
        size, page = int(query["per_page"]), int(query.get("page", "1"))
        if page > 1 and size * (page - 1) >= len(found):
            return Answer("{}", "application/json", status=400)
        part = found[size * (page - 1) : size * page]
        body = json.dumps([self._post(n, at) for at, n in part])
        self.on_list()
        return Answer(body, "application/json")

    def _post(self, n: int, at: str) -> dict[str, object]:
        return {
            "id": n,
            "date": "2026-01-01T00:00:00",
            "modified": at,
            "slug": f"trams-{n}",
            "status": "publish",
            "link": f"{self.site.url}/trams-{n}/",
            "title": {"rendered": f"Do trams fly {n}?"},
            "content": {"rendered": "<p>No, they stay on their rails.</p>"},
        }


def read(subscription: Subscription, fetcher: Fetcher) -> tuple[list[str], str]:
    """Return the ids of the posts that were read, and the last cursor."""
    found, cursor = [], subscription.cursor
    for posts in posts_since(subscription, fetcher, ReadOptions()):
        found += [r.article.id for r in posts.records if isinstance(r, LocatedArticle)]
        cursor = posts.cursor
    return found, cursor


def test_what_changed_since_the_cursor_is_read(site: Site, fetcher: Fetcher) -> None:
    blog = Blog(site)
    blog.posts = {1: "2026-01-01T10:00:00", 2: "2026-01-02T10:00:00"}
    found, cursor = read(Subscription(site.url, "wordpress"), fetcher)
    assert found == ["trams-1", "trams-2"]
    blog.posts |= {1: "2026-01-03T10:00:00", 3: "2026-01-02T10:00:00"}  # one of the same second
    again, _ = read(Subscription(f"{site.url}/", "wordpress", cursor=cursor), fetcher)
    assert set(again) == {"trams-1", "trams-2", "trams-3"}


@pytest.mark.parametrize("one_second", [True, False])
def test_many_posts_are_read_to_the_last(site: Site, fetcher: Fetcher, one_second: bool) -> None:
    blog = Blog(site)
    n = 2 * MAX_POSTS
    blog.posts = {
        i: "2026-01-01T10:00:00" if one_second else f"2026-01-01T{i // 60:02}:{i % 60:02}:00"
        for i in range(n)
    }
    found, _ = read(Subscription(site.url, "wordpress"), fetcher)
    assert set(found) == {f"trams-{i}" for i in range(n)}
    assert len(found) <= n + MAX_POSTS  # what is of the last second of an answer comes twice


def test_a_post_that_changes_meanwhile_hides_no_other(site: Site, fetcher: Fetcher) -> None:
    blog = Blog(site)
    n = 2 * MAX_POSTS
    blog.posts = {i: f"2026-01-01T{i // 60:02}:{i % 60:02}:00" for i in range(n)}

    def change_the_first() -> None:
        blog.posts[0] = "2026-02-01T00:00:00"

    blog.on_list = change_the_first
    found, _ = read(Subscription(site.url, "wordpress"), fetcher)
    assert set(found) == {f"trams-{i}" for i in range(n)}


def test_all_posts_are_listed_for_a_mirror(site: Site, fetcher: Fetcher) -> None:
    blog = Blog(site)
    blog.posts = dict.fromkeys(range(MAX_POSTS), "2026-01-01T10:00:00")
    keys = all_post_keys(Subscription(site.url, "wordpress"), fetcher, ReadOptions())
    host = site.url.removeprefix("http://")
    assert keys == {f"system:wordpress:{host}:{n}" for n in range(MAX_POSTS)}


def test_a_site_without_readable_addresses_is_asked_by_its_other_one(
    site: Site, fetcher: Fetcher
) -> None:
    Blog(site, path="/").posts = {7: "2026-01-01T10:00:00"}
    assert read(Subscription(site.url, "wordpress"), fetcher)[0] == ["trams-7"]
    assert any("rest_route=/wp/v2/posts" in path for path in site.asked)


@pytest.mark.parametrize("body", ["<html>", '{"code": "rest_forbidden"}', "[1]"])
def test_a_site_that_is_no_open_wordpress_is_an_error(
    site: Site, fetcher: Fetcher, body: str
) -> None:
    for path in (LIST, "/"):
        site.put(path, body, "application/json")
    with pytest.raises(FetchError, match="REST interface"):
        read(Subscription(site.url, "wordpress"), fetcher)
