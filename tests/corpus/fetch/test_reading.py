"""An answer is read by its type, address or first bytes; a sitemap leads to its own site only."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.fetch import Fetcher, address_records, is_sitemap, sitemap_records
from corpus.fetch.reading import MAX_FAILURES, answer_file
from corpus.models import Article, BadRecord
from corpus.readers import LeftOut, LocatedArticle, ReadOptions
from corpus.readers.record import Record
from tests.corpus.fetch.site import Answer, Site, article_page, rss, sitemap

ROWS = "".join(json.dumps({"headline": f"Do {n} fly?", "id": n}) + "\n" for n in ("trams", "cows"))


def records(url: str, fetcher: Fetcher, *, follow: bool = False) -> list[Record]:
    return list(address_records(url, fetcher, ReadOptions(), follow=follow))


def articles(found: list[Record]) -> list[Article]:
    return [record.article for record in found if isinstance(record, LocatedArticle)]


def test_a_page_has_the_address_at_which_it_was_read(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/checks/flying-trams", article_page("Do trams fly?"))
    (record,) = records(url, fetcher)
    assert isinstance(record, LocatedArticle)
    assert (record.article.url, record.file) == (url, url)
    assert (record.article.id, record.article.headline) == ("flying-trams", "Do trams fly?")


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/export.jsonl", "application/octet-stream", ROWS),
        ("/export.jsonl.gz", "application/gzip", gzip.compress(ROWS.encode(), mtime=0)),
        ("/export.jsonl.gz", "application/x-ndjson", ROWS),  # unpacked on its way
        ("/export", "application/x-ndjson; charset=utf-8", ROWS),
        ("/export", "application/octet-stream", ROWS),
        ("/table", "text/csv", "headline,verdict\nDo trams fly?,False\nDo cows fly?,False\n"),
        ("/feed/", "application/rss+xml", rss(("", "Trams?", "No."), ("", "Cows?", "No."))),
    ],
)
def test_the_format_is_known_by_name_type_or_first_bytes(
    site: Site, fetcher: Fetcher, path: str, kind: str, body: str | bytes
) -> None:
    assert len(articles(records(site.put(path, body, kind), fetcher))) == 2


def test_a_page_about_a_file_is_a_page(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/export.csv", article_page("Do trams fly?"))
    fetched = fetcher.get(url)
    path = answer_file(fetched)
    assert path is not None
    assert path.suffix == ".html"


def test_what_cannot_be_had_is_a_bad_record_of_its_address(site: Site, fetcher: Fetcher) -> None:
    (record,) = records(f"{site.url}/none", fetcher)
    assert isinstance(record, BadRecord)
    assert record.file == f"{site.url}/none"
    (broken,) = records(site.put("/a.xml", b"\x1f\x8b broken"), fetcher)
    assert isinstance(broken, BadRecord)
    assert broken.file == f"{site.url}/a.xml"


def test_a_sitemap_is_followed_where_that_is_wished(site: Site, fetcher: Fetcher) -> None:
    pages = [site.put(f"/{n}", article_page(f"Do {n} fly?")) for n in ("trams", "cows")]
    url = site.put("/sitemap.xml", sitemap(*((page, "") for page in pages)), "text/xml")
    (left,) = [r for r in records(url, fetcher) if isinstance(r, LeftOut)]
    assert "2 addresses" in left.what
    assert site.times("/trams") == 0
    found = articles(records(url, fetcher, follow=True))
    assert [article.url for article in found] == pages


def test_an_index_leads_to_its_sitemaps_and_a_circle_ends(site: Site, fetcher: Fetcher) -> None:
    page = site.put("/trams", article_page("Do trams fly?"))
    inner = site.put("/inner.xml", sitemap((page, "")), "text/xml")
    url = f"{site.url}/index.xml"
    entries = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in (inner, url))
    site.put("/index.xml", f"<sitemapindex>{entries}</sitemapindex>", "text/xml")
    assert {a.url for a in articles(records(url, fetcher, follow=True))} == {page}
    assert site.times("/index.xml") <= 3


def test_pages_of_other_sites_are_not_asked(site: Site, fetcher: Fetcher) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    site.put("/trams", article_page("Do trams fly?"))
    url = site.put("/sitemap.xml", sitemap((f"{other}/trams", "")), "text/xml")
    (bad,) = records(url, fetcher, follow=True)
    assert isinstance(bad, BadRecord)
    assert "no page of 127.0.0.1" in bad.reason
    assert site.times("/trams") == 0


def test_a_sitemap_of_the_operators_own_may_name_any_site(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    page = site.put("/trams", article_page("Do trams fly?"))
    path = tmp_path / "sitemap.xml"
    path.write_text(sitemap((page, "")), encoding="utf-8")
    assert is_sitemap(path)
    assert len(articles(list(sitemap_records(path, "", fetcher, ReadOptions())))) == 1


def test_a_site_that_fails_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    pages = [f"{site.url}/{n}" for n in range(MAX_FAILURES + 3)]
    for n in range(MAX_FAILURES + 3):
        site.pages[f"/{n}"] = Answer(status=500)
    url = site.put("/sitemap.xml", sitemap(*((page, "") for page in pages)), "text/xml")
    found = records(url, fetcher, follow=True)
    assert len(found) == MAX_FAILURES + 1
    assert isinstance(found[-1], BadRecord)
    assert "the others were not asked" in found[-1].reason
    assert site.times(f"/{MAX_FAILURES}") == 0
