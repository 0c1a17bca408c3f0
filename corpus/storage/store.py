"""Article store: all articles in one SQLite file, the primary data; an index can be rebuilt.

Each change, a deletion too, has the next *sequence* number, so that an index can ask for the
changes since its own number.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.analysis.web_addresses import canonical_address, web_address
from corpus.errors import StoreError
from corpus.models import Article
from corpus.storage.article_rows import (
    article_in_store,
    article_row,
    kind_of_change,
    last_sequence,
    select_articles,
    stored_text,
    stored_text_hash,
    write_article_row,
    write_identities,
)
from corpus.storage.database import Database, DatabaseFormat
from corpus.storage.identities import key_hash
from corpus.storage.snapshot import StoreSnapshot
from corpus.storage.succession import Link, last_successors

BATCH_SIZE = 1_000  # articles a transaction: some 2 MB, so that forcing them to disk costs little

_LATER_TABLES = (
    # What an article is known by: hash of a key → id. A row outlives its article, so that one that
    # comes back has its id.
    "CREATE TABLE identities (key BLOB PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE embargoes (
        id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        due TEXT NOT NULL) WITHOUT ROWID""",
)

# What an article says of newer ones; ``successions`` has what it says of older ones. Both name
# them by an id or an address.
_SUCCESSORS = """CREATE TABLE successors (
        old TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        new TEXT NOT NULL,
        PRIMARY KEY (old, new)) WITHOUT ROWID"""


def _add_identities(connection: sqlite3.Connection) -> None:
    """Make a store of format 1 one of format 2: its addresses become identities."""
    for statement in _LATER_TABLES:
        connection.execute(statement)
    after = 0
    select = "SELECT sequence, article FROM articles WHERE sequence > ? ORDER BY sequence LIMIT ?"
    while rows := connection.execute(select, (after, BATCH_SIZE)).fetchall():
        for _, blob in rows:
            write_identities(connection, article_in_store(blob))
        after = rows[-1][0]


def _add_successors(connection: sqlite3.Connection) -> None:
    """Make a store of format 2 one of format 3; no article of it names a newer one."""
    connection.execute(_SUCCESSORS)


