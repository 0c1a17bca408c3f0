"""Candidate articles beside a page: by its salient terms, and by meaning where there are vectors.

One pass over the postings of the page's most salient terms finds 19 of 20 good next reads among
``MAX_BY_TERMS`` articles; the encoder's neighbours add those that share the matter, not the words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.lexical.top_k import top_k
from index.search.reader import IndexReader
from recommender.related.content import Content, Floats, content_saliences

MAX_BY_TERMS = 160  # candidates; they hold 94 % of the articles graded as good next reads
MAX_DENSE = 40  # candidates by each embedding of the page
MAX_QUERY_TERMS = 60  # of the page, the most salient ones; time grows with their postings


def term_candidates(
    page: Content, idf: Floats, reader: IndexReader, k: int = MAX_BY_TERMS
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
    weights = content_saliences(page.terms, page.counts, page.near, idf).astype(np.float32)
    best = np.argsort(-weights, kind="stable")[:MAX_QUERY_TERMS]
    scores = np.zeros(len(reader), np.float32)
    reader.add_scores("all", page.terms[best], weights[best], scores)
    return top_k(scores, k)


def dense_candidates(cosines: Floats, k: int = MAX_DENSE) -> NDArray[np.int64]:
    """Return the rows of the ``k`` largest of ``cosines``, float32 [n_articles], best first."""
    return top_k(cosines, k)
