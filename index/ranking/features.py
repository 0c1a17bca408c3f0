"""Features of candidates: named numbers that the ranking model weighs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.query.query_terms import QueryTerms
from index.ranking.dense_features import DENSE_FEATURES, dense_features
from index.ranking.field_features import FIELD_FEATURES

CUBED = ", cubed"
MEASURED = ("bm25", "letters headline", "letters claim", *FIELD_FEATURES)
FEATURES = (
    "bm25",
    "bm25 of best",
    "letters headline",
    "letters claim",
    "letters headline of best",
    "letters claim of best",
    *FIELD_FEATURES,
    *(f"{name} of best" for name in FIELD_FEATURES),
    *DENSE_FEATURES,
    *(f"{name} of best{CUBED}" for name in MEASURED),
    "word vectors",
    "word vectors of best",
)
"""Columns of ``candidate_features``. "letters": cosine of character n-grams. "of best": divided by
the best candidate's value. The cube separates the top candidates from each other; the plain ratio
separates relevant from irrelevant ones."""

N_WINDOWS = 16  # candidates for each word of a query whose most similar window is computed

Floats = NDArray[np.float32]


class MeasuredTexts(Protocol):
    """What features are measured on: the texts of an index, by rows int64 [n]."""

    def field_features(self, rows: NDArray[np.int64], query: QueryTerms) -> Floats:
        """Return the ``FIELD_FEATURES`` of articles, float32 [n, len(FIELD_FEATURES)]."""
        ...

    def is_covered(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which articles headline and lead cover, bool [n]."""
        ...

    def window_cosines(self, terms: NDArray[np.int64], rows: NDArray[np.int64]) -> Floats | None:
        """Return the cosine of ``terms`` with the best window of each article, float32 [n].

        None where the index has no static embeddings.
        """
        ...


def candidate_features(
    query: QueryTerms,
    rows: NDArray[np.int64],
    lexical: Sequence[Floats],
    dense: Sequence[Floats],
    texts: MeasuredTexts,
) -> Floats:
    """Return the features of candidates, float32 [n_candidates, len(FEATURES)].

    Parameters
    ----------
    query
        The terms of the query.
    rows
        The candidates, int64 [n_candidates].
    lexical
        Their BM25, then their n-gram cosines with headline and claim.
    dense
        Their embedding cosines by encoded field; empty where embeddings were not compared.
    texts
        The texts of all articles. Without static embeddings the features of windows are 0.
    """
    mass = max(float(query.idf[query.content].sum()), 1e-9)
    best_of = [_feature_relative_to_best(values) for values in lexical]
    measured = texts.field_features(rows, query)
    relative = measured / np.maximum(measured.max(axis=0, initial=0.0), 1e-9)
    near = dense_features(
        dense, measured[:, FIELD_FEATURES.index("bm25 passage")], texts.is_covered(rows)
    )
    closest = _window_features(query, rows, lexical[0], texts)
    columns = (
        *(lexical[0] / mass, best_of[0], *lexical[1:], *best_of[1:]),
        *(measured, relative, near),
        np.column_stack([*best_of, relative]) ** 3,
        *(closest, _feature_relative_to_best(closest)),
    )
    return np.column_stack(columns).astype(np.float32)


def _window_features(
    query: QueryTerms,
    rows: NDArray[np.int64],
    bm25: Floats,
    texts: MeasuredTexts,
) -> Floats:
    """Return the similarity of the best window of each candidate; 0 without word vectors.

    It is computed for the best by ``bm25``; the others get the median.
    """
    best = np.argsort(-bm25, kind="stable")[: N_WINDOWS * query.reach]
    closest = texts.window_cosines(query.known[query.content], rows[best])
    if closest is None or not len(rows):
        return np.zeros(len(rows), np.float32)
    values = np.full(len(rows), np.sort(closest)[len(closest) // 2], np.float32)
    values[best] = closest
    return values


def _feature_relative_to_best(values: Floats) -> Floats:
    best = float(values.max()) if len(values) else 0.0
    return values / best if best > 0.0 else values
