"""Snapshot of a store: what its articles were at one moment, whatever is written meanwhile."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable
from contextlib import ExitStack

from corpus.models import Article
from corpus.storage.article_rows import article_in_store, last_sequence, select_articles
from corpus.storage.database import Database


class StoreSnapshot:
    """Articles as they were when it was taken: a read transaction, which waits for no writer.

    It is given back when nobody refers to it any more. Keep it for one request: while it is there,
    SQLite's log cannot be shortened. Not for several threads at a time.
    """

    def __init__(self, database: Database) -> None:
        """Take it now."""
        stack = ExitStack()
        self._connection = stack.enter_context(database.connection())
        weakref.finalize(self, _give_back, self._connection, stack)
        self._connection.execute("BEGIN")
        self.sequence = last_sequence(self._connection)  # the first read fixes the moment

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the known ones of ``ids``, at most some thousand, in their order."""
        wanted = list(dict.fromkeys(ids))
        blobs = dict(select_articles(self._connection, "id, article", wanted))
        return {id: article_in_store(blobs[id]) for id in wanted if id in blobs}


def _give_back(connection: sqlite3.Connection, stack: ExitStack) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    stack.close()
