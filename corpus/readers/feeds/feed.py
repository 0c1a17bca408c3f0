"""RSS and Atom feeds of any version to articles, by the package feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from corpus.analysis.web_addresses import web_address
from corpus.models import BadRecord
from corpus.readers.article_fields import article_from_fields
from corpus.readers.feeds.author_bound import bound_authors
from corpus.readers.record import LocatedArticle, ReadOptions

MAX_FEED_BYTES = 30_000_000
bound_authors()
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")


def read_feed(data: bytes, file: str, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the article of each entry, or a BadRecord; lines count entries from 1.

    Parameters
    ----------
    data
        The whole feed.
    file
        Its name, for messages.
    options
        The time: an entry of a later day is not published before.

    Notes
    -----
    The text is the entry's content, else its summary; a summary beside a content is the summary.
    The address is the entry's link, its name in the system the guid where there is no link. The
    first category is the topic, all are tags.
    """
    if len(data) > MAX_FEED_BYTES:
        reason = f"the feed is over {MAX_FEED_BYTES // 1_000_000} MB"
        yield BadRecord(file, 0, reason, "Split it, or give the site's export")
        return
    try:
        feed: Any = feedparser.parse(io.BytesIO(_REFERENCE.sub(_valid_reference, data)))
    except Exception as error:  # broken feeds raise errors of many kinds in it
        reason = f"the feed cannot be read ({error})"
        yield BadRecord(file, 1, reason, "Check it with a validator of feeds")
        return
    entries = feed.entries
    if not entries:
        reason = "the feed has no entries"
        if feed.bozo:
            reason = f"the feed cannot be read ({feed.bozo_exception})"
        yield BadRecord(file, 1, reason, "Check its address in a browser")
        return
    for number, entry in enumerate(entries, 1):
        try:
            fields = _entry_fields(entry, feed.feed)
            yield article_from_fields(fields, file, number, options)
        except ValueError as error:
            yield BadRecord(file, number, str(error), "The entry lacks what an article needs")


def _entry_fields(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, object]:
    contents = [str(c["value"]) for c in _parts(entry, "content") if c.get("value")]
    summary = entry.get("summary", "")
    body = max(contents, key=len, default="")
    categories = [t.get("term") or t.get("label") for t in _parts(entry, "tags")]
    link = entry.get("link")  # a guid without a link stands there, too, and odd elements
    link = web_address(link) if isinstance(link, str) else ""
    updated = dict(entry).get("updated")  # the feed's own dict answers with another date
    authors = [a["name"] for a in _parts(entry, "authors") if a.get("name")]
    return {
        "url": link,
        "system_id": "" if link else f"feed:{entry.get('id', '')}",
        "headline": entry.get("title", ""),
        "summary": summary if body and summary != body else "",
        "html": body or summary,
        "published_on": entry.get("published") or entry.get("created") or updated,
        "modified_on": updated,
        "due": entry.get("published"),
        "authors": authors or entry.get("authors") or entry.get("author", ""),
        "topic": categories[0] if categories else "",
        "tags": categories or entry.get("tags"),
        "image": _image(entry),
        "publisher": feed.get("title", ""),
        "language": entry.get("language")
        or next((c["language"] for c in _parts(entry, "content") if c.get("language")), "")
        or feed.get("language", ""),
    }


def _image(entry: Mapping[str, Any]) -> str:
    for found in (*_parts(entry, "media_content"), *_parts(entry, "media_thumbnail")):
        if found.get("url") and "video" not in found.get("type", ""):
            return str(found["url"])
    for link in _parts(entry, "links"):
        if link.get("rel") == "enclosure" and "image" in link.get("type", ""):
            return str(link.get("href", ""))
    return ""


def _parts(entry: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the parts of a field; a feed's own element of that name is a text and has none."""
    value = entry.get(name)
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def _valid_reference(found: re.Match[bytes]) -> bytes:
    """Return a reference to a character; that of no character becomes U+FFFD, as in HTML."""
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    number = int(digits, base) if len(digits) < 12 else 0
    is_character = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return found[0] if is_character else b"&#xFFFD;"
