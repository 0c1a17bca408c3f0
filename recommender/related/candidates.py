"""Candidate articles beside a page: by its salient terms, and by meaning where there are vectors.

One pass over the postings of the page's most salient terms finds 19 of 20 good next reads among
``N_TERMS`` articles; the encoder's neighbours add those that share the matter, not the words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.lexical.top_k import top_k
from index.search.reader import IndexReader
from recommender.related.content import DETAIL_POWER, Content, Floats, salience

N_TERMS = 160  # candidates by terms
N_DENSE = 40  # candidates by each embedding of the page
MAX_QUERY_TERMS = 60  # of the page, the most salient ones


def term_candidates(
    page: Content, idf: Floats, reader: IndexReader, k: int = N_TERMS
) -> NDArray[np.int64]:
    """Return the rows of at most ``k`` articles that hold the page's salient terms, best first.

    Parameters
    ----------
    page
        The content of the article or draft at hand; an article finds itself, too.
    idf
        The weight of each term as content, float32 [n_terms].
    reader
        The index; the weight of a term in an article is its BM25 saturation.
    k
        At most so many.
    """
    terms, weights = _query(page.terms, page.counts, page.near, idf)
    scores = np.zeros(len(reader), np.float32)
    reader.add_scores("all", terms, weights, scores)
    return top_k(scores, k)


def dense_candidates(cosines: Floats, k: int = N_DENSE) -> NDArray[np.int64]:
    """Return the rows of the ``k`` largest of ``cosines``, float32 [n_articles], best first."""
    return top_k(cosines, k)


@compiled
def _query(
    terms: NDArray[np.uint32], counts: NDArray[np.uint8], near: NDArray[np.uint8], idf: Floats
) -> tuple[NDArray[np.uint32], Floats]:
    weights = np.empty(terms.shape[0], np.float32)
    for at in range(terms.shape[0]):
        weights[at] = salience(counts[at], near[at], idf[terms[at]], DETAIL_POWER)
    best = np.argsort(-weights, kind="mergesort")[:MAX_QUERY_TERMS]
    return terms[best], weights[best]
