"""Fields of an article that a format of export cannot hold."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import fields

from corpus.export.records import CSV_COLUMNS, safe_cell
from corpus.models import Article

ALL_FIELDS = frozenset(f.name for f in fields(Article))
_REVIEW = frozenset(
    "headline summary checked_on claim claimant verdict publisher url language".split()
)
KEPT_FIELDS: dict[str, AbstractSet[str]] = {
    "jsonl": ALL_FIELDS,
    "csv": frozenset(CSV_COLUMNS) - {"body", "sources"},
    "beir": frozenset(
        "id headline summary checked_on claim claimant verdict topic publisher url language".split()
    ),
    "claimreview": _REVIEW,
    "datafeed": _REVIEW,
    "rss": frozenset("id headline summary checked_on topic url".split()),
}
"""Format → the fields that come back unchanged. Sections become one text in CSV and BEIR."""


def lost_fields(article: Article, format: str) -> tuple[str, ...]:
    """Return the names of the fields that have a value which ``format`` loses, in order.

    A text that a spreadsheet would run as a formula is written with an apostrophe before it: lost.
    """
    kept = KEPT_FIELDS[format]
    if format == "csv":
        texts = {name: getattr(article, name) for name in kept}
        kept = {n for n, v in texts.items() if not (isinstance(v, str) and safe_cell(v) != v)}
    return tuple(
        f.name
        for f in fields(Article)
        if f.name not in kept and getattr(article, f.name) not in (f.default, "", (), None)
    )
