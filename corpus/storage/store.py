"""Article store: all articles in one SQLite file, the primary data; an index can be rebuilt.

Each change, a deletion too, has the next *sequence* number, so that an index can ask for the
changes since its own number.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from corpus.errors import StoreError
from corpus.models import Article
from corpus.serialization import article_from_dict, article_to_dict
from corpus.storage.database import Database, DatabaseFormat
from corpus.storage.succession import Link, last_successors

BATCH_SIZE = 1_000  # articles a transaction: some 2 MB, so that forcing them to disk costs little
_MIN_COMPRESSED_BYTES = 1_024  # a shorter article is stored as it is
# 48 k articles of 4 kB: level 3 leaves 47 % at 60 us each, level 6 leaves 45 % at 80 us.
_ZLIB_LEVEL = 3
_ZLIB_FIRST_BYTE = 0x78  # first byte of a zlib stream; JSON starts with "{"

_FORMAT = DatabaseFormat(
    application_id=0x44697665,  # "Dive"
    version=1,
    schema=(
        """CREATE TABLE articles (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        hash BLOB NOT NULL,
        published INTEGER NOT NULL,
        checked_on TEXT NOT NULL,
        article BLOB NOT NULL)""",
        "CREATE TABLE deletions (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
        """CREATE TABLE successions (
        new TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        old TEXT NOT NULL,
        PRIMARY KEY (new, old)) WITHOUT ROWID""",
    ),
    name="an archive",
    remedy="Check that it is the right file and that its folder is writable (SQLite needs that for "
    "reading, too)",
)


@dataclass(frozen=True, slots=True)
class PutReport:
    """Counts of written articles: new, different from the stored one, or equal to it."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of one id; ``article`` is None if it was deleted."""

    sequence: int
    id: str
    article: Article | None


