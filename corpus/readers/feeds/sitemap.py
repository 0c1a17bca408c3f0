"""Sitemaps: the addresses of the pages of a site, and of further sitemaps.

The form: https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.analysis.web_addresses import web_address
from corpus.readers.feeds.xml_stream import local_name, text_of, xml_elements

MAX_ENTRIES = 1_000_000


class SitemapEntry(NamedTuple):
    """One address; whether it is another sitemap; when it changed, "" where it does not say."""

    url: str
    is_sitemap: bool
    modified: str


def sitemap_entries(path: Path) -> Iterator[SitemapEntry]:
    """Yield the entries of a sitemap in its order; what is no web address is left out.

    Raises
    ------
    ReadError
        The file cannot be read.
    """
    for n, element in enumerate(xml_elements(path, ("url", "sitemap"))):
        if n >= MAX_ENTRIES:
            return
        texts = {local_name(child): text_of(child).strip() for child in element}
        if url := web_address(texts.get("loc", "")):
            is_sitemap = local_name(element) == "sitemap"
            yield SitemapEntry(url, is_sitemap, texts.get("lastmod", ""))
