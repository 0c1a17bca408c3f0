"""Live view of an archive: its generation with all that was written since, for one moment."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from corpus.models import Article
from corpus.storage.store import Store
from index.autocomplete.completions import CompletionIndex
from index.autocomplete.merging import CompletionSource
from index.live.live_index import LiveIndex
from index.query.synonyms import Synonyms
from index.search.reader import IndexReader
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from recommender.recommend import Recommender
from recommender.related.live import LiveRelatedFinder

BATCH = 512  # changes that are taken at a time: half a second of a bulk load


@dataclass(frozen=True, eq=False, slots=True)
class LiveView:
    """What answers requests until the next change.

    ``sequence``: the last change it knows; ``changed``: ids whose articles are not as the
    generation has them; ``withdrawn``: those of them that may not be named; ``n_articles``: that
    may be found; ``new_related``: finds among the new articles, None without any.
    """

    sequence: int
    reader: IndexReader
    searcher: Searcher
    completions: tuple[CompletionSource, ...]
    superseded: Mapping[str, str]
    recommender: Recommender
    changed: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    n_articles: int = 0
    new_related: LiveRelatedFinder | None = None

    def without(self, ids: frozenset[str]) -> LiveView:
        """Return this view without some articles, which were withdrawn a moment ago."""
        rows = [self.reader.row(id) for id in ids if id in self.reader]
        if not rows:
            return self
        reader = copy.copy(self.reader)
        alive = np.ones(len(reader), np.bool_) if reader.alive is None else reader.alive.copy()
        alive[rows] = False
        reader.hide(alive)
        return replace(
            self,
            reader=reader,
            searcher=self.searcher.of_reader(reader),
            completions=tuple((index, _Either(hidden, ids)) for index, hidden in self.completions),
        )


class _Either:
    """Ids in one of two sets."""

    def __init__(self, *sets: object) -> None:
        self._sets = sets

    def __contains__(self, id: object) -> bool:
        return any(id in ids for ids in self._sets)  # type: ignore[operator]


class LiveArchive:
    """Keeps the view of an archive up with its store; safe for several threads."""

    def __init__(
        self,
        store: Store,
        sequence: int,
        retrieval: Retrieval,
        completions: CompletionIndex,
        recommender: Callable[[Mapping[str, str]], Recommender],
        synonyms: Synonyms,
        half_life_days: float | None,
        article_of: Callable[[str], Article],
    ) -> None:
        """Begin with a generation.

        Parameters
        ----------
        store
            Holds all articles.
        sequence
            The last change that the generation has.
        retrieval, completions
            Of the generation.
        recommender
            Returns the generation's recommender where these articles are superseded.
        synonyms
            The operators' synonyms.
        half_life_days
            Of the freshness of a check; see ``Searcher``.
        article_of
            Returns an article by id; KeyError: it is gone.
        """
        self._store, self._retrieval = store, retrieval
        self._base_completions, self._recommender_of = completions, recommender
        self._article_of = article_of
        encoder = retrieval.reader.encoder
        self._live = LiveIndex(retrieval.reader, encoder.encode if encoder else None)
        self._lock = threading.Lock()
        superseded = store.superseded()
        self._view = LiveView(
            sequence,
            retrieval.reader,
            Searcher(retrieval, synonyms, half_life_days),
            ((completions, frozenset()),),
            superseded,
            recommender(superseded),
            n_articles=len(retrieval.reader),
        )

    @property
    def view(self) -> LiveView:
        """Return the view as of the last ``refresh``."""
        return self._view

    @property
    def is_behind(self) -> bool:
        """Return whether something was written that the view does not know yet."""
        return self._store.sequence() != self._view.sequence

    def refresh(self, max_changes: int | None = None) -> bool:
        """Take what was written since the last time; return whether there was anything.

        ``max_changes``: with more, nothing is done (a bulk load is taken up in the background).
        """
        sequence = self._store.sequence()
        if sequence == self._view.sequence:
            return False
        with self._lock:
            while (last := self._view.sequence) != self._store.sequence():
                pending = self._store.changed_since(last)
                changes = []
                for change in pending:
                    changes.append(change)
                    if max_changes is not None and len(changes) > max_changes:
                        return False
                    if max_changes is None and len(changes) >= BATCH:
                        break
                if not changes:  # the store was restored to an earlier state
                    return False
                self._live.apply(changes)
                self._view = self._new_view(changes[-1].sequence)
        return True

    def _new_view(self, sequence: int) -> LiveView:
        live, old = self._live, self._view
        superseded = self._store.superseded()
        recommender = (
            old.recommender if superseded == old.superseded else self._recommender_of(superseded)
        )
        related = None
        if (new := live.new_articles) is not None:
            reader = live.reader
            related = LiveRelatedFinder(
                recommender.base_related,
                new,
                self._article_of,
                superseded,
                reader.__contains__,
                live.changed,
            )
        return LiveView(
            sequence,
            live.reader,
            old.searcher.of_reader(live.reader),
            (*live.completions, (self._base_completions, live.changed)),
            superseded,
            recommender.with_related(related),
            live.changed,
            frozenset(id for id in live.changed if id not in live.reader),
            len(live.reader) if live.reader.alive is None else int(live.reader.alive.sum()),
            related,
        )
