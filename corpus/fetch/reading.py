"""The records at an address: of one answer by its type or first bytes, and of a sitemap's pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus.analysis.web_addresses import canonical_address
from corpus.fetch.fetcher import Fetched, Fetcher, FetchError
from corpus.models import BadRecord
from corpus.readers import ReadOptions
from corpus.readers.bytes_of_file import ReadError, readable
from corpus.readers.dispatch import found_records, known_ending
from corpus.readers.feeds import sitemap_entries
from corpus.readers.feeds.xml_stream import xml_root
from corpus.readers.record import Record

MAX_SITEMAPS = 1_000  # of one index
MAX_DEPTH = 2  # an index of sitemaps holds no index (sitemaps.org); one more does no harm
MAX_FAILURES = 5  # in a row, after which a site is left alone
_SAMPLE_BYTES = 4_096
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/csv": ".csv",
}


class PageAddress(NamedTuple):
    """An address of a sitemap, and when its page changed, as it was written there; "" if not."""

    url: str
    modified: str


def address_records(
    url: str, fetcher: Fetcher, options: ReadOptions, *, follow: bool = False
) -> Iterator[Record]:
    """Yield the records at an address; ids and open dates are settled by ``settled_records``.

    Parameters
    ----------
    url
        Of a page, feed, export, or sitemap.
    fetcher
        Asks for it.
    options
        As for files.
    follow
        Whether the pages that a sitemap names are read; pages of other sites never are.
    """
    try:
        fetched = fetcher.get(url)
        path = answer_file(fetched)
        if path is not None and follow and is_sitemap(path):
            yield from sitemap_records(path, fetched.url, fetcher, options)
        else:
            yield from answer_records(fetched, options)
    except FetchError as error:
        yield error.record
    except ReadError as error:
        yield replace(error.record, file=url)


def sitemap_records(
    path: Path, url: str, fetcher: Fetcher, options: ReadOptions
) -> Iterator[Record]:
    """Yield the records of the pages of a sitemap, in its order.

    Parameters
    ----------
    path
        The sitemap.
    url
        Its address, "" for a file of the operator's own (``sitemap_pages``).
    fetcher, options
        As of ``address_records``.
    """
    failures = 0
    for page in sitemap_pages(path, url, fetcher):
        if isinstance(page, BadRecord):
            yield page
            continue
        try:
            yield from answer_records(fetcher.get(page.url, is_page=True), options)
            failures = 0
        except FetchError as error:
            yield error.record
            failures = failures + 1 if error.is_site else 0
        if failures == MAX_FAILURES:
            reason = f"{failures} pages in a row failed, and the others were not asked"
            yield BadRecord(url or str(path), 0, reason, "Try again later")
            return


def answer_records(fetched: Fetched, options: ReadOptions) -> Iterator[Record]:
    """Yield the records of an answer, each with its web address as its file."""
    path = answer_file(fetched)
    if path is None:
        return
    for record in found_records(path, replace(options, address=fetched.url)):
        yield replace(record, file=fetched.url)


def answer_file(fetched: Fetched) -> Path | None:
    """Return the file of an answer under a name that tells its format; None for no file.

    The end of the address tells it, else the type of the answer, else its first bytes will.
    """
    if fetched.path is None:
        return None
    ending = known_ending(urlsplit(fetched.url).path) or _ENDINGS.get(fetched.content_type, "")
    if _ENDINGS.get(fetched.content_type) == ".html":  # a page about the file is not the file
        ending = ".html"
    if ending.endswith(".gz"):
        with fetched.path.open("rb") as file:
            if file.read(2) != b"\x1f\x8b":  # the transfer was packed, and is unpacked by now
                ending = ending.removesuffix(".gz")
    path = fetched.path.with_name(f"answer{ending}")
    if not path.exists():
        path.hardlink_to(fetched.path)
    return path


def is_sitemap(path: Path) -> bool:
    """Return whether a file is a sitemap or an index of sitemaps."""
    with readable(path) as stream:
        return xml_root(stream.read(_SAMPLE_BYTES)) in ("urlset", "sitemapindex")


def sitemap_pages(
    path: Path, url: str, fetcher: Fetcher, depth: int = 0
) -> Iterator[PageAddress | BadRecord]:
    """Yield the pages of a sitemap and of those it names; what is of another site is left out.

    Parameters
    ----------
    path
        The sitemap.
    url
        Its address, whose site is asked; "" for a file of the operator's own, which may name any.
    fetcher
        Asks for the sitemaps of an index.
    depth
        How many indexes lead here.
    """
    # The entries are kept, since a request takes the place of the file: 100 bytes for each.
    entries = list(sitemap_entries(path))
    site = _site(url)
    nested = 0
    for entry in entries:
        if site and _site(entry.url) != site:
            yield BadRecord(entry.url, 0, f"it is no page of {site}", "Name its own sitemap")
        elif not entry.is_sitemap:
            yield PageAddress(entry.url, entry.modified)
        elif depth < MAX_DEPTH and nested < MAX_SITEMAPS:
            nested += 1
            try:
                fetched = fetcher.get(entry.url)
                if file := answer_file(fetched):
                    yield from sitemap_pages(file, fetched.url, fetcher, depth + 1)
            except FetchError as error:
                yield error.record
            except ReadError as error:
                yield replace(error.record, file=entry.url)


def _site(url: str) -> str:
    return canonical_address(url).partition("/")[0]
