"""Content of articles: which terms tell what an article is about, and how strongly.

Content is what is left without stop words and without what the publisher repeats
(``boilerplate``). A term is weighed by the square root of its idf: on graded next reads that takes
TF-IDF cosines of whole articles from .726 to .744 nDCG@5, since the rarest word that two articles
share is more often a chance than their common matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from recommender.related.boilerplate import holds_run_hash, mark_boilerplate_runs

MAX_LEAD_TERMS = 130  # headline and opening, stop words counted: some eight sentences
N_ABOUT, ABOUT_POWER = 30, 0.5  # salient terms that tell the matter, and the power of their idf
N_DETAIL, DETAIL_POWER = 100, 0.7  # salient terms that tell the details
MAX_COUNT = 255  # occurrences that count: one byte

# Two numbers of ``near`` in one byte: half the memory of two arrays that are read together.
HEADLINE_MASK = 15  # the lower four bits: occurrences in the headline
LEAD_SHIFT = 4  # the upper four bits: occurrences in headline and lead
MAX_NEAR = 15  # occurrences of each kind that count: four bits

NORMS = (
    "article",
    "lead",
    "headline",
    "about least",
    "about sum",
    "detail least",
    "detail sum",
)
"""Columns of ``norms``: lengths of three TF-IDF vectors; for the salient terms of both kinds, the
salience of the last one that counts, and the sum of all that count."""

Floats = NDArray[np.float32]
Terms = NDArray[np.uint32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False, slots=True)
class Content:
    """One article: ``terms`` uint32 distinct; ``counts`` uint8; ``near`` uint8; ``norms`` [7].

    ``near & HEADLINE_MASK`` are the occurrences in the headline, ``near >> LEAD_SHIFT`` those in
    headline and lead. A label in the headline counts in the lead alone.
    """

    terms: Terms
    counts: Bytes
    near: Bytes
    norms: Floats


@compiled
def article_contents(
    tokens: Terms,
    bounds: NDArray[np.int64],
    by: NDArray[np.int64],
    stop: NDArray[np.bool_],
    runs: NDArray[np.uint64],
    own: NDArray[np.uint64],
    labels: NDArray[np.uint64],
) -> tuple[NDArray[np.int64], Terms, Bytes, Bytes]:
    """Return starts int64 [n + 1], terms uint32, counts uint8 and near uint8 of articles.

    Parameters
    ----------
    tokens, bounds
        The forward index: uint32, and int64 [n, 5].
    by
        The number of each article's publisher, -1 for an unknown one.
    stop
        Which terms count nothing, bool [n_terms].
    runs, own, labels
        What publishers repeat; see ``Boilerplate``.
    """
    slot = np.full(stop.shape[0], -1, np.int64)  # where this article's row has the term
    starts = np.zeros(bounds.shape[0] + 1, np.int64)
    size = 0  # all terms, if each stood only once
    for article in range(bounds.shape[0]):
        size += bounds[article, 4] - bounds[article, 0]
    terms = np.empty(size, np.uint32)
    counts = np.empty(size, np.uint8)
    near = np.empty(size, np.uint8)
    n = 0
    for article in range(bounds.shape[0]):
        first, end = bounds[article, 0], bounds[article, 4]
        marked = mark_boilerplate_runs(tokens, first, end, by[article], runs)
        key = np.uint64(max(by[article], 0)) << np.uint64(32)
        known = by[article] >= 0
        begin, read = n, 0
        for at in range(first, end):
            if marked[at - first]:
                continue
            read += 1
            term = tokens[at]
            if stop[term] or (known and holds_run_hash(own, key + np.uint64(term))):
                continue
            where = slot[term]
            if where < begin:
                where = n
                slot[term] = n
                terms[n], counts[n], near[n] = term, 0, 0
                n += 1
            if counts[where] < MAX_COUNT:
                counts[where] += 1
            label = known and holds_run_hash(labels, key + np.uint64(term))
            in_headline = at < bounds[article, 1] and not label
            if in_headline and near[where] & HEADLINE_MASK < MAX_NEAR:
                near[where] += 1
            if read <= MAX_LEAD_TERMS and near[where] >> LEAD_SHIFT < MAX_NEAR:
                near[where] += 1 << LEAD_SHIFT
        starts[article + 1] = n
    return starts, terms[:n].copy(), counts[:n].copy(), near[:n].copy()


@compiled
def damped_content_count(count: int) -> float:
    """Return what ``count`` occurrences weigh: 1 + ln count; 0 for none."""
    return 1.0 + np.log(count) if count > 0 else 0.0


@compiled
def content_salience(count: int, near: int, idf: float, power: float) -> float:
    """Return how much a term tells what its article is about.

    It grows with its occurrences, and by as much again for standing in the headline, and again
    for standing in headline or lead.

    Parameters
    ----------
    count
        Its occurrences in the article.
    near
        As in ``Content``.
    idf
        Its weight.
    power
        Of the weight.
    """
    places = 1.0 + (near & HEADLINE_MASK > 0) + (near >> LEAD_SHIFT > 0)
    return float(damped_content_count(count) * idf**power * places)


@compiled
def content_norms(
    starts: NDArray[np.int64], terms: Terms, counts: Bytes, near: Bytes, idf: Floats
) -> Floats:
    """Return the columns of ``NORMS`` of articles, float32 [n, 7].

    Parameters
    ----------
    starts, terms, counts, near
        What ``article_contents`` gives.
    idf
        The weight of each term, float32 [n_terms].
    """
    out = np.zeros((starts.shape[0] - 1, 7), np.float32)
    for article in range(starts.shape[0] - 1):
        first, end = starts[article], starts[article + 1]
        about, detail = np.empty(end - first), np.empty(end - first)
        for at in range(first, end):
            weight, tf, place = idf[terms[at]], counts[at], near[at]
            out[article, 0] += weight * damped_content_count(tf) ** 2
            out[article, 1] += weight * damped_content_count(place >> LEAD_SHIFT) ** 2
            out[article, 2] += weight * damped_content_count(place & HEADLINE_MASK) ** 2
            about[at - first] = content_salience(tf, place, weight, ABOUT_POWER)
            detail[at - first] = content_salience(tf, place, weight, DETAIL_POWER)
        for field in range(3):
            out[article, field] = np.sqrt(out[article, field])
        out[article, 3], out[article, 4] = _largest_content_values(about, N_ABOUT)
        out[article, 5], out[article, 6] = _largest_content_values(detail, N_DETAIL)
    return out


@compiled
def _largest_content_values(values: NDArray[np.float64], k: int) -> tuple[float, float]:
    """Return the least of the k largest, and the sum of all that are as large; 0 for none."""
    best = np.zeros(k)  # descending; insertion compiles faster than a sort
    size = 0
    for value in values:
        at = min(size, k - 1)
        if size == k and value <= best[at]:
            continue
        while at > 0 and best[at - 1] < value:
            best[at] = best[at - 1]
            at -= 1
        best[at] = value
        size = min(size + 1, k)
    if size == 0:
        return 0.0, 0.0
    # A hair below: salience is computed anew, in another order of rounding, where it is compared.
    least = best[size - 1] * (1.0 - 1e-6)
    total = 0.0
    for value in values:
        if value >= least:
            total += value
    return least, total


def shared_content_terms(one: Content, other: Content, idf: Floats, n: int) -> list[int]:
    """Return at most ``n`` terms that two articles have in common, the most salient of both first.

    Parameters
    ----------
    one, other
        The two.
    idf
        The weight of each term as content.
    n
        At most so many.
    """
    terms, here, there = np.intersect1d(
        one.terms, other.terms, assume_unique=True, return_indices=True
    )
    weights = content_saliences(one.terms[here], one.counts[here], one.near[here], idf)
    weights *= content_saliences(other.terms[there], other.counts[there], other.near[there], idf)
    order = np.argsort(-weights, kind="stable")[:n]
    found: list[int] = terms[order].tolist()
    return found


def content_saliences(terms: Terms, counts: Bytes, near: Bytes, idf: Floats) -> NDArray[np.float64]:
    """Return the ``content_salience`` of terms of one article by the power of details, float64 [n].

    Parameters
    ----------
    terms, counts, near
        As in ``Content``, or some of them.
    idf
        The weight of each term as content, float32 [n_terms].
    """
    places = 1.0 + (near & HEADLINE_MASK > 0) + (near >> LEAD_SHIFT > 0)
    weights: NDArray[np.float64] = idf[terms].astype(np.float64) ** DETAIL_POWER
    return (1.0 + np.log(np.maximum(counts, 1).astype(np.float64))) * weights * places
