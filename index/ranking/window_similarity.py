"""Window similarity: the cosine of a query with the best window of a text, by static embeddings.

A window is ``STEP`` terms and the ``STEP`` before them, a sentence or two. Its vector is the sum of
its terms' vectors by their idf, stop words left out (a mean weighted by how telling a word is:
Arora et al., A Simple but Tough-to-Beat Baseline for Sentence Embeddings, 2017). Its cosine with a
query needs no vector of it: the product is the sum of its terms' products, and its length was
measured at the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense.int8_vectors import QUERY_STEPS, Int8Vectors, int8_products
from index.jit import compiled
from index.storage.arrays import (
    array_path,
    check_array_shape,
    open_arrays,
    release_pages,
    save_arrays,
)
from index.terms.forward_index import ForwardIndex

STEP = 15  # terms
_ARTICLES_AT_ONCE = 1 << 16  # after which the tokens that were read are let go

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class WindowSimilarity:
    """The windows of all articles.

    ``words``: the vector of each term, as long as the term weighs; ``lengths`` float32: of each
    window, article by article; ``starts`` int64 [n_articles + 1]: where an article's windows begin.
    """

    words: Int8Vectors
    lengths: Floats
    starts: Ids

    @staticmethod
    def build(words: Int8Vectors, texts: ForwardIndex) -> WindowSimilarity:
        """Measure the windows of ``texts``; ``words``: the vector of each term, of length 1."""
        weighed = Int8Vectors(words.codes, words.scales * texts.weights)
        starts = _window_starts(texts.bounds)
        lengths = _lengths_of_windows(texts.tokens, texts.bounds, starts, weighed)
        return WindowSimilarity(weighed, lengths, starts)

    def of_more_texts(self, tokens: NDArray[np.uint32], bounds: Ids) -> WindowSimilarity:
        """Return the windows of other texts, measured with the same vectors of words.

        A term that has no vector adds nothing. ``tokens`` and ``bounds`` as in ``ForwardIndex``.
        """
        words = self.words
        without = np.flatnonzero(words.scales == 0.0)[:1]
        if not len(without):  # a small archive without stop words
            words = Int8Vectors(
                np.vstack((words.codes, np.zeros((1, words.codes.shape[1]), np.int8))),
                np.append(words.scales, np.float32(0.0)),
            )
            without = np.array([len(words.scales) - 1])
        known = np.where(tokens < len(self.words.scales), tokens, np.uint32(without[0]))
        starts = _window_starts(bounds)
        lengths = _lengths_of_windows(known.astype(np.uint32), bounds, starts, words)
        return WindowSimilarity(self.words, lengths, starts)

    def save(self, folder: Path) -> None:
        """Write the word vectors and window lengths into ``folder``, which exists."""
        self.words.save(folder, "word-vectors")
        save_arrays(folder, "word-windows", lengths=self.lengths)

    @staticmethod
    def open(folder: Path, bounds: Ids, n_terms: int) -> WindowSimilarity:
        """Return what ``save`` wrote, memory-mapped; ``bounds`` as in ``ForwardIndex``.

        Parameters
        ----------
        folder
            A generation.
        bounds
            Where fields begin and end in the forward index.
        n_terms
            How many terms there must be.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        lengths = open_arrays(folder, "word-windows", lengths=(np.float32, 1))["lengths"]
        starts = _window_starts(bounds)
        check_array_shape(array_path(folder, "word-windows", "lengths"), lengths, int(starts[-1]))
        return WindowSimilarity(Int8Vectors.open(folder, "word-vectors", n_terms), lengths, starts)

    def best(self, terms: Ids, candidates: Ids, texts: ForwardIndex) -> Floats:
        """Return the cosine of the query's ``terms`` with the best window of each candidate.

        float32 [n_candidates], at least 0.

        Parameters
        ----------
        terms
            Term ids of the query.
        candidates
            Rows of the articles.
        texts
            The forward index.
        """
        query = self.words.scales[terms] @ self.words.codes[terms].astype(np.float32)
        size = float(np.linalg.norm(query))
        if size == 0.0:
            return np.zeros(len(candidates), np.float32)
        return _best_window_similarity(
            texts.tokens,
            texts.bounds,
            self.starts,
            self.lengths,
            self.words.codes,
            self.words.scales,
            np.rint(query / size * QUERY_STEPS).astype(np.int16),
            candidates,
        )


