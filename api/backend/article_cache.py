"""Article cache: the published articles of a store by id, the most recently used ones in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from corpus.models import Article
from corpus.storage.snapshot import StoreSnapshot
from corpus.storage.store import Store

MAX_ARTICLES = 2_000  # in memory: some 20 MB


class ArticleCache:
    """Articles by id; safe for several threads.

    Changes in the store are seen at once: its sequence number is read before each look-up.
    """

    def __init__(self, store: Store, max_articles: int = MAX_ARTICLES) -> None:
        """Read articles from ``store``, and keep at most ``max_articles``."""
        self._store = store
        self._max_articles = max_articles
        self._articles: OrderedDict[str, Article] = OrderedDict()
        self._sequence = -1
        self._lock = threading.Lock()

    def __getitem__(self, id: str) -> Article:
        return self.get_many([id])[id]

    def get_many(
        self, ids: Iterable[str], snapshot: StoreSnapshot | None = None
    ) -> dict[str, Article]:
        """Return the published ones among ``ids`` with their articles, in the order of ``ids``.

        All are of one moment: that of ``snapshot``, or now.
        """
        wanted = list(dict.fromkeys(ids))
        sequence = snapshot.sequence if snapshot else self._store.sequence()
        with self._lock:
            if sequence > self._sequence:
                self._articles.clear()
                self._sequence = sequence
            is_current = sequence == self._sequence
            known = {id: self._articles[id] for id in wanted if id in self._articles and is_current}
        missing = [id for id in wanted if id not in known]
        if missing and snapshot is None:
            snapshot = self._store.snapshot()
            if snapshot.sequence != sequence:  # something was written a moment ago
                return self.get_many(wanted, snapshot)
        read = snapshot.articles_by_id(missing) if missing and snapshot else {}
        with self._lock:
            if sequence == self._sequence:
                self._add_to_article_cache(wanted, read)
        found = known | read
        return {id: found[id] for id in wanted if id in found and found[id].published}

    def of_moment(self) -> ArticlesOfMoment:
        """Return the same articles as they are from the first look-up on; see there."""
        return ArticlesOfMoment(self, self._store)

    def _add_to_article_cache(self, wanted: list[str], read: dict[str, Article]) -> None:
        for id in wanted:
            if id in read:
                self._articles[id] = read[id]
            if id in self._articles:
                self._articles.move_to_end(id)
        while len(self._articles) > self._max_articles:
            self._articles.popitem(last=False)


class ArticlesOfMoment:
    """Articles for one answer: all of the moment of the first look-up.

    An answer reads articles several times, for hits, snippets and links, and must not name two
    versions of one where it is replaced meanwhile.
    """

    def __init__(self, cache: ArticleCache, store: Store) -> None:
        """Use ``ArticleCache.of_moment``."""
        self._cache, self._store = cache, store
        self._snapshot: StoreSnapshot | None = None

    def __getitem__(self, id: str) -> Article:
        return self.get_many([id])[id]

    def get_many(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the published ones among ``ids`` with their articles, in the order of ``ids``."""
        if self._snapshot is None:
            self._snapshot = self._store.snapshot()
        return self._cache.get_many(ids, self._snapshot)
