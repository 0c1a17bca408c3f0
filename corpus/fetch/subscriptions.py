"""Which addresses an archive follows, and what of each was taken over: one SQLite file.

The file can be deleted: everything is then asked for once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, get_args

from corpus.storage.database import Database, DatabaseFormat

NAME = "subscriptions.sqlite"  # in the folder of an archive
Kind = Literal["rss", "sitemap", "wordpress"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_FORMAT = DatabaseFormat(
    application_id=0x44697653,  # "DivS"
    version=1,
    schema=(
        """CREATE TABLE subscriptions (
        url TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        etag TEXT NOT NULL,
        modified TEXT NOT NULL,
        cursor TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE items (
        subscription TEXT NOT NULL REFERENCES subscriptions (url) ON DELETE CASCADE,
        key TEXT NOT NULL,
        stamp TEXT NOT NULL,
        etag TEXT NOT NULL,
        modified TEXT NOT NULL,
        PRIMARY KEY (subscription, key)) WITHOUT ROWID""",
    ),
    name="a list of subscriptions",
    remedy="Delete it: what it knows is asked for again",
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address that is followed, and what its answers said of themselves last.

    ``cursor`` is up to where a WordPress site was read.
    """

    url: str
    kind: Kind
    etag: str = ""
    modified: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was taken over, by an identity key (``corpus.storage.identities``).

    ``stamp`` changes with it; ``etag`` and ``modified`` are those of its page.
    """

    key: str
    stamp: str
    etag: str = ""
    modified: str = ""


class Subscriptions:
    """The addresses that one archive follows. Safe for several processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return those of the archive in a folder.

        Raises
        ------
        ArchiveError
            The file is foreign, newer, or unusable.
        """
        return cls(Database.open(folder / NAME, _FORMAT))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def all(self) -> list[Subscription]:
        """Return all of them, by address."""
        with self._database.connection() as connection:
            rows = connection.execute(
                "SELECT url, kind, etag, modified, cursor FROM subscriptions ORDER BY url"
            ).fetchall()
        return [Subscription(*row) for row in rows]

    def get(self, url: str, kind: Kind) -> Subscription:
        """Return what is known of an address; a new subscription for one of which nothing is."""
        found = next((one for one in self.all() if (one.url, one.kind) == (url, kind)), None)
        return found or Subscription(url, kind)

    def save(
        self, subscription: Subscription, items: Iterable[Item] = (), gone: Iterable[str] = ()
    ) -> None:
        """Keep a state in one step: all of it or nothing is on disk.

        Parameters
        ----------
        subscription
            As it is now.
        items
            What was taken over since; of a key that is known the new one stays.
        gone
            Keys that are forgotten.
        """
        with self._database.transaction() as connection:
            connection.execute(
                """INSERT INTO subscriptions VALUES (?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET
                kind = excluded.kind, etag = excluded.etag, modified = excluded.modified,
                cursor = excluded.cursor""",
                astuple(subscription),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)",
                [(subscription.url, *astuple(item)) for item in items],
            )
            connection.executemany(
                "DELETE FROM items WHERE subscription = ? AND key = ?",
                [(subscription.url, key) for key in gone],
            )

    def remove(self, url: str) -> bool:
        """Forget a subscription; return whether it was there. Its articles stay."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM items WHERE subscription = ?", (url,))
            return bool(
                connection.execute("DELETE FROM subscriptions WHERE url = ?", (url,)).rowcount
            )

    def item(self, subscription: Subscription, key: str) -> Item | None:
        """Return what was taken over of a key, None for nothing."""
        with self._database.connection() as connection:
            row = connection.execute(
                "SELECT key, stamp, etag, modified FROM items WHERE subscription = ? AND key = ?",
                (subscription.url, key),
            ).fetchone()
        return Item(*row) if row else None

    def keys(self, subscription: Subscription) -> Iterator[str]:
        """Yield the keys of all that was taken over, in their order."""
        with self._database.connection() as connection:
            rows = connection.execute(
                "SELECT key FROM items WHERE subscription = ? ORDER BY key", (subscription.url,)
            ).fetchall()
        yield from (key for (key,) in rows)
