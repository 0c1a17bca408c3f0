"""Synonym variants: a query and the same with synonyms in it, ranked as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.search.relevance_floor import ALL_WORDS, Coverage
from index.search.retrieval import Candidates

ORDER_KEPT = 0.1  # of the differences between those that stand too high
SYNONYM_PENALTY = 0.25  # of the score: an article that has the typed word goes before its equal


def merged_candidates(
    found: Sequence[Candidates],
    scores: Sequence[NDArray[np.float32]],
    coverages: Sequence[Coverage],
) -> tuple[Candidates, NDArray[np.float32]]:
    """Return the candidates of all variants of a query, and what each loses as a synonym's.

    An article has the features of the variant by which it scores most, after the penalty; the
    first variant is the query as it was typed and loses nothing. Longer names give higher scores;
    so where articles hold every word, as typed if there are such, the others stay behind the best
    of them.

    Parameters
    ----------
    found
        Candidates of each variant, at least one.
    scores
        Their scores, float32 [n_candidates] each.
    coverages
        How much of each variant every article holds.

    Returns
    -------
    tuple
        Candidates, and float32 [n_candidates]: what is added to the score, at most 0.
    """
    rows = np.unique(np.concatenate([one.rows for one in found]))
    best = np.full(len(rows), -np.inf, np.float32)
    features = np.zeros((len(rows), found[0].features.shape[1]), np.float32)
    losses = np.zeros(len(rows), np.float32)
    for n, (one, values) in enumerate(zip(found, scores, strict=True)):
        loss = np.float32(-SYNONYM_PENALTY if n else 0.0)
        at = np.searchsorted(rows, one.rows)
        better = values + loss > best[at]
        best[at[better]] = values[better] + loss
        features[at[better]] = one.features[better]
        losses[at[better]] = loss
    losses -= _excess(best, rows, coverages)
    merged = Candidates(
        rows,
        features,
        np.maximum.reduce([one.bm25 for one in found]),
        np.logical_or.reduce([one.matching for one in found]),
        np.logical_or.reduce([one.similar for one in found]),
        found[0].by_embeddings,
    )
    return merged, losses


def _excess(
    scores: NDArray[np.float32], rows: NDArray[np.int64], coverages: Sequence[Coverage]
) -> NDArray[np.float32]:
    """Return by how much candidates stand too high, float32 [n], so that their order stays."""
    as_typed = coverages[0].share[rows] >= ALL_WORDS
    whole = as_typed
    if not whole.any():
        whole = np.logical_or.reduce([one.share[rows] >= ALL_WORDS for one in coverages])
    excess = np.zeros(len(rows), np.float32)
    if whole.any():
        most = scores[whole].max() - SYNONYM_PENALTY
        above = ~whole & (scores > most)
        if above.any():
            step = ORDER_KEPT * (scores[above].max() - scores[above])
            excess[above] = scores[above] - (most - step)
    return excess


def merged_coverage(coverages: Sequence[Coverage]) -> Coverage:
    """Return how much of any variant of a query each article holds."""
    return Coverage(
        np.maximum.reduce([one.share for one in coverages]),
        min(one.minimum for one in coverages),
    )
