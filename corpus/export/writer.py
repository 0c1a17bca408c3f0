"""Export of articles to a stream, one at a time, with a count of what the format loses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import orjson

from corpus.export.lost_fields import lost_fields
from corpus.export.parquet import parquet_rows
from corpus.export.records import beir_line, csv_header, csv_line, jsonl_line
from corpus.export.structured_data import claim_review, data_feed_item, rss_item
from corpus.models import Article

_CONTEXT = b'{"@context":"https://schema.org",'
_RSS_START = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    b' xmlns:atom="http://www.w3.org/2005/Atom"'
    b' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' xmlns:media="http://search.yahoo.com/mrss/"><channel>'
)


@dataclass(frozen=True, slots=True)
class Exported:
    """Articles written; those the format has no place for; field → articles that lost it."""

    written: int
    skipped: int
    lost: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Format:
    start: bytes
    between: bytes
    end: bytes
    article: Callable[[Article], bytes | None]


def _json_of(make: Callable[[Article], dict[str, object] | None]) -> Callable[..., bytes | None]:
    def article_bytes(article: Article) -> bytes | None:
        values = make(article)
        return None if values is None else orjson.dumps(values)

    return article_bytes


_FORMATS = {
    "jsonl": _Format(b"", b"", b"", jsonl_line),
    "csv": _Format(csv_header(), b"", b"", csv_line),
    "beir": _Format(b"", b"", b"", beir_line),
    "claimreview": _Format(_CONTEXT + b'"@graph":[\n', b",\n", b"\n]}\n", _json_of(claim_review)),
    "datafeed": _Format(
        _CONTEXT + b'"@type":"DataFeed","dataFeedElement":[\n',
        b",\n",
        b"\n]}\n",
        _json_of(data_feed_item),
    ),
    "rss": _Format(_RSS_START, b"", b"</channel></rss>\n", rss_item),
}
FORMATS = (*_FORMATS, "parquet")


def export_articles(articles: Iterable[Article], format: str, stream: BinaryIO) -> Exported:
    """Write articles to ``stream`` in their order, holding one of them at a time.

    Parameters
    ----------
    articles
        What to write; the caller chooses whether unpublished ones are among them.
    format
        One of ``FORMATS``.
    stream
        Open for writing bytes; it is not closed.

    Raises
    ------
    ValueError
        There is no such format, or a text cannot be written as UTF-8.
    """
    if format == "parquet":
        lost_of_table: Counter[str] = Counter()
        n = 0
        for article in parquet_rows(articles, stream):
            n += 1
            lost_of_table.update(lost_fields(article, format))
        return Exported(n, 0, dict(lost_of_table))
    if format not in _FORMATS:
        raise ValueError(f"there is no format {format!r}; choose one of {', '.join(FORMATS)}")
    form = _FORMATS[format]
    written = skipped = 0
    lost: Counter[str] = Counter()
    stream.write(form.start)
    articles = iter(articles)
    first = next(articles, None)
    if format == "rss":
        stream.write(_rss_channel(first))
    for article in () if first is None else chain((first,), articles):
        try:
            record = form.article(article)
        except (TypeError, UnicodeEncodeError) as error:  # a lone half of a surrogate pair
            raise ValueError(f"article {article.id!r} cannot be written: {error}") from error
        if record is None:
            skipped += 1
            continue
        stream.write(form.between + record if written else record)
        written += 1
        lost.update(lost_fields(article, format))
    stream.write(form.end)
    return Exported(written, skipped, dict(lost))


def _rss_channel(first: Article | None) -> bytes:
    """Return what a channel must say of itself: the site and publisher of its first article."""
    url = first.url if first else ""
    site = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/" if url else ""
    title = f"Fact checks of {first.publisher}" if first and first.publisher else "Fact checks"
    return (
        f"<title>{escape(title)}</title><link>{escape(site)}</link>"
        f"<description>{escape(title)}</description>\n"
    ).encode()
