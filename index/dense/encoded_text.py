"""Which texts of an article are encoded by meaning, and what their closeness says of a query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.web_addresses import blank_addresses
from corpus.models import Article

LEAD = 600  # characters: about as many tokens as the encoder reads
WHOLE = 200  # terms of a body that a lead covers, or all but covers
LONG = 300  # terms: what stands further down in such a body, lead and headline do not tell
ENCODED_FIELDS = ("headline", "lead")
"""The vectors of a generation, files ``meaning-<name>.*.npy``."""
CANDIDATE_FIELD = (
    "lead"  # what candidates are looked for by; by headlines too finds none that it misses
)

_COLUMNS = (
    *(f"meaning {name}" for name in ENCODED_FIELDS),
    *(f"meaning {name} of best" for name in ENCODED_FIELDS),
    *(f"meaning {name} or passage" for name in ENCODED_FIELDS),
    *(f"meaning {name} and passage" for name in ENCODED_FIELDS),
)
DENSE_FEATURES = (*_COLUMNS, *(f"{name}, whole" for name in _COLUMNS))
"""Columns of ``dense_features``. "or" and "and": the larger and the smaller of the two, each
relative to the best candidate. "whole": the same again for articles that lead and headline tell
whole, 0 for others: the opening of a long article says little about what else it checks."""


def lead(article: Article) -> str:
    """Return what an article says first: its claim, else the start of summary and body."""
    if article.claim:
        return article.claim[:LEAD]
    return f"{article.summary[:LEAD]} {article.body[:LEAD]}".strip()[:LEAD]


def encoded_query(query: str) -> str:
    """Return what of a query is encoded: its beginning, without web addresses.

    An address means nothing to an encoder, and costs it as much time as ten words.
    """
    return " ".join(blank_addresses(query[: 2 * LEAD]).split())[:LEAD]


def covers_article(bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which articles have a claim, a summary or a short body, bool [n].

    ``bounds`` as in the index.
    """
    claim, summary, body = np.diff(bounds, axis=1)[:, 1:].T
    whole: NDArray[np.bool_] = (claim > 0) | (summary > 0) | (body <= WHOLE)
    return whole


def mostly_long(bounds: NDArray[np.int64]) -> bool:
    """Return whether most articles have no claim and a body of more than ``LONG`` terms.

    A summary does not make up for that: most are a line or two about one of several claims.
    """
    _, claim, _, body = np.diff(bounds, axis=1).T
    return bool(bounds.size and ((claim == 0) & (body > LONG)).mean() > 0.5)


def dense_features(
    cosines: Sequence[NDArray[np.float32]],
    passage: NDArray[np.float32],
    whole: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Return float32 [n_candidates, len(DENSE_FEATURES)].

    ``cosines`` of the query with each of ``ENCODED_FIELDS``, ``passage`` the BM25 of the best
    passage, ``whole`` from ``covers_article``: all [n_candidates]. Without ``cosines`` every
    feature is 0.
    """
    if not cosines:
        return np.zeros((len(whole), len(DENSE_FEATURES)), np.float32)
    near = np.column_stack(cosines)
    best = near / np.maximum(near.max(axis=0, initial=0.0), 1e-9)
    words = (passage / max(float(passage.max(initial=0.0)), 1e-9))[:, None]
    columns = np.hstack([near, best, np.maximum(best, words), np.minimum(best, words)])
    return np.hstack([columns, columns * whole[:, None]]).astype(np.float32)