def _window_starts(bounds: Ids) -> Ids:
    """Return where each article's windows begin, int64 [n_articles + 1]: one begins every step."""
    steps = -(-(bounds[:, -1] - bounds[:, 0]) // STEP)
    return np.concatenate(([0], np.cumsum(steps))).astype(np.int64)


def _lengths_of_windows(
    tokens: NDArray[np.uint32], bounds: Ids, starts: Ids, words: Int8Vectors
) -> Floats:
    lengths = np.zeros(int(starts[-1]), np.float32)
    for first in range(0, len(bounds), _ARTICLES_AT_ONCE):
        last = min(first + _ARTICLES_AT_ONCE, len(bounds))
        _window_lengths(tokens, bounds, starts, words.codes, words.scales, first, last, lengths)
        release_pages(tokens)
    return lengths


@compiled(writes=("lengths",))
def _window_lengths(
    tokens: NDArray[np.uint32],
    bounds: Ids,
    starts: Ids,
    codes: NDArray[np.int8],
    scales: Floats,
    from_article: int,
    to_article: int,
    lengths: Floats,
) -> None:
    before, now = np.zeros(codes.shape[1], np.float32), np.zeros(codes.shape[1], np.float32)
    for article in range(from_article, to_article):
        first, end = bounds[article, 0], bounds[article, -1]
        before[:] = 0.0
        for window in range(starts[article], starts[article + 1]):
            now[:] = 0.0
            begin = first + (window - starts[article]) * STEP
            for position in range(begin, min(begin + STEP, end)):
                term = tokens[position]
                if scales[term] > 0.0:
                    for column in range(codes.shape[1]):
                        now[column] += scales[term] * np.float32(codes[term, column])
            total = np.float32(0.0)
            for column in range(codes.shape[1]):
                both = before[column] + now[column]
                total += both * both
                before[column] = now[column]
            lengths[window] = np.sqrt(total)


@compiled
def _best_window_similarity(
    tokens: NDArray[np.uint32],
    bounds: Ids,
    starts: Ids,
    lengths: Floats,
    codes: NDArray[np.int8],
    scales: Floats,
    query: NDArray[np.int16],
    candidates: Ids,
) -> Floats:
    # First which terms the candidates hold, then the product of each, then the windows: in one
    # pass every product would have to wait for its row of the table (benchmarks/README.md).
    n_terms = codes.shape[0]
    shares = np.zeros(n_terms, np.float32)  # what a term adds to a window
    met = np.zeros(n_terms, np.bool_)
    terms, n_met = np.empty(n_terms, np.uint32), 0
    for article in candidates:
        for position in range(bounds[article, 0], bounds[article, -1]):
            term = tokens[position]
            # No bounds are checked, and a damaged file may name a term that there is not.
            if term < n_terms and not met[term]:
                met[term] = True
                terms[n_met] = term
                n_met += 1
    int8_products(codes, scales, terms[:n_met], query, shares)
    best = np.zeros(candidates.shape[0], np.float32)
    for row in range(candidates.shape[0]):
        article = candidates[row]
        first, end = bounds[article, 0], bounds[article, -1]
        before = np.float32(0.0)
        for window in range(starts[article], starts[article + 1]):
            now = np.float32(0.0)
            begin = first + (window - starts[article]) * STEP
            for position in range(begin, min(begin + STEP, end)):
                if tokens[position] < n_terms:
                    now += shares[tokens[position]]
            if lengths[window] > 0.0:
                best[row] = max(best[row], (before + now) / lengths[window])
            before = now
    return best
