"""Records that an ingest has read: by id and by identity key, in bounded memory."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from typing import NamedTuple

MAX_IN_MEMORY = 50_000  # ids; a larger ingest keeps them in a temporary file
_CACHE_KB = 32_000


class SeenRecord(NamedTuple):
    """Where a record stands, and the hash of its claim."""

    place: str
    claim: str


class SeenRecords:
    """Ids with their records, and identity keys with their ids. Not for several threads."""

    def __init__(self) -> None:
        self._records: dict[str, SeenRecord] = {}
        self._keys: dict[str, str] = {}
        self._disk: sqlite3.Connection | None = None

    def add(self, id: str, record: SeenRecord, keys: tuple[str, ...]) -> None:
        """Note the record of an id in place of one before; a key keeps the first id it had.

        Parameters
        ----------
        id
            Of the article.
        record
            Its place and claim.
        keys
            Its identity keys.
        """
        if self._disk is None and len(self._records) < MAX_IN_MEMORY:
            self._records[id] = record
            for key in keys:
                self._keys.setdefault(key, id)
            return
        disk = self._disk or self._spill()
        disk.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (id, *record))
        disk.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, id) for key in keys])

    def record(self, id: str) -> SeenRecord | None:
        """Return the record of an id, None for an id that was not seen."""
        if self._disk is None:
            return self._records.get(id)
        row = self._disk.execute("SELECT place, claim FROM records WHERE id = ?", (id,)).fetchone()
        return SeenRecord(*row) if row else None

    def id_of_key(self, key: str) -> str | None:
        """Return the id that had a key first, None for a key that was not seen."""
        if self._disk is None:
            return self._keys.get(key)
        row = self._disk.execute("SELECT id FROM keys WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def _spill(self) -> sqlite3.Connection:
        """Move what is in memory into a temporary database, which SQLite removes at its end."""
        disk = sqlite3.connect("", isolation_level=None)
        disk.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        disk.execute("PRAGMA synchronous = OFF")
        disk.execute("PRAGMA journal_mode = OFF")
        disk.execute("CREATE TABLE records (id TEXT PRIMARY KEY, place, claim) WITHOUT ROWID")
        disk.execute("CREATE TABLE keys (key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID")
        disk.execute("BEGIN")
        disk.executemany(
            "INSERT INTO records VALUES (?, ?, ?)", [(id, *r) for id, r in self._records.items()]
        )
        disk.executemany("INSERT INTO keys VALUES (?, ?)", list(self._keys.items()))
        self._records, self._keys, self._disk = {}, {}, disk
        return disk


def short_hash(text: str) -> str:
    """Return 12 hexadecimal digits that tell texts apart: 48 bits."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
