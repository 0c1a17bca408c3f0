"""Fields of an article that a format of export cannot hold."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import fields

from corpus.export.records import CSV_COLUMNS, LISTS, safe_cell
from corpus.models import Article

ALL_FIELDS = frozenset(f.name for f in fields(Article))
_REVIEW = frozenset(
    "headline summary checked_on claim claimant verdict publisher url language image tags "
    "published_on modified_on claimed_on appearances rating language_tag notices".split()
)
_TABLE = (ALL_FIELDS & frozenset(CSV_COLUMNS)) - {"sources"} | {"rating", "language_tag"}
KEPT_FIELDS: dict[str, AbstractSet[str]] = {
    "jsonl": ALL_FIELDS,
    "csv": _TABLE,
    "parquet": _TABLE,
    "beir": frozenset(
        "id headline summary checked_on claim claimant verdict topic publisher url language".split()
    ),
    "claimreview": _REVIEW,
    "datafeed": _REVIEW,
    "rss": frozenset(
        "headline summary checked_on topic url authors tags image published_on modified_on".split()
    ),
}
"""Format → the fields that come back unchanged. Sections become one text in tables and BEIR."""
_SEPARATORS = re.compile(r"[;|,\n\r]")


def lost_fields(article: Article, format: str) -> tuple[str, ...]:
    """Return the names of the fields that have a value which ``format`` loses, in order.

    A text that a spreadsheet would run as a formula is written with an apostrophe before it, and a
    list whose values hold a separator is read as more values: both are lost.
    """
    kept = KEPT_FIELDS[format] - {name for name in ALL_FIELDS if _is_changed(article, name, format)}
    return tuple(
        f.name
        for f in fields(Article)
        if f.name not in kept and getattr(article, f.name) not in (f.default, "", (), None)
    )


def _is_changed(article: Article, name: str, format: str) -> bool:
    """Return whether a value is written otherwise than it is, in a format that has its field."""
    value = getattr(article, name)
    if format == "csv" and isinstance(value, str):
        return safe_cell(value) != value
    if format == "csv" and isinstance(value, tuple) and name in LISTS:
        return any(_SEPARATORS.search(item) or safe_cell(item) != item for item in value)
    if format in ("claimreview", "datafeed") and name == "notices":
        return any(notice.kind != "correction" for notice in article.notices)
    if format == "rss" and name == "tags":  # the topic is one of the categories of an item
        return bool(article.topic) and article.topic not in article.tags[:1]
    # A review and an item of a feed have one day: that of publication.
    one_day = format in ("claimreview", "datafeed", "rss")
    return one_day and name == "checked_on" and article.published_on not in (None, value)
