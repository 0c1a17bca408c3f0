"""The published articles of a store by id, read when they are asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import ItemsView, Iterable, Iterator, Mapping

from corpus.models import Article
from corpus.storage.store import Store

KEPT = 2_000  # articles in memory: some 20 MB


class ArticleCache(Mapping[str, Article]):
    """A mapping over the store that keeps what was asked for last; safe for several threads.

    What changes in the store is seen at once: its number of changes is looked at before each read.
    """

    def __init__(self, store: Store, kept: int = KEPT) -> None:
        self._store = store
        self._kept = kept
        self._articles: OrderedDict[str, Article] = OrderedDict()
        self._sequence = -1
        self._lock = threading.Lock()

    def __getitem__(self, id: str) -> Article:
        return self.some([id])[id]

    def __iter__(self) -> Iterator[str]:
        return (article.id for article in self.all())

    def __len__(self) -> int:
        return sum(1 for _ in self.all())

    def items(self) -> ItemsView[str, Article]:
        return _Items(self)

    def all(self) -> Iterator[Article]:
        """Yield all published articles ordered by id; none of them is kept."""
        return (article for article in self._store.articles() if article.published)

    def some(self, ids: Iterable[str]) -> dict[str, Article]:
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
            if sequence == self._sequence:  # else it may be older than what is kept by now
                for id in wanted:
                    if id in read:
                        self._articles[id] = read[id]
                    if id in self._articles:
                        self._articles.move_to_end(id)
                while len(self._articles) > self._kept:
                    self._articles.popitem(last=False)
        found = known | read
        return {id: found[id] for id in wanted if id in found and found[id].published}


class _Items(ItemsView[str, Article]):
    """All pairs in one pass over the store, not a look-up for each."""

    _mapping: ArticleCache

    def __iter__(self) -> Iterator[tuple[str, Article]]:
        return ((article.id, article) for article in self._mapping.all())
