"""Terms as numbers: texts become arrays of term ids, in order, stop words kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.text import STOPWORDS, raw_tokens, raw_words, stem

MOST_CHUNKS = 1 << 20  # kept: some 200 MB, and the common ones come back at once


class Lexicon:
    """Term → id and back. Ids are given in order of first appearance, starting with 0.

    Texts are learnt by their pieces between white space: to look one up costs less than to cut it
    into words, and most come again and again (benchmarks/README.md).
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self.terms: list[str] = list(terms)
        self._ids = {term: id for id, term in enumerate(self.terms)}
        self._chunks = _Learnt(self._learn_chunk)
        self._raw = _Learnt(self._learn_raw)

    def __len__(self) -> int:
        return len(self.terms)

    def id(self, term: str) -> int | None:
        """Return the id of ``term``, None when no text holds it."""
        return self._ids.get(term)

    def learn(self, text: str) -> NDArray[np.uint32]:
        """Return the term ids of ``text``, uint32 [n_terms]; terms not met before are added."""
        if len(self._chunks) > MOST_CHUNKS:
            self._chunks.clear()
        ids = map(self._chunks.__getitem__, text.split())
        return np.fromiter(chain.from_iterable(ids), np.uint32)

    def spellings(self) -> dict[str, int]:
        """Return each word that was learnt, folded but not stemmed, with the id of its term."""
        words = (word for raw in self._raw for word, _, _ in raw_words(raw))
        return {word: self._ids[stem(word)] for word in words}

    def stop(self) -> NDArray[np.bool_]:
        """Return which terms are stop words, bool [n_terms]."""
        stop = np.zeros(len(self), np.bool_)
        known = (self._ids.get(stem(word)) for word in STOPWORDS)
        stop[[id for id in known if id is not None]] = True
        return stop

    def _learn_chunk(self, chunk: str) -> tuple[int, ...]:
        return tuple(chain.from_iterable(map(self._raw.__getitem__, raw_tokens(chunk))))

    def _learn_raw(self, raw: str) -> tuple[int, ...]:
        terms = [stem(word) for word, _, _ in raw_words(raw)]
        ids = tuple(self._ids.setdefault(term, len(self._ids)) for term in terms)
        for term, id in zip(terms, ids, strict=True):
            if id == len(self.terms):
                self.terms.append(term)
        return ids


class _Learnt(dict[str, tuple[int, ...]]):
    """The term ids of each piece of text that was met; a new one is learnt when it is looked up."""

    def __init__(self, learn: Callable[[str], tuple[int, ...]]) -> None:
        self._learn = learn

    def __missing__(self, raw: str) -> tuple[int, ...]:
        ids = self[raw] = self._learn(raw)
        return ids
