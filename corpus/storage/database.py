"""One SQLite file and its connections: snapshots for readers, one transaction for a writer.

Write-ahead log, so that readers and the writer never wait for each other; every commit is forced
to disk (``synchronous=FULL``) before it returns.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from corpus.errors import StoreError

BUSY_SECONDS = 30.0  # how long a writer waits for another process's transaction
_APPLICATION = 0x44697665  # "Dive" in the file's header: never write into somebody else's database
# Rows of 2 kB leave less of a large page empty: 119 MB instead of 146 for 48 k articles, as fast.
_PAGE_BYTES = 16_384
_WAL_BYTES = 64 << 20  # what a long write may leave of its log on disk


class Database:
    """A pool of connections to one file. Safe for several threads; open it after a fork."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._writer = threading.Lock()
        self._guard = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @classmethod
    def open(
        cls, path: Path, schema: Sequence[str], format_number: int, *, read_only: bool
    ) -> Self:
        """Return the database in ``path``; a new file gets ``schema``, unless ``read_only``.

        Raises
        ------
        StoreError
            The file is missing (``read_only``), foreign, of another format, or unusable.
        """
        if read_only and not path.is_file():
            raise StoreError(
                f"{path}: there is no archive here. Ingest some articles first, or name the "
                "folder of another archive"
            )
        database = cls(path, read_only=read_only)
        try:
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            database._when_free(lambda: database._prepare(schema, format_number))
        except (sqlite3.Error, OSError) as error:
            database.close()
            raise StoreError(
                f"{path}: cannot be opened as an archive ({error}). Check that it is the right "
                "file and that its folder is writable (SQLite needs that for reading, too)"
            ) from error
        except StoreError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the file; a connection in use is closed when its user is done."""
        with self._guard:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to this thread. Only ``transaction`` writes with it."""
        with self._guard:
            if self._closed:
                raise StoreError(f"{self.path}: the archive was closed. Open it again")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        finally:
            with self._guard:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection of the only writer; leaving it means: all of it is on disk.

        Raises
        ------
        StoreError
            Read-only, or another process kept the file locked, or the disk failed; then nothing
            of the transaction is kept.
        """
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only, so nothing can be written")
        with self._writer, self.connection() as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(
                    f"{self.path}: nothing of this batch was written ({error}). "
                    "Check for another writer and for space on the disk, then repeat it"
                ) from error
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def rows(self, sql: str, values: Mapping[str, object] | Sequence[object] = ()) -> Iterator[Any]:
        """Yield the rows of one query, all from the snapshot of the first step."""
        with self.connection() as connection, closing(connection.execute(sql, values)) as cursor:
            yield from cursor

    def row(self, sql: str, values: Sequence[object] = ()) -> Any | None:
        """Return the first row of one query, None if there is none."""
        with self.connection() as connection:
            return connection.execute(sql, values).fetchone()

    def _connect(self) -> sqlite3.Connection:
        mode = "ro" if self.read_only else "rwc"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # one at a time holds it: the pool sees to that
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        return connection

    def _when_free(self, step: Callable[[], None]) -> None:
        """Run ``step`` again while the file is locked.

        SQLite does not wait by itself when two processes switch a new file to its log.
        """
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return step()
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # low byte: the kind
                if not busy or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _prepare(self, schema: Sequence[str], format_number: int) -> None:
        """Make the tables of a new file; refuse a file that is not ours or of another format."""
        with self.connection() as connection:
            new = not self.read_only and _is_new(connection)
            if new:
                connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
                connection.execute("PRAGMA journal_mode = WAL")
        if new:
            with self.transaction() as connection:
                if _is_new(connection):  # asked again: another process may have been faster
                    for statement in schema:
                        connection.execute(statement)
                    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                    connection.execute(f"PRAGMA user_version = {format_number}")
        with self.connection() as connection:
            self._check(connection, format_number)
            # A backup by VACUUM INTO comes without the log, and readers would have to wait.
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            if mode != "wal" and not self.read_only:
                connection.execute("PRAGMA journal_mode = WAL")

    def _check(self, connection: sqlite3.Connection, format_number: int) -> None:
        """Raise StoreError where the file is not ours or of another format."""
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != _APPLICATION:
            raise StoreError(f"{self.path}: not an archive of this program. Name another file")
        if found > format_number:
            raise StoreError(
                f"{self.path}: format {found} is newer than this program, which knows "
                f"{format_number}. Install a newer version of the program"
            )
        if found < format_number:
            raise StoreError(
                f"{self.path}: format {found} is older than {format_number}, and this program "
                "cannot convert it. Ingest the articles again into a new folder"
            )


def _is_new(connection: sqlite3.Connection) -> bool:
    """Return whether nothing was ever written into the file."""
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