class Store:
    """All articles by id. Safe for several threads and processes; open it after a fork.

    An iterator sees the archive as it was at its first step, whatever is written meanwhile.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Return the store in the file ``path``, made with its folder unless ``read_only``.

        Raises
        ------
        StoreError
            The file is missing (``read_only``), foreign, of another format, or unusable.
        """
        return cls(Database.open(path, _FORMAT, read_only=read_only))

    def close(self) -> None:
        """Close the file; a running iterator may still finish."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def put(self, articles: Iterable[Article]) -> PutReport:
        """Add or replace articles by id; return what changed, when it is on disk.

        Each ``BATCH_SIZE`` articles are one transaction, on disk before the next are taken: if
        ``articles`` raises, the batches before stay. Equal content is no change.

        Raises
        ------
        ValueError
            An article cannot be written as UTF-8; nothing of its batch is written.
        StoreError
            Read-only, or another process held the lock, or the disk failed.
        """
        added = changed = unchanged = 0
        source = iter(articles)
        while batch := [_store_row(article) for article in islice(source, BATCH_SIZE)]:
            with self._database.transaction() as connection:
                known = dict(_select_from_store(connection, "id, hash", [row.id for row in batch]))
                sequence = _last_store_sequence(connection)
                for row in batch:
                    before = known.get(row.id)
                    known[row.id] = row.hash
                    if before == row.hash:
                        unchanged += 1
                        continue
                    sequence += 1
                    _write_store_row(connection, sequence, row)
                    added, changed = added + (before is None), changed + (before is not None)
        return PutReport(added, changed, unchanged)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles; return how many there were, when it is on disk.

        Unknown ids are ignored. Transactions and errors are as in ``put``.
        """
        deleted = 0
        source = iter(ids)
        while batch := list(islice(source, BATCH_SIZE)):
            with self._database.transaction() as connection:
                sequence = _last_store_sequence(connection)
                for id in batch:
                    if connection.execute("DELETE FROM articles WHERE id = ?", (id,)).rowcount:
                        sequence += 1
                        connection.execute("INSERT INTO deletions VALUES (?, ?)", (sequence, id))
                        deleted += 1
        return deleted

    def article(self, id: str) -> Article:
        """Return one article, published or not. Raises KeyError if the id is unknown."""
        row = self._database.row("SELECT article FROM articles WHERE id = ?", (id,))
        if row is None:
            raise KeyError(id)
        return _article_in_store(row[0])

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the known ones of ``ids`` with their articles, in the order of ``ids``."""
        found: dict[str, Article] = {}
        source = iter(dict.fromkeys(ids))
        with self._database.connection() as connection:
            while batch := list(islice(source, BATCH_SIZE)):
                blobs = dict(_select_from_store(connection, "id, article", batch))
                found.update((id, _article_in_store(blobs[id])) for id in batch if id in blobs)
        return found

    def articles(self) -> Iterator[Article]:
        """Yield all articles ordered by id, read from disk as they are taken."""
        for (blob,) in self._database.rows("SELECT article FROM articles ORDER BY id"):
            yield _article_in_store(blob)

    def ids(self) -> Iterator[str]:
        """Yield all ids in order."""
        for (id,) in self._database.rows("SELECT id FROM articles ORDER BY id"):
            yield id

    def changed_since(self, sequence: int) -> Iterator[Change]:
        """Yield in sequence order the changes after ``sequence``; 0 gives all.

        An id that changed several times occurs once, with its last change.
        """
        rows = self._database.rows(
            """SELECT sequence, id, article FROM articles WHERE sequence > :after
            UNION ALL SELECT sequence, id, NULL FROM deletions WHERE sequence > :after
            ORDER BY sequence""",
            {"after": sequence},
        )
        for number, id, blob in rows:
            yield Change(number, id, None if blob is None else _article_in_store(blob))

    def sequence(self) -> int:
        """Return the number of the last change, 0 for a new archive. It never goes down."""
        with self._database.connection() as connection:
            return _last_store_sequence(connection)

    def content_hash(self) -> str:
        """Return a hexadecimal digest: equal for the same articles in whatever order of writing."""
        digest = blake2b(digest_size=16)
        for id, content in self._database.rows("SELECT id, hash FROM articles ORDER BY id"):
            digest.update(_hash_of_stored_text(id.encode()) + content)
        return digest.hexdigest()

    def fingerprints(self) -> dict[str, bytes]:
        """Return id → 16 bytes of each article: equal for the same content."""
        return dict(self._database.rows("SELECT id, hash FROM articles ORDER BY id"))

    def superseded(self) -> dict[str, str]:
        """Return each id that a published article replaces, with the newest that does.

        Chains are followed to their end; see ``corpus.storage.succession``.
        """
        rows = self._database.rows(
            """SELECT old, new, published, checked_on FROM successions
            JOIN articles ON articles.id = successions.new"""
        )
        return last_successors(Link(old, new, bool(shown), day) for old, new, shown, day in rows)

    def copy_to(self, path: Path) -> None:
        """Write a copy of the store as it is now to ``path``, which must not exist.

        Readers and writers go on meanwhile.
        """
        self._database.copy_to(path)

    def problems(self) -> Iterator[str]:
        """Yield what is damaged, in sentences: pages of the file, articles, hashes, counts."""
        yield from self._database.problems()
        for id, content, published, blob in self._database.rows(
            "SELECT id, hash, published, article FROM articles ORDER BY id"
        ):
            try:
                row = _store_row(_article_in_store(blob))
            except (StoreError, ValueError) as error:
                yield f"article {id!r} cannot be read ({error})"
                continue
            if row.id != id or row.published != bool(published):
                yield f"article {id!r} is stored as {row.id!r}, published {row.published}"
            elif _hash_of_stored_text(_stored_text(blob)) != content:
                yield f"article {id!r} is not what was written: its checksum differs"

    def __len__(self) -> int:
        row = self._database.row("SELECT count(*) FROM articles")
        return int(row[0]) if row else 0

    def __contains__(self, id: object) -> bool:
        if not isinstance(id, str):
            return False
        return self._database.row("SELECT 1 FROM articles WHERE id = ?", (id,)) is not None


class _Row(NamedTuple):
    """One article, ready to be written; ``text`` is its canonical JSON."""

    id: str
    hash: bytes
    published: bool
    checked_on: str
    text: bytes
    supersedes: tuple[str, ...]


def _store_row(article: Article) -> _Row:
    fields = article_to_dict(article)
    try:
        article_from_dict(fields)  # what is stored must be readable again
    except ValueError as error:
        raise ValueError(f"article {article.id!r}: {error}") from error
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    try:
        text = canonical.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"article {article.id!r}: its text holds half a character ({error.reason}). "
            "Replace it in the file it came from"
        ) from error
    day = article.checked_on.isoformat() if article.checked_on else ""
    return _Row(
        article.id, _hash_of_stored_text(text), article.published, day, text, article.supersedes
    )


def _write_store_row(connection: sqlite3.Connection, sequence: int, row: _Row) -> None:
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


def _stored_text(blob: bytes) -> bytes:
    return zlib.decompress(blob) if blob[:1] == bytes([_ZLIB_FIRST_BYTE]) else blob


def _article_in_store(blob: bytes) -> Article:
    try:
        return article_from_dict(json.loads(_stored_text(blob)))
    except (zlib.error, ValueError, AttributeError, TypeError) as error:
        raise StoreError(
            f"an article of the store is damaged ({error}). Restore a backup, or ingest the "
            "articles again; `divedeeper verify` names what is damaged"
        ) from error


def _hash_of_stored_text(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


def _select_from_store(
    connection: sqlite3.Connection, columns: str, ids: list[str]
) -> list[tuple[str, bytes]]:
    """Return two columns of the articles that there are among at most ``BATCH_SIZE`` ids."""
    marks = ",".join("?" * len(ids))
    return connection.execute(
        f"SELECT {columns} FROM articles WHERE id IN ({marks})", ids
    ).fetchall()


def _last_store_sequence(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(sequence) FROM articles), 0),"
        " coalesce((SELECT max(sequence) FROM deletions), 0))"
    ).fetchone()
    return int(row[0])
