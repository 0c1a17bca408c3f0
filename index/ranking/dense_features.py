"""Dense features: the cosine of a query with the embeddings of headline and lead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.dense.encoded_text import ENCODED_FIELDS

_COLUMNS = (
    *(f"meaning {name}" for name in ENCODED_FIELDS),
    *(f"meaning {name} of best" for name in ENCODED_FIELDS),
    *(f"meaning {name} or passage" for name in ENCODED_FIELDS),
    *(f"meaning {name} and passage" for name in ENCODED_FIELDS),
)
DENSE_FEATURES = (*_COLUMNS, *(f"{name}, whole" for name in _COLUMNS))
"""Columns of ``dense_features``. "or" and "and": the larger and the smaller of the two, each
relative to the best candidate. "whole": the same value where headline and lead cover the article
(``covers_article``), else 0: the lead of a long article says little about what else it checks."""


def dense_features(
    cosines: Sequence[NDArray[np.float32]],
    passage: NDArray[np.float32],
    covered: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Return the dense features of candidates, float32 [n_candidates, len(DENSE_FEATURES)].

    Parameters
    ----------
    cosines
        Of the query with each of ``ENCODED_FIELDS``, float32 [n_candidates] each; empty: every
        feature is 0.
    passage
        The BM25 of the best passage, float32 [n_candidates].
    covered
        From ``covers_article``, bool [n_candidates].
    """
    if not cosines:
        return np.zeros((len(covered), len(DENSE_FEATURES)), np.float32)
    near = np.column_stack(cosines)
    best = near / np.maximum(near.max(axis=0, initial=0.0), 1e-9)
    words = (passage / max(float(passage.max(initial=0.0)), 1e-9))[:, None]
    columns = np.hstack([near, best, np.maximum(best, words), np.minimum(best, words)])
    return np.hstack([columns, columns * covered[:, None]]).astype(np.float32)
