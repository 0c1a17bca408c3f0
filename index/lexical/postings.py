"""Inverted index: the postings of each term, how they are built, and BM25 sums over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.lexical.bm25 import bm25_saturation
from index.storage.arrays import release_pages

Ints = NDArray[np.int64]
Terms = NDArray[np.uint32]
Floats = NDArray[np.float32]
_BLOCK = 1 << 22  # items: 16 MB of float32
_BLOCK_ENTRIES = 1 << 16  # after which the tokens that were read are let go: some 200 MB


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
    tokens: Terms,
    bounds: Ints,
    n_terms: int,
    k1: float = 1.2,
    b: float = 0.75,
    mean_length: float | None = None,
) -> Postings:
    """Return the postings of entries, ascending within each term.

    Parameters
    ----------
    tokens
        The terms of all entries, uint32.
    bounds
        int64 [n_entries, 2]: the terms of entry i are ``tokens[bounds[i, 0]:bounds[i, 1]]``.
    n_terms
        Every term is below.
    k1, b
        See ``bm25_saturation``.
    mean_length
        That lengths are compared with; None: the mean of these entries.
    """
    starts, entries, weights = count_terms(tokens, bounds, n_terms)
    lengths = (bounds[:, 1] - bounds[:, 0]).astype(np.float32)
    if mean_length is None:
        mean_length = float(lengths.mean()) if len(lengths) else 0.0
    for part in blocks_of(len(entries)):
        own = lengths[entries[part]]
        weights[part] = bm25_saturation(weights[part], own, mean_length, k1, b)
    return Postings(starts, entries, weights)


def count_terms(tokens: Terms, bounds: Ints, n_terms: int) -> tuple[Ints, Terms, Floats]:
    """Return ``starts`` and ``entries`` of postings, and how often each entry has the term.

    Parameters
    ----------
    tokens, bounds, n_terms
        As of ``build_postings``.
    """
    df, seen_by = np.zeros(n_terms, np.int64), np.full(n_terms, -1, np.int64)
    for part in _entry_blocks(len(bounds)):
        _count_postings(tokens, bounds, part.start, part.stop, seen_by, df)
        release_pages(tokens)
    starts = np.zeros(n_terms + 1, np.int64)
    np.cumsum(df, out=starts[1:])
    entries, tf = np.empty(starts[-1], np.uint32), np.zeros(starts[-1], np.float32)
    filled = starts[:-1].copy()
    seen_by[:] = -1
    for part in _entry_blocks(len(bounds)):
        _fill_postings(tokens, bounds, part.start, part.stop, seen_by, filled, entries, tf)
        release_pages(tokens)
    return starts, entries, tf


def _entry_blocks(n: int) -> Iterator[slice]:
    for start in range(0, n, _BLOCK_ENTRIES):
        yield slice(start, min(start + _BLOCK_ENTRIES, n))


def blocks_of(n: int) -> Iterator[slice]:
    """Yield slices that cover ``n`` items: what is computed of them takes little room."""
    for start in range(0, n, _BLOCK):
        yield slice(start, min(start + _BLOCK, n))


@compiled(writes=("seen_by", "df"))
def _count_postings(
    tokens: Terms, bounds: Ints, first: int, last: int, seen_by: Ints, df: Ints
) -> None:
    for entry in range(first, last):
        for position in range(bounds[entry, 0], bounds[entry, 1]):
            term = tokens[position]
            if seen_by[term] != entry:
                seen_by[term] = entry
                df[term] += 1


@compiled(writes=("seen_by", "filled", "entries", "tf"))
def _fill_postings(
    tokens: Terms,
    bounds: Ints,
    first: int,
    last: int,
    seen_by: Ints,
    filled: Ints,
    entries: Terms,
    tf: Floats,
) -> None:
    for entry in range(first, last):
        for position in range(bounds[entry, 0], bounds[entry, 1]):
            term = tokens[position]
            if seen_by[term] != entry:
                seen_by[term] = entry
                entries[filled[term]] = entry
                filled[term] += 1
            tf[filled[term] - 1] += 1.0


@compiled(writes=("masses",))
def sum_presence(
    starts: Ints, entries: Terms, terms: Terms, weights: Floats, masses: Floats
) -> None:
    """Add the weight of each of ``terms`` to the entries that hold it, in place.

    Parameters
    ----------
    starts, entries
        The arrays of ``Postings``.
    terms
        uint32 [n]; a term that the postings do not have adds nothing.
    weights
        float32 [n], of each of ``terms``.
    masses
        float32 [n_entries].
    """
    n_terms, n_postings, n_entries = starts.shape[0] - 1, entries.shape[0], masses.shape[0]
    for i in range(terms.shape[0]):
        term = terms[i]
        if term >= n_terms:
            continue
        for j in range(max(starts[term], 0), min(starts[term + 1], n_postings)):
            if entries[j] < n_entries:
                masses[entries[j]] += weights[i]


@compiled(writes=("scores",))
def sum_postings(
    starts: Ints, entries: Terms, weights: Floats, terms: Terms, idf: Floats, scores: Floats
) -> None:
    """Add idf * saturation of each of ``terms`` to ``scores``, in place.

    Parameters
    ----------
    starts, entries, weights
        The arrays of ``Postings``.
    terms
        uint32 [n]; a term that the postings do not have adds nothing.
    idf
        float32 [n], of each of ``terms``.
    scores
        float32 [n_entries].
    """
    n_terms, n_postings, n_entries = starts.shape[0] - 1, entries.shape[0], scores.shape[0]
    for i in range(terms.shape[0]):
        term = terms[i]
        if term >= n_terms:
            continue
        weight = idf[i]
        for j in range(max(starts[term], 0), min(starts[term + 1], n_postings)):
            if entries[j] < n_entries:  # no bounds are checked below: a damaged file must not crash
                scores[entries[j]] += weight * weights[j]
