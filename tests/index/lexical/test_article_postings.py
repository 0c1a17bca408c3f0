"""Postings of articles are the same with the statistics of the articles themselves, handed in."""

from __future__ import annotations

import numpy as np

from index.lexical.article_postings import article_postings, mean_article_lengths
from index.lexical.bm25 import idf_lucene
from index.lexical.stored_postings import POSTINGS

TOKENS = np.array([0, 1, 2, 1, 3, 0, 4, 4], np.uint32)
BOUNDS = np.array([[0, 2, 3, 3, 5], [5, 6, 6, 7, 8]], np.int64)
TEXTS = (["bats blind", "owls sleep"], ["bats", ""])


def test_statistics_that_are_handed_in_are_those_that_would_be_counted() -> None:
    own = dict(article_postings(TOKENS, BOUNDS, 5, TEXTS))
    assert tuple(own) == POSTINGS
    idf = {name: idf_lucene(own[name].df, 2) for name in POSTINGS}
    given = dict(article_postings(TOKENS, BOUNDS, 5, TEXTS, mean_article_lengths(BOUNDS), idf))
    for name in POSTINGS:
        for array in ("starts", "entries", "weights"):
            assert np.array_equal(getattr(own[name], array), getattr(given[name], array))


def test_mean_lengths_are_of_all_fields_and_of_all_but_the_body() -> None:
    assert mean_article_lengths(BOUNDS) == {"all": 4.0, "short": 2.5}
    assert mean_article_lengths(np.zeros((0, 5), np.int64)) == {"all": 0.0, "short": 0.0}
