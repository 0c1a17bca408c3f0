"""A sitemap lists addresses, and nothing else of it is believed."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.feeds.sitemap import SitemapEntry, sitemap_entries


def test_pages_and_further_sitemaps_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc> https://a.example/x </loc><lastmod>2026-01-02</lastmod></url>"
        "<url><loc>file:///etc/passwd</loc></url>"
        "<sitemap><loc>https://a.example/more.xml</loc></sitemap></urlset>"
    )
    assert list(sitemap_entries(path)) == [
        SitemapEntry("https://a.example/x", False, "2026-01-02"),
        SitemapEntry("https://a.example/more.xml", True, ""),
    ]
