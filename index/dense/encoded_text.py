"""Encoded text: what of an article and of a query the sentence encoder reads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.web_addresses import blank_addresses
from corpus.models import Article

MAX_LEAD_CHARACTERS = 600  # about as many tokens as the encoder reads
MAX_COVERED_TERMS = 200  # of a body that the lead covers, or nearly
MIN_LONG_TERMS = 300  # of a body whose end neither lead nor headline covers
ENCODED_FIELDS = ("headline", "lead")
"""The vectors of a generation, files ``embeddings-<name>.*.npy``."""
CANDIDATE_FIELD = "lead"
"""The field that candidates are found by; the headlines find none that it misses."""


def encoded_lead(article: Article) -> str:
    """Return the lead of an article: its claim, else the start of summary and body."""
    if article.claim:
        return article.claim[:MAX_LEAD_CHARACTERS]
    summary, body = article.summary[:MAX_LEAD_CHARACTERS], article.body[:MAX_LEAD_CHARACTERS]
    return f"{summary} {body}".strip()[:MAX_LEAD_CHARACTERS]


def encoded_query(query: str) -> str:
    """Return the text of a query that is encoded: its start, without web addresses.

    An address tells an encoder nothing, and takes it as long as ten words.
    """
    return " ".join(blank_addresses(query[: 2 * MAX_LEAD_CHARACTERS]).split())[:MAX_LEAD_CHARACTERS]


def covers_article(bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which articles have a claim, a summary or a short body, bool [n].

    ``bounds`` as in ``ForwardIndex``.
    """
    claim, summary, body = np.diff(bounds, axis=1)[:, 1:].T
    covered: NDArray[np.bool_] = (claim > 0) | (summary > 0) | (body <= MAX_COVERED_TERMS)
    return covered


def mostly_long(bounds: NDArray[np.int64]) -> bool:
    """Return whether most articles have no claim and a body of more than ``MIN_LONG_TERMS`` terms.

    A summary does not make up for that: most are a line or two about one of several claims.
    """
    _, claim, _, body = np.diff(bounds, axis=1).T
    return bool(bounds.size and ((claim == 0) & (body > MIN_LONG_TERMS)).mean() > 0.5)