_FORMAT = DatabaseFormat(
    application_id=0x44697665,  # "Dive"
    version=3,
    migrations={1: _add_identities, 2: _add_successors},
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
        *_LATER_TABLES,
        _SUCCESSORS,
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

    @property
    def notice(self) -> str:
        """What opening changed, for people; "" for nothing."""
        return self._database.notice

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
        counts: Counter[str] = Counter()
        source = iter(articles)
        while batch := [article_row(article) for article in islice(source, BATCH_SIZE)]:
            with self._database.transaction() as connection:
                known = dict(select_articles(connection, "id, hash", [row.id for row in batch]))
                sequence = last_sequence(connection)
                for row in batch:
                    kind = kind_of_change(known, row)
                    counts[kind] += 1
                    if kind != "unchanged":
                        sequence += 1
                        write_article_row(connection, sequence, row)
        return PutReport(counts["added"], counts["changed"], counts["unchanged"])

    def compare(self, articles: Iterable[Article]) -> PutReport:
        """Return what ``put`` would return, and write nothing; errors are as there."""
        counts: Counter[str] = Counter()
        known: dict[str, bytes] = {}
        source = iter(articles)
        while batch := [article_row(article) for article in islice(source, BATCH_SIZE)]:
            ids = [row.id for row in batch if row.id not in known]
            with self._database.connection() as connection:
                known |= dict(select_articles(connection, "id, hash", ids))
            counts.update(kind_of_change(known, row) for row in batch)
        return PutReport(counts["added"], counts["changed"], counts["unchanged"])

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles; return how many there were, when it is on disk.

        Unknown ids are ignored. Transactions and errors are as in ``put``.
        """
        deleted = 0
        source = iter(ids)
        while batch := list(islice(source, BATCH_SIZE)):
            with self._database.transaction() as connection:
                sequence = last_sequence(connection)
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
        return article_in_store(row[0])

    def stored_article(self, id: str) -> Article | None:
        """Return one article, published or not; None if the id is unknown."""
        row = self._database.row("SELECT article FROM articles WHERE id = ?", (id,))
        return None if row is None else article_in_store(row[0])

    def id_of_key(self, key: str) -> str | None:
        """Return the id of the article that an identity key belongs to, also of a deleted one.

        Keys are those of ``corpus.storage.identities``, and ``id:`` before another id.
        """
        row = self._database.row("SELECT id FROM identities WHERE key = ?", (key_hash(key),))
        return None if row is None else str(row[0])

    def publish_due(self, now: datetime) -> list[str]:
        """Publish the articles whose embargo is over at ``now``; return their ids in order."""
        moment = now.astimezone(UTC).isoformat()
        rows = self._database.rows("SELECT id FROM embargoes WHERE due <= ? ORDER BY id", (moment,))
        due = list(self.articles_by_id([id for (id,) in rows]).values())
        if due:
            self.put(replace(article, published=True, embargo=None) for article in due)
        return [article.id for article in due]

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the known ones of ``ids`` with their articles, in the order of ``ids``."""
        found: dict[str, Article] = {}
        source = iter(dict.fromkeys(ids))
        with self._database.connection() as connection:
            while batch := list(islice(source, BATCH_SIZE)):
                blobs = dict(select_articles(connection, "id, article", batch))
                found.update((id, article_in_store(blobs[id])) for id in batch if id in blobs)
        return found

    def snapshot(self) -> StoreSnapshot:
        """Return the articles as they are now; see ``StoreSnapshot``."""
        return StoreSnapshot(self._database)

    def articles(self) -> Iterator[Article]:
        """Yield all articles ordered by id, read from disk as they are taken."""
        for (blob,) in self._database.rows("SELECT article FROM articles ORDER BY id"):
            yield article_in_store(blob)

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
            yield Change(number, id, None if blob is None else article_in_store(blob))

    def sequence(self) -> int:
        """Return the number of the last change, 0 for a new archive. It never goes down."""
        with self._database.connection() as connection:
            return last_sequence(connection)

    def data_version(self) -> int:
        """Return a number that differs whenever anybody has written since the last call."""
        return self._database.data_version()

    def content_hash(self) -> str:
        """Return a hexadecimal digest: equal for the same articles in whatever order of writing."""
        digest = blake2b(digest_size=16)
        for id, content in self._database.rows("SELECT id, hash FROM articles ORDER BY id"):
            digest.update(stored_text_hash(id.encode()) + content)
        return digest.hexdigest()

    def fingerprints(self) -> dict[str, bytes]:
        """Return id → 16 bytes of each article: equal for the same content."""
        return dict(self._database.rows("SELECT id, hash FROM articles ORDER BY id"))

    def superseded(self) -> dict[str, str]:
        """Return each id that a published article replaces, with the newest that does.

        Older and newer ones are named by their ids, by aliases, or by addresses in any form. Chains
        are followed to their end; see ``corpus.storage.succession``.
        """
        pairs = list(
            self._database.rows(
                "SELECT old, new FROM successions UNION SELECT old, new FROM successors"
            )
        )
        ids = self._ids_of_names({name for pair in pairs for name in pair})
        states = self._states(ids.values())
        return last_successors(
            Link(ids.get(old, old), new, *states[new])
            for old, name in pairs
            if (new := ids.get(name, name)) in states
        )

    def _ids_of_names(self, names: Iterable[str]) -> dict[str, str]:
        """Return name → id for names that are ids, aliases or addresses of articles."""
        found = {id: id for id in self._states(names)}
        for name in names:
            if name not in found:
                keys = (f"id:{name}", f"address:{canonical_address(name)}")
                for key in keys if web_address(name) else keys[:1]:
                    if id := self.id_of_key(key):
                        found[name] = id
                        break
        return found

    def _states(self, ids: Iterable[str]) -> dict[str, tuple[bool, str]]:
        """Return id → whether it is published, and the day of its check, of those there are."""
        found: dict[str, tuple[bool, str]] = {}
        waiting = iter(ids)
        while batch := list(islice(waiting, BATCH_SIZE)):
            marks = ",".join("?" * len(batch))
            rows = self._database.rows(
                f"SELECT id, published, checked_on FROM articles WHERE id IN ({marks})", batch
            )
            found |= {id: (bool(published), day) for id, published, day in rows}
        return found

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
                row = article_row(article_in_store(blob))
            except (StoreError, ValueError) as error:
                yield f"article {id!r} cannot be read ({error})"
                continue
            if row.id != id or row.published != bool(published):
                yield f"article {id!r} is stored as {row.id!r}, published {row.published}"
            elif stored_text_hash(stored_text(blob)) != content:
                yield f"article {id!r} is not what was written: its checksum differs"

    def __len__(self) -> int:
        row = self._database.row("SELECT count(*) FROM articles")
        return int(row[0]) if row else 0

    def __contains__(self, id: object) -> bool:
        if not isinstance(id, str):
            return False
        return self._database.row("SELECT 1 FROM articles WHERE id = ?", (id,)) is not None
