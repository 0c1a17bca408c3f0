"""Crawlers, feed readers and browsers find what they ask for, and no text escapes into markup."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from api.app import create_app
from api.standards import site
from corpus.models import Article
from corpus.storage.store import Store
from tests.api.fake_backend import HOSTILE, TEA, FakeBackend

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put(
            [
                Article("ours/1", "Ours & only?"),
                Article("ours2", "Ours too?"),
                Article("theirs", "Theirs?", url="https://desk.example/x"),
                Article("hidden", "Hidden?", published=False),
            ]
        )
        yield TestClient(create_app(FakeBackend(), store=store))


def locations(client: TestClient, path: str) -> list[str]:
    found = client.get(path)
    assert found.headers["content-type"].startswith("application/xml")
    return [e.text or "" for e in etree.fromstring(found.content).iter(f"{NS}loc")]


def test_the_sitemap_lists_the_pages_that_are_to_be_found_here(client: TestClient) -> None:
    assert locations(client, "/sitemap.xml") == [
        "http://testserver/articles/ours%2F1",
        "http://testserver/articles/ours2",
    ]


def test_a_large_sitemap_is_in_parts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "SITEMAP_ENTRIES", 1)
    parts = locations(client, "/sitemap.xml")
    assert parts == [f"http://testserver/sitemaps/{n}.xml" for n in range(2)]
    assert locations(client, "/sitemaps/1.xml") == ["http://testserver/articles/ours2"]
    assert client.get("/sitemaps/2.xml").status_code == 404
    assert client.get("/sitemaps/-1.xml").status_code in (404, 422)


def test_robots_are_told_what_is_for_people(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /v1/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_feeds_are_read_by_a_feed_reader(client: TestClient) -> None:
    found = client.get("/feeds/checks.atom")
    feed = feedparser.parse(io.BytesIO(found.content))
    assert not feed.bozo
    tea = next(entry for entry in feed.entries if entry.title == TEA.headline)
    assert tea.link == TEA.url
    assert tea.updated == "2024-03-09T00:00:00Z"
    items = client.get("/feeds/checks.json").json()["items"]
    assert [item["title"] for item in items] == [entry.title for entry in feed.entries]
    assert HOSTILE not in found.text


def test_a_browser_is_told_how_to_search(client: TestClient) -> None:
    root = etree.fromstring(client.get("/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    urls = {e.get("type"): e.get("template") for e in root.iter(f"{space}Url")}
    assert urls["text/html"] == "http://testserver/?q={searchTerms}"
    template = urls["application/x-suggestions+json"]
    typed, found = client.get(template.replace("{searchTerms}", "te")).json()
    assert typed == "te"
    assert isinstance(found, list)
    assert client.get("/suggest").json() == ["", []]


def test_an_entity_tag_saves_a_second_answer(client: TestClient) -> None:
    for path in ("/sitemap.xml", "/robots.txt", "/feeds/checks.atom", "/opensearch.xml"):
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_server_without_a_store_lists_nothing() -> None:
    assert TestClient(create_app(FakeBackend())).get("/sitemap.xml").status_code == 503
