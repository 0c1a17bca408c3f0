"""Articles as rows and lines: our JSON Lines, CSV for spreadsheets, documents of BEIR."""

from __future__ import annotations

import csv
import io

import orjson

from corpus.models import Article
from corpus.serialization import article_to_dict

CSV_COLUMNS = tuple(
    "id headline summary body followups sources checked_on claim claimant verdict topic publisher "
    "url language supersedes superseded_by published authors tags image published_on modified_on "
    "claimed_on appearances rating_value rating_best rating_worst aliases".split()
)
LISTS = ("authors", "tags", "appearances", "aliases", "supersedes", "superseded_by")
"""Fields whose values stand in one cell with separators between."""
# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def jsonl_line(article: Article) -> bytes:
    """Return an article as one line that ``read_jsonl`` reads back unchanged."""
    return orjson.dumps(article_to_dict(article), option=orjson.OPT_APPEND_NEWLINE)


def beir_line(article: Article) -> bytes:
    """Return an article as a document of a BEIR ``corpus.jsonl``."""
    values = {
        "_id": article.id,
        "title": article.headline,
        "subtitle": article.summary,
        "text": article.body,
        "date": article.checked_on.isoformat() if article.checked_on else "",
        "claim": article.claim,
        "speaker": article.claimant,
        "rating": article.verdict,
        "topic": article.topic,
        "source": article.publisher,
        "url": article.url,
        "lang": article.language,
    }
    kept = {key: value for key, value in values.items() if value or key in ("title", "text")}
    return orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE)


def csv_header() -> bytes:
    """Return the first row; the byte order mark makes spreadsheets read UTF-8."""
    return b"\xef\xbb\xbf" + _csv_row(CSV_COLUMNS)


def csv_line(article: Article) -> bytes:
    """Return an article as one row; lists have one value a line within their cell."""
    values = table_row(article)
    values["published"] = "true" if article.published else "false"
    cells = ("\n".join(v) if isinstance(v, list) else v for v in values.values())
    return _csv_row(tuple(safe_cell("" if cell is None else str(cell)) for cell in cells))


def table_row(article: Article) -> dict[str, object]:
    """Return the values of an article by ``CSV_COLUMNS``, in their order.

    Lists are lists, days are days, and what is not known is None or "".
    """
    rating = article.rating
    values = {
        "body": article.body,
        "language": article.language_tag or article.language,
        "sources": "\n".join(f"[{s.number}] {s.text} {s.url}".strip() for s in article.sources),
        "rating_value": rating.value if rating else None,
        "rating_best": rating.best if rating else None,
        "rating_worst": rating.worst if rating else None,
    }
    row: dict[str, object] = {}
    for name in CSV_COLUMNS:
        value = values[name] if name in values else getattr(article, name)
        row[name] = list(value) if isinstance(value, tuple) else value
    return row


def safe_cell(text: str) -> str:
    """Return ``text`` with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_row(cells: tuple[str, ...]) -> bytes:
    row = io.StringIO(newline="")
    csv.writer(row, lineterminator="\r\n").writerow(cells)
    return row.getvalue().encode()
