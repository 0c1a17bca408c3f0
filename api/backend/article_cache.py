"""Article cache: the published articles of a store by id, the most recently used ones in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from corpus.models import Article
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

    def get_many(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the published ones among ``ids`` with their articles, in the order of ``ids``."""
        wanted = list(dict.fromkeys(ids))
        sequence = self._store.sequence()
        with self._lock:
            if sequence != self._sequence:
                self._articles.clear()
                self._sequence = sequence
            known = {id: self._articles[id] for id in wanted if id in self._articles}
        missing = [id for id in wanted if id not in known]
        read = self._store.articles_by_id(missing) if missing else {}
        with self._lock:
            if sequence == self._sequence:  # else what was read may be older than the cache
                self._add_to_article_cache(wanted, read)
        found = known | read
        return {id: found[id] for id in wanted if id in found and found[id].published}

    def _add_to_article_cache(self, wanted: list[str], read: dict[str, Article]) -> None:
        for id in wanted:
            if id in read:
                self._articles[id] = read[id]
            if id in self._articles:
                self._articles.move_to_end(id)
        while len(self._articles) > self._max_articles:
            self._articles.popitem(last=False)
