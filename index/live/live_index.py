"""Live index: what was written since a generation was built, searchable without a build."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np

from corpus.storage.store import Change
from index.autocomplete.merging import CompletionSource
from index.lexical.article_postings import mean_article_lengths
from index.live.live_reader import LiveReader
from index.live.new_articles import NewArticlesReader
from index.live.segment import (
    Encode,
    IndexedText,
    Segment,
    build_segment,
    index_texts,
)
from index.search.reader import IndexReader
from index.terms.extended_dictionary import ExtendedTermDictionary

MAX_NEWEST = 256  # articles that are indexed again with each change: some 20 ms
MAX_IN_LISTS = 4_096  # newest articles that related articles are found among until a build
MAX_SEGMENT = 16_384  # articles of a segment that is still merged: a second of work


class LiveIndex:
    """The articles that changed since a generation, in segments that grow.

    The newest changes are in a small segment that each change builds again; a full one stays as it
    is and is merged with its neighbours of about the same size. One thread at a time changes it
    (``apply`` waits); what ``reader`` returned never changes.
    """

    def __init__(self, base: IndexReader, encode: Encode | None = None) -> None:
        """Begin with the articles of a generation.

        Parameters
        ----------
        base
            The generation.
        encode
            Its encoder of passages, float32 [n, dim]; None: it has none.
        """
        self._base, self._encode = base, encode if base.encoder else None
        self._terms = ExtendedTermDictionary(base.terms)
        self._means = mean_article_lengths(base.forward_index.bounds)
        self._base_alive = np.ones(len(base), np.bool_)
        self._segments: list[Segment] = []  # full ones
        self._segment_alive: list[list[bool]] = []
        self._newest: dict[str, IndexedText] = {}
        self._place: dict[str, tuple[int, int]] = {}  # id → full segment and row there
        self._new_words: dict[str, int] = {}
        self._lock = threading.Lock()
        self._reader: IndexReader = base
        self._new_articles: NewArticlesReader | None = None
        self._completions: list[CompletionSource] = []
        self._changed: frozenset[str] = frozenset()

    @property
    def reader(self) -> IndexReader:
        """Return the index as of the last change."""
        return self._reader

    @property
    def new_articles(self) -> NewArticlesReader | None:
        """Return the newest articles alone, at most ``MAX_IN_LISTS``; None without any."""
        return self._new_articles

    @property
    def completions(self) -> list[CompletionSource]:
        """Return the completions of the new articles, the newest first."""
        return self._completions

    @property
    def changed(self) -> frozenset[str]:
        """Return the ids whose articles are not as the generation has them, or gone."""
        return self._changed

    def apply(self, changes: Iterable[Change]) -> IndexReader:
        """Take changes in the order in which they were made; return the index with them."""
        with self._lock:
            last: dict[str, Change] = {}
            for change in changes:
                last.pop(change.id, None)
                last[change.id] = change
            if not last:
                return self._reader
            for id in last:
                self._withdraw(id)
            published = [c.article for c in last.values() if c.article and c.article.published]
            n_terms = len(self._terms)
            for start in range(0, len(published), MAX_NEWEST):
                batch = published[start : start + MAX_NEWEST]
                for text in index_texts(batch, self._terms, self._encode):
                    self._newest[text.article.id] = text
                if len(self._newest) >= MAX_NEWEST:
                    self._fill_segment()
            if len(self._terms) != n_terms:
                n_base = len(self._base.terms)
                words = self._terms.spellings()
                self._new_words = {word: id for word, id in words.items() if id >= n_base}
            self._reader = self._live_reader()
            return self._reader

    def _withdraw(self, id: str) -> None:
        """Take what there is of an article out of all results."""
        self._newest.pop(id, None)
        if id in self._base:
            self._base_alive[self._base.row(id)] = False
        if (place := self._place.pop(id, None)) is not None:
            segment, row = place
            self._segment_alive[segment][row] = False

    def _fill_segment(self) -> None:
        """Make a full segment of the newest articles, and merge segments of about one size."""
        texts = [self._newest[id] for id in sorted(self._newest)]
        self._newest = {}
        while self._segments and len(self._segments[-1]) <= 2 * len(texts):
            if len(self._segments[-1]) + len(texts) > MAX_SEGMENT:
                break
            alive = self._segment_alive.pop()
            kept = zip(self._segments.pop().texts, alive, strict=True)
            texts = [*(text for text, is_alive in kept if is_alive), *texts]
        segment = len(self._segments)
        self._segments.append(build_segment(texts, self._base, self._terms, self._means))
        self._segment_alive.append([True] * len(texts))
        self._place |= {text.article.id: (segment, row) for row, text in enumerate(texts)}

    def _live_reader(self) -> LiveReader:
        texts = [self._newest[id] for id in sorted(self._newest)]
        newest = build_segment(texts, self._base, self._terms, self._means)
        segments = [*self._segments, newest]
        alive = [np.array(own, np.bool_) for own in (*self._segment_alive, [True] * len(newest))]
        self._completions = [
            (
                segment.completions,
                {
                    t.article.id
                    for t, is_alive in zip(segment.texts, own, strict=True)
                    if not is_alive
                },
            )
            for segment, own in zip(reversed(segments), reversed(alive), strict=True)
        ]
        dead = np.flatnonzero(~self._base_alive).tolist()
        self._changed = frozenset(self._base.ids[row] for row in dead)
        first = len(segments) - 1
        total = len(newest)
        while first and total + len(segments[first - 1]) <= MAX_IN_LISTS:
            first -= 1
            total += len(segments[first])
        self._new_articles = (
            NewArticlesReader(self._base, segments[first:], alive[first:]) if total else None
        )
        return LiveReader(
            self._base,
            segments,
            self._terms,
            self._new_words,
            np.concatenate((self._base_alive, *alive)),
        )
