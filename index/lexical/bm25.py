"""BM25 as pure functions: inverse document frequency and term frequency saturation.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009). The score of
an article is the sum over query terms of idf(term) * saturation(term in article).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def idf_lucene(df: NDArray[np.int64], n: int) -> Floats:
    """Return the weight of each term, float32, always > 0: ln(1 + (n - df + 0.5) / (df + 0.5)).

    Lucene's form stays positive for a term that most entries hold, so a common word can never
    push a good match down.
    """
    weights: Floats = np.log1p((n - df + 0.5) / (df + 0.5)).astype(np.float32)
    return weights


def bm25_saturation(tf: Floats, length: Floats, mean_length: float, k1: float, b: float) -> Floats:
    """Return the share of its idf that a term earns: tf (k1 + 1) / (tf + k1 (1 - b + b l / mean)).

    0 for tf 0, 1 for one occurrence in an entry of mean length, below k1 + 1 always.

    Parameters
    ----------
    tf
        How often the term occurs in an entry, float32 [n].
    length
        Terms of the same entry, float32 [n].
    mean_length
        The mean of the lengths of all entries.
    k1
        How much a second occurrence adds.
    b
        How much a long entry loses, from 0 (nothing) to 1.
    """
    norm = k1 * (1.0 - b + b * length / max(mean_length, 1e-9))
    weights: Floats = (tf * (k1 + 1.0) / (tf + norm)).astype(np.float32)
    return weights
