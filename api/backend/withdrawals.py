"""Withdrawals: which articles were deleted or unpublished since the generation was built."""

from __future__ import annotations

import threading

from corpus.storage.store import Store


class Withdrawals:
    """Ids of withdrawn articles, kept up with the store; safe for several threads.

    Only what changed since the last look is read, so that planning a page reads no article.
    """

    def __init__(self, store: Store, sequence: int) -> None:
        """Follow ``store`` from ``sequence`` on, that of the build; 0: from its beginning."""
        self._store = store
        self._sequence = sequence
        self._ids: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    @property
    def current(self) -> frozenset[str]:
        """Return the ids that may not be named now."""
        sequence = self._store.sequence()
        with self._lock:
            if sequence != self._sequence:
                ids = set(self._ids)
                for change in self._store.changed_since(self._sequence):
                    if change.article is None or not change.article.published:
                        ids.add(change.id)
                    else:
                        ids.discard(change.id)
                self._ids, self._sequence = frozenset(ids), sequence
            return self._ids
