"""SQLite files: connections with snapshots for readers and one transaction for a writer.

Write-ahead log, so that readers and the writer never wait for each other; every commit is forced
to disk (``synchronous=FULL``) before it returns.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from corpus.errors import ArchiveError, StoreError
from corpus.storage.atomic import sync_path

BUSY_SECONDS = 30.0  # how long a writer waits for another process's transaction
# Rows of 2 kB leave less of a large page empty: 119 MB instead of 146 for 48 k articles, as fast.
_PAGE_BYTES = 16_384
_MAX_WAL_BYTES = 64 << 20  # what a long write may leave of its log on disk
_RETRY_SECONDS = 0.01  # between two tries to open a new file that another process is making

Rows = Generator[Any, None, None]


@dataclass(frozen=True, slots=True)
class DatabaseFormat:
    """One kind of SQLite file: how it is recognised, made, and named in errors.

    ``application_id`` stands in the header of the file: nothing is written into a file that has
    another. ``schema`` are the statements that make the tables of ``version``. ``name`` ("an
    archive") and ``remedy``, a sentence without its full stop, stand in the messages of ``error``.
    A ``disposable`` file of another version is emptied. Another of an older version is brought
    forward by ``migrations``: version → what makes a file of it one of the next, within a
    transaction. Without one, and where the file is newer, it is refused.
    """

    application_id: int
    version: int
    schema: tuple[str, ...]
    name: str
    remedy: str
    error: type[ArchiveError] = StoreError
    disposable: bool = False
    migrations: Mapping[int, Callable[[sqlite3.Connection], None]] = field(default_factory=dict)


class Database:
    """A pool of connections to one file. Safe for several threads; open it after a fork."""

    def __init__(self, path: Path, kind: DatabaseFormat, *, read_only: bool) -> None:
        self.path = path
        self.kind = kind
        self.read_only = read_only
        self._writer = threading.Lock()
        self._guard = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._watcher: sqlite3.Connection | None = None
        self.notice = ""  # what opening changed, for people

    @classmethod
    def open(cls, path: Path, kind: DatabaseFormat, *, read_only: bool = False) -> Self:
        """Return the database in ``path``; a new file gets the tables, unless ``read_only``.

        Parameters
        ----------
        path
            The file; its folder is made where it is missing.
        kind
            What the file must be, or becomes.
        read_only
            Nothing is written, and the file must be there.

        Raises
        ------
        ArchiveError
            The error of ``kind``: the file is missing (``read_only``), foreign, of another format,
            or unusable.
        """
        if read_only and (not path.is_file() or not path.stat().st_size):
            # An empty file is what a process leaves that was killed before its first table.
            raise kind.error(
                f"{path}: there is no archive here. Ingest some articles first, or name the "
                "folder of another archive"
            )
        database = cls(path, kind, read_only=read_only)
        try:
            if read_only and database._is_outdated():
                writer = cls.open(path, kind)  # a reader cannot bring the file forward
                database.notice = writer.notice
                writer.close()
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            database._retry_while_locked(database._prepare_tables)
        except (sqlite3.Error, OSError) as error:
            database.close()
            raise kind.error(
                f"{path}: cannot be opened as {kind.name} ({error}). {kind.remedy}"
            ) from error
        except ArchiveError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the file; a connection in use is closed when its user is done."""
        with self._guard:
            self._closed = True
            if self._watcher is not None:
                self._watcher.close()
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection for this thread. Only ``transaction`` writes with it."""
        with self._guard:
            if self._closed:
                raise self.kind.error(f"{self.path}: it was closed. Open it again")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect_database()
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
        """Yield the connection of the only writer; after the block everything is on disk.

        Raises
        ------
        StoreError
            Read-only, or another process held the lock, or the disk failed; then nothing
            of the transaction is written.
        """
        if self.read_only:
            raise self.kind.error(
                f"{self.path}: opened for reading only, so nothing can be written"
            )
        with self._writer, self.connection() as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise self.kind.error(
                    f"{self.path}: nothing of this batch was written ({error}). "
                    "Check for another writer and for space on the disk, then repeat it"
                ) from error
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def rows(self, sql: str, values: Mapping[str, object] | Sequence[object] = ()) -> Rows:
        """Yield the rows of one query, all from the snapshot of the first step.

        Raises
        ------
        ArchiveError
            The error of the kind: the file cannot be read.
        """
        with self.connection() as connection:
            try:
                with closing(connection.execute(sql, values)) as cursor:
                    yield from cursor
            except sqlite3.Error as error:
                raise self._unreadable_database(error) from error

    def row(self, sql: str, values: Sequence[object] = ()) -> Any | None:
        """Return the first row of one query, None if there is none; errors are as in ``rows``."""
        with self.connection() as connection:
            try:
                return connection.execute(sql, values).fetchone()
            except sqlite3.Error as error:
                raise self._unreadable_database(error) from error

    def data_version(self) -> int:
        """Return a number that differs whenever anybody has written since the last call.

        It is compared within one process and one opening; a call takes some 2 microseconds.
        """
        with self._guard:
            if self._closed:
                raise self.kind.error(f"{self.path}: it was closed. Open it again")
            if self._watcher is None:  # one that never writes: its own changes would not count
                self._watcher = self._connect_database()
            try:
                return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error as error:
                raise self._unreadable_database(error) from error

    def copy_to(self, path: Path) -> None:
        """Write a compact copy of the file as it is now to ``path``, which must not exist.

        Raises
        ------
        ArchiveError
            The error of the kind: the file cannot be read, or the copy cannot be written.
        """
        with self.connection() as connection:
            try:
                connection.execute("VACUUM INTO ?", (str(path),))
            except sqlite3.Error as error:
                raise self.kind.error(
                    f"{path}: a copy of {self.path} could not be written ({error}). Check the "
                    "space and the rights of its folder"
                ) from error
        sync_path(path)

    def problems(self) -> Iterator[str]:
        """Yield what SQLite finds damaged in the file; nothing where it is whole."""
        for (line,) in self.rows("PRAGMA integrity_check"):
            if line != "ok":
                yield str(line)
        for table, *_ in self.rows("PRAGMA foreign_key_check"):
            yield f"table {table} refers to a row that is not there"

    def _unreadable_database(self, error: sqlite3.Error) -> ArchiveError:
        return self.kind.error(f"{self.path}: cannot be read ({error}). {self.kind.remedy}")

    def _connect_database(self) -> sqlite3.Connection:
        mode = "ro" if self.read_only else "rwc"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # the pool gives it to one thread at a time
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_MAX_WAL_BYTES}")
        return connection

    def _retry_while_locked(self, step: Callable[[], None]) -> None:
        """Run ``step`` again while the file is locked.

        SQLite does not wait by itself when two processes switch a new file to write-ahead log.
        """
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return step()
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # low byte: the kind
                if not busy or time.monotonic() > deadline:
                    raise
                time.sleep(_RETRY_SECONDS)

    def _prepare_tables(self) -> None:
        """Make the tables where they are due; refuse a file of another kind or version."""
        with self.connection() as connection:
            is_due = not self.read_only and self._needs_tables(connection)
            if is_due and _is_empty_database(connection):
                connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
                connection.execute("PRAGMA journal_mode = WAL")
        if is_due:
            with self.transaction() as connection:
                if self._needs_tables(connection):  # another process may have been faster
                    self._make_tables(connection)
        if not self.read_only:
            self._migrate()
        with self.connection() as connection:
            self._check_database_version(connection)
            # A backup by VACUUM INTO comes without the log, and readers would have to wait.
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            if mode != "wal" and not self.read_only:
                connection.execute("PRAGMA journal_mode = WAL")

    def _is_outdated(self) -> bool:
        """Return whether the file is of an older version that can be brought forward."""
        with self.connection() as connection:
            application, found = _database_identity(connection)
        return application == self.kind.application_id and found in self.kind.migrations

    def _migrate(self) -> None:
        """Bring an older file forward, after a copy of it was written beside it."""
        if not self._is_outdated():
            return
        with self.connection() as connection:
            found = _database_identity(connection)[1]
        backup = self.path.with_name(f"{self.path.stem}.format-{found}{self.path.suffix}")
        if not backup.exists():
            self.copy_to(backup)
        with self.transaction() as connection:
            version = _database_identity(connection)[1]
            if version != found:  # another process was faster
                return
            while version in self.kind.migrations:
                self.kind.migrations[version](connection)
                version += 1
                connection.execute(f"PRAGMA user_version = {version}")
        self.notice = (
            f"{self.path}: brought from format {found} to {version}. The file as it was is "
            f"{backup.name}, beside it"
        )

    def _needs_tables(self, connection: sqlite3.Connection) -> bool:
        """Return whether the file is empty, or disposable and of another version."""
        if _is_empty_database(connection):
            return True
        application, version = _database_identity(connection)
        outdated = version != self.kind.version
        return self.kind.disposable and application == self.kind.application_id and outdated

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        """Make the tables of this version in place of all tables that there are."""
        old = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in old:
            connection.execute(f'DROP TABLE "{name}"')
        for statement in self.kind.schema:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {self.kind.application_id}")
        connection.execute(f"PRAGMA user_version = {self.kind.version}")

    def _check_database_version(self, connection: sqlite3.Connection) -> None:
        """Raise the error of the kind where the file is of another kind or version."""
        application, found = _database_identity(connection)
        known = self.kind.version
        if self.read_only and _is_empty_database(connection):
            raise self.kind.error(
                f"{self.path}: it holds nothing yet, not even tables. Ingest some articles first"
            )
        if application != self.kind.application_id:
            raise self.kind.error(
                f"{self.path}: not {self.kind.name} of this program, and left as it is. "
                "Name another file"
            )
        if found > known:
            raise self.kind.error(
                f"{self.path}: format {found} is newer than this program, which knows {known}. "
                "Install a newer version of the program"
            )
        if found < known:
            raise self.kind.error(
                f"{self.path}: format {found} is older than {known}, and this program "
                "cannot convert it. Ingest the articles again into a new folder"
            )


def _is_empty_database(connection: sqlite3.Connection) -> bool:
    """Return whether nothing was ever written into the file."""
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])


def _database_identity(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the application id and the version in the header of the file."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return application, connection.execute("PRAGMA user_version").fetchone()[0]
