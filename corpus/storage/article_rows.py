"""Rows of the article store: an article as its row, rows read and written on a connection."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import UTC
from hashlib import blake2b
from typing import NamedTuple

import orjson

from corpus.errors import StoreError
from corpus.models import Article
from corpus.serialization import article_from_dict, article_to_dict
from corpus.storage.identities import identity_keys, key_hash

_MIN_COMPRESSED_BYTES = 1_024  # a shorter article is stored as it is
# 48 k articles of 4 kB: level 3 leaves 47 % at 60 us each, level 6 leaves 45 % at 80 us.
_ZLIB_LEVEL = 3
_ZLIB_FIRST_BYTE = 0x78  # first byte of a zlib stream; JSON starts with "{"


class ArticleRow(NamedTuple):
    """One article, ready to be written; ``text`` is its canonical JSON."""

    id: str
    hash: bytes
    published: bool
    checked_on: str
    text: bytes
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    keys: tuple[str, ...]
    due: str


def article_row(article: Article) -> ArticleRow:
    """Return an article as a row; ValueError where it cannot be read back or is no UTF-8."""
    fields = article_to_dict(article)
    try:
        article_from_dict(fields)  # what is stored must be readable again
    except ValueError as error:
        raise ValueError(f"article {article.id!r}: {error}") from error
    try:
        text = orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    except TypeError as error:  # orjson raises it for a lone surrogate
        raise ValueError(
            f"article {article.id!r}: its text holds half a character ({error}). "
            "Replace it in the file it came from"
        ) from error
    day = article.checked_on.isoformat() if article.checked_on else ""
    waits = article.embargo if not article.published else None
    return ArticleRow(
        id=article.id,
        hash=stored_text_hash(text),
        published=article.published,
        checked_on=day,
        text=text,
        supersedes=article.supersedes,
        superseded_by=article.superseded_by,
        keys=identity_keys(article),
        due=waits.astimezone(UTC).isoformat() if waits else "",
    )


def kind_of_change(known: dict[str, bytes], row: ArticleRow) -> str:
    """Return what writing ``row`` is beside the hashes that are known, and note its own."""
    before = known.get(row.id)
    known[row.id] = row.hash
    return "added" if before is None else "unchanged" if before == row.hash else "changed"


def write_article_row(connection: sqlite3.Connection, sequence: int, row: ArticleRow) -> None:
    """Write a row in place of the one of its id, within a transaction.

    Parameters
    ----------
    connection
        Of the writer.
    sequence
        The number of this change.
    row
        What to write, with its successions, identities and embargo.
    """
    blob = (
        zlib.compress(row.text, _ZLIB_LEVEL) if len(row.text) > _MIN_COMPRESSED_BYTES else row.text
    )
    connection.execute(
        """INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
        sequence = excluded.sequence, hash = excluded.hash, published = excluded.published,
        checked_on = excluded.checked_on, article = excluded.article""",
        (sequence, row.id, row.hash, row.published, row.checked_on, blob),
    )
    connection.execute("DELETE FROM deletions WHERE id = ?", (row.id,))
    connection.execute("DELETE FROM successions WHERE new = ?", (row.id,))
    connection.executemany(
        "INSERT OR IGNORE INTO successions (new, old) VALUES (?, ?)",
        [(row.id, old) for old in row.supersedes],
    )
    connection.execute("DELETE FROM successors WHERE old = ?", (row.id,))
    connection.executemany(
        "INSERT OR IGNORE INTO successors (old, new) VALUES (?, ?)",
        [(row.id, new) for new in row.superseded_by],
    )
    _write_keys(connection, row.id, row.keys)
    connection.execute("DELETE FROM embargoes WHERE id = ?", (row.id,))
    if row.due:
        connection.execute("INSERT INTO embargoes VALUES (?, ?)", (row.id, row.due))


def write_identities(connection: sqlite3.Connection, article: Article) -> None:
    """Note the keys by which an article is known; keys of others stay theirs."""
    _write_keys(connection, article.id, identity_keys(article))


def _write_keys(connection: sqlite3.Connection, id: str, keys: tuple[str, ...]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO identities VALUES (?, ?)", [(key_hash(key), id) for key in keys]
    )


def stored_text(blob: bytes) -> bytes:
    """Return the JSON of a stored article, unpacked."""
    return zlib.decompress(blob) if blob[:1] == bytes([_ZLIB_FIRST_BYTE]) else blob


def article_in_store(blob: bytes) -> Article:
    """Return a stored article; StoreError where it is damaged."""
    try:
        return article_from_dict(orjson.loads(stored_text(blob)))
    except (zlib.error, ValueError, AttributeError, TypeError) as error:
        raise StoreError(
            f"an article of the store is damaged ({error}). Restore a backup, or ingest the "
            "articles again; `divedeeper verify` names what is damaged"
        ) from error


def stored_text_hash(text: bytes) -> bytes:
    """Return the 16 bytes that are equal for equal content."""
    return blake2b(text, digest_size=16).digest()


def select_articles(
    connection: sqlite3.Connection, columns: str, ids: list[str]
) -> list[tuple[str, bytes]]:
    """Return two columns of the articles that there are among some ids.

    Parameters
    ----------
    connection
        Any.
    columns
        Two names of columns.
    ids
        At most ``BATCH_SIZE``.
    """
    marks = ",".join("?" * len(ids))
    return connection.execute(
        f"SELECT {columns} FROM articles WHERE id IN ({marks})", ids
    ).fetchall()


def last_sequence(connection: sqlite3.Connection) -> int:
    """Return the number of the last change, 0 for none."""
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(sequence) FROM articles), 0),"
        " coalesce((SELECT max(sequence) FROM deletions), 0))"
    ).fetchone()
    return int(row[0])
