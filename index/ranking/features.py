"""Each candidate as named numbers, which the ranking model weighs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.query.query_terms import QueryTerms
from index.ranking.dense_features import DENSE_FEATURES, dense_features
from index.ranking.field_features import FIELD_FEATURES, field_features
from index.ranking.window_similarity import WindowSimilarity
from index.terms.forward_index import ForwardIndex

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
"""Columns of ``features``. "of best": divided by the best candidate's value; cubed, it tells the
best from the good, where its plain value tells the good from the poor."""

N_WINDOWS = 16  # candidates for each word of a query whose closest window is looked for

Floats = NDArray[np.float32]


def features(
    query: QueryTerms,
    places: NDArray[np.int64],
    found: Sequence[Floats],
    meanings: Sequence[Floats],
    texts: ForwardIndex,
    whole: NDArray[np.bool_],
    windows: WindowSimilarity | None,
) -> Floats:
    """Return float32 [n_candidates, len(FEATURES)] of the articles at ``places``.

    ``found``: their BM25 and the cosines of letters; ``meanings``: those of meanings, none where
    these were not looked at; ``whole``: which of them headline and lead tell whole.
    """
    mass = max(float(query.idf[query.content].sum()), 1e-9)
    best_of = [_of_best(values) for values in found]
    measured = field_features(texts, places, query)
    relative = measured / np.maximum(measured.max(axis=0, initial=0.0), 1e-9)
    near = dense_features(meanings, measured[:, FIELD_FEATURES.index("bm25 passage")], whole)
    closest = _closest(query, places, found[0], texts, windows)
    columns = (
        *(found[0] / mass, best_of[0], *found[1:], *best_of[1:]),
        *(measured, relative, near),
        np.column_stack([*best_of, relative]) ** 3,
        *(closest, _of_best(closest)),
    )
    return np.column_stack(columns).astype(np.float32)


def _closest(
    query: QueryTerms,
    places: NDArray[np.int64],
    bm25: Floats,
    texts: ForwardIndex,
    windows: WindowSimilarity | None,
) -> Floats:
    """Return the word vectors feature of the articles at ``places``; 0 without word vectors.

    It is measured for the best by ``bm25``; the others are taken as middling.
    """
    if windows is None or not len(places):
        return np.zeros(len(places), np.float32)
    best = np.argsort(-bm25, kind="stable")[: N_WINDOWS * query.reach]
    closest = windows.best(query.known[query.content], places[best], texts)
    values = np.full(len(places), np.sort(closest)[len(closest) // 2], np.float32)
    values[best] = closest
    return values


def _of_best(values: Floats) -> Floats:
    best = float(values.max()) if len(values) else 0.0
    return values / best if best > 0.0 else values
