"""Pages that a feed or sitemap names: those that are new or changed are asked for and read.

A feed's own texts are often only the beginnings of its pages, and would take the place of more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import orjson

from corpus.analysis.web_addresses import canonical_address
from corpus.fetch.blocks import Block, Following
from corpus.fetch.fetcher import Fetched, Fetcher, FetchError
from corpus.fetch.reading import (
    MAX_FAILURES,
    answer_file,
    answer_records,
    is_sitemap,
    sitemap_pages,
)
from corpus.fetch.subscriptions import Item
from corpus.models import BadRecord
from corpus.readers import LeftOut, LocatedArticle, ReadOptions
from corpus.readers.record import Record
from corpus.serialization import article_to_dict

PAGES_PER_BLOCK = 20


@dataclass(frozen=True, slots=True)
class _Page:
    """A page; what changes with it, "" where nothing says; what a feed itself says of it."""

    url: str
    stamp: str
    own: LocatedArticle | None = None

    @property
    def key(self) -> str:
        return f"address:{canonical_address(self.url)}"


@dataclass(slots=True)
class _Listing:
    """What one answer names; ``is_whole`` says that it names all pages of the site."""

    pages: list[_Page] = field(default_factory=list)
    problems: list[Record] = field(default_factory=list)
    is_whole: bool = False


@dataclass(slots=True)
class _Gathered:
    """What was read since the last block."""

    records: list[Record] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def page_blocks(
    following: Following, fetcher: Fetcher, options: ReadOptions, mirror: bool
) -> Iterator[Block]:
    """Yield what changed of the pages that a feed or sitemap names.

    Raises
    ------
    FetchError, ReadError
        The feed or sitemap itself cannot be had or read.
    """
    before = following.subscription
    fetched = fetcher.get(before.url, etag=before.etag, modified=before.modified)
    if fetched.path is None:
        return
    listing = _listing(fetched, fetcher, options)
    now = _Gathered(records=listing.problems)
    is_complete = True
    failures = 0
    for page in listing.pages:
        known = following.item(page.key)
        if known is not None and page.stamp and known.stamp == page.stamp:
            continue
        try:
            _read_page(page, known, fetcher, options, now)
            failures = 0
        except FetchError as error:
            is_complete = _take_failure(page, known, error, mirror, now) and is_complete
            failures = failures + 1 if error.is_site else 0
        if failures == MAX_FAILURES:
            reason = f"{failures} pages in a row failed, and the others were not asked"
            now.records.append(BadRecord(before.url, 0, reason, "Try again later"))
            break
        if len(now.items) >= PAGES_PER_BLOCK:
            yield following.block(before, now.records, now.items, now.gone)
            now = _Gathered()
    if mirror and is_complete and listing.is_whole:
        now.gone += following.missing(page.key for page in listing.pages)
    # An index of sitemaps stays as it is while those that it names change: it is asked each time.
    after = (
        before
        if listing.is_whole
        else replace(before, etag=fetched.etag, modified=fetched.modified)
    )
    yield following.block(after if is_complete else before, now.records, now.items, now.gone)


def _listing(fetched: Fetched, fetcher: Fetcher, options: ReadOptions) -> _Listing:
    listing = _Listing()
    path = answer_file(fetched)
    if path is not None and is_sitemap(path):
        for found in sitemap_pages(path, fetched.url, fetcher):
            if isinstance(found, BadRecord):
                listing.problems.append(found)
            else:
                listing.pages.append(_Page(found.url, found.modified))
        listing.is_whole = bool(listing.pages) and not listing.problems
        return listing
    for record in answer_records(fetched, options):
        if isinstance(record, LocatedArticle) and record.article.url:
            listing.pages.append(_Page(record.article.url, _stamp(record), record))
        else:
            listing.problems.append(record)
    return listing


def _read_page(
    page: _Page, known: Item | None, fetcher: Fetcher, options: ReadOptions, now: _Gathered
) -> None:
    etag, modified = (known.etag, known.modified) if known else ("", "")
    fetched = fetcher.get(page.url, etag=etag, modified=modified, is_page=True)
    found = list(answer_records(fetched, options))
    is_article = any(isinstance(record, LocatedArticle) for record in found)
    now.records += found if page.own is None or is_article or fetched.path is None else [page.own]
    now.items.append(Item(page.key, page.stamp, fetched.etag, fetched.modified))


def _take_failure(
    page: _Page, known: Item | None, error: FetchError, mirror: bool, now: _Gathered
) -> bool:
    """Note what a page that was not had means; return whether it is settled with that."""
    if error.is_gone and known is not None:
        if mirror:
            now.gone.append(page.key)
        else:
            now.records.append(LeftOut(page.url, "a page that is gone, which --mirror unpublishes"))
            now.items.append(Item(page.key, page.stamp))
        return True
    if page.own is not None and not error.is_site and known is None:
        now.records.append(page.own)
        now.items.append(Item(page.key, page.stamp))
        return True
    now.records.append(error.record)
    return False


def _stamp(record: LocatedArticle) -> str:
    """Return what changes with the text of an entry."""
    data = orjson.dumps(article_to_dict(record.article), option=orjson.OPT_SORT_KEYS, default=str)
    return blake2b(data, digest_size=8).hexdigest()
