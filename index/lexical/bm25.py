"""BM25 as pure functions, and the two loops that need its speed: build postings, sum them.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009). The score of
an article is the sum over query terms of idf(term) * saturation(term in article).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

Ints = NDArray[np.int64]
Terms = NDArray[np.uint32]
Floats = NDArray[np.float32]


def idf_lucene(df: Ints, n: int) -> Floats:
    """Return the weight of each term, float32, always > 0: ln(1 + (n - df + 0.5) / (df + 0.5)).

    Lucene's form stays positive for a term that most entries hold, so a common word can never
    push a good match down.
    """
    weights: Floats = np.log1p((n - df + 0.5) / (df + 0.5)).astype(np.float32)
    return weights


def idf_robertson(df: Ints, n: int) -> Floats:
    """Return ln((n - df + 0.5) / (df + 0.5)), float32: negative when most entries hold the term."""
    weights: Floats = (np.log(n - df + 0.5) - np.log(df + 0.5)).astype(np.float32)
    return weights


def saturation(tf: Floats, length: Floats, mean_length: float, k1: float, b: float) -> Floats:
    """Return the share of its idf that a term earns: tf (k1 + 1) / (tf + k1 (1 - b + b l / mean)).

    0 for tf 0, 1 for one occurrence in an entry of mean length, below k1 + 1 always.
    """
    norm = k1 * (1.0 - b + b * length / max(mean_length, 1e-9))
    weights: Floats = (tf * (k1 + 1.0) / (tf + norm)).astype(np.float32)
    return weights


@dataclass(frozen=True, eq=False, slots=True)
class Postings:
    """Term → entries, term by term: entries of term t are ``starts[t]:starts[t + 1]``.

    ``starts`` int64 [n_terms + 1]; ``entries`` uint32 ascending within a term; ``weights`` float32,
    the saturation of the term in that entry (idf is multiplied in at query time, so that counts of
    a later index can be merged in).
    """

    starts: Ints
    entries: Terms
    weights: Floats

    @property
    def df(self) -> Ints:
        """Return the number of entries of each term, int64 [n_terms]."""
        return np.diff(self.starts)


def build_postings(
    tokens: Terms, bounds: Ints, n_terms: int, k1: float = 1.2, b: float = 0.75
) -> Postings:
    """Return the postings of entries whose terms are ``tokens[bounds[i, 0]:bounds[i, 1]]``.

    ``bounds`` is int64 [n_entries, 2]; a term's entries come out ascending.
    """
    df = _document_frequencies(tokens, bounds, n_terms)
    starts = np.zeros(n_terms + 1, np.int64)
    np.cumsum(df, out=starts[1:])
    lengths = (bounds[:, 1] - bounds[:, 0]).astype(np.float32)
    mean = float(lengths.mean()) if len(lengths) else 0.0
    entries, tf = _fill(tokens, bounds, starts)
    return Postings(starts, entries, saturation(tf, lengths[entries], mean, k1, b))


@compiled
def _document_frequencies(tokens: Terms, bounds: Ints, n_terms: int) -> Ints:
    seen_by = np.full(n_terms, -1, np.int64)
    df = np.zeros(n_terms, np.int64)
    for entry in range(bounds.shape[0]):
        for position in range(bounds[entry, 0], bounds[entry, 1]):
            term = tokens[position]
            if seen_by[term] != entry:
                seen_by[term] = entry
                df[term] += 1
    return df


@compiled
def _fill(tokens: Terms, bounds: Ints, starts: Ints) -> tuple[Terms, Floats]:
    n_terms = starts.shape[0] - 1
    entries = np.empty(starts[n_terms], np.uint32)
    tf = np.zeros(starts[n_terms], np.float32)
    filled = starts[:-1].copy()
    seen_by = np.full(n_terms, -1, np.int64)
    for entry in range(bounds.shape[0]):
        for position in range(bounds[entry, 0], bounds[entry, 1]):
            term = tokens[position]
            if seen_by[term] != entry:
                seen_by[term] = entry
                entries[filled[term]] = entry
                filled[term] += 1
            tf[filled[term] - 1] += 1.0
    return entries, tf


@compiled
def sum_postings(
    starts: Ints, entries: Terms, weights: Floats, terms: Terms, idf: Floats, scores: Floats
) -> None:
    """Add idf * saturation of each of ``terms`` to ``scores`` float32 [n_entries], in place."""
    for i in range(terms.shape[0]):
        term = terms[i]
        weight = idf[i]
        for j in range(starts[term], starts[term + 1]):
            scores[entries[j]] += weight * weights[j]


@compiled
def top_k(scores: Floats, k: int, least: float = 0.0) -> NDArray[np.int64]:
    """Return the positions of the k best scores above ``least``, best first, ties by position.

    A heap over one pass: faster than a partition when k is small against the archive.
    """
    heap_score = np.empty(k, np.float32)
    heap_entry = np.empty(k, np.int64)
    size = 0
    floor = np.float32(least)  # what a score has to be above to be among the best so far
    for entry in range(scores.shape[0]):
        score = scores[entry]
        if score <= floor:
            continue
        # A later entry with the same score is worse, so <= above keeps the earlier one.
        if size < k:
            at = size
            size += 1
            while at > 0:
                parent = (at - 1) >> 1
                if heap_score[parent] < score or (
                    heap_score[parent] == score and heap_entry[parent] > entry
                ):
                    break
                heap_score[at] = heap_score[parent]
                heap_entry[at] = heap_entry[parent]
                at = parent
        else:
            at = 0
            while True:
                child = 2 * at + 1
                if child >= size:
                    break
                right = child + 1
                if right < size and (
                    heap_score[right] < heap_score[child]
                    or (
                        heap_score[right] == heap_score[child]
                        and heap_entry[right] > heap_entry[child]
                    )
                ):
                    child = right
                if heap_score[child] > score or (
                    heap_score[child] == score and heap_entry[child] < entry
                ):
                    break
                heap_score[at] = heap_score[child]
                heap_entry[at] = heap_entry[child]
                at = child
        heap_score[at] = score
        heap_entry[at] = entry
        if size == k:
            floor = heap_score[0]
    order = np.empty(size, np.int64)
    for last in range(size - 1, -1, -1):  # take the worst away, again and again
        order[last] = heap_entry[0]
        score = heap_score[last]
        entry = heap_entry[last]
        at = 0
        while True:
            child = 2 * at + 1
            if child >= last:
                break
            right = child + 1
            if right < last and (
                heap_score[right] < heap_score[child]
                or (
                    heap_score[right] == heap_score[child] and heap_entry[right] > heap_entry[child]
                )
            ):
                child = right
            if heap_score[child] > score or (
                heap_score[child] == score and heap_entry[child] < entry
            ):
                break
            heap_score[at] = heap_score[child]
            heap_entry[at] = heap_entry[child]
            at = child
        heap_score[at] = score
        heap_entry[at] = entry
    return order
