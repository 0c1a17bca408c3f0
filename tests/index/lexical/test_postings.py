"""Postings: the sums agree with rank-bm25, and damaged numbers are passed over."""

from __future__ import annotations

import numpy as np
from rank_bm25 import BM25Okapi

from index.lexical.postings import Postings, build_postings, sum_postings


def test_postings_are_those_that_one_writes_by_hand() -> None:
    tokens = np.array([2, 0, 2, 1, 2], np.uint32)
    postings = build_postings(tokens, np.array([[0, 3], [3, 3], [3, 5]]), 4)
    assert postings.starts.tolist() == [0, 1, 2, 4, 4]
    assert postings.entries.tolist() == [0, 2, 0, 2]
    assert postings.df.tolist() == [1, 1, 2, 0]


def test_no_entries_have_no_postings() -> None:
    postings = build_postings(np.zeros(0, np.uint32), np.zeros((0, 2), np.int64), 3)
    assert postings.df.tolist() == [0, 0, 0]
    assert len(postings.entries) == len(postings.weights) == 0


def test_scores_agree_with_rank_bm25_on_a_random_corpus() -> None:
    random = np.random.default_rng(7)
    n_terms = 400
    corpus = [random.zipf(1.3, random.integers(5, 80)) % n_terms for _ in range(300)]
    tokens = np.concatenate(corpus).astype(np.uint32)
    ends = np.cumsum([len(entry) for entry in corpus])
    bounds = np.column_stack([ends - [len(entry) for entry in corpus], ends])
    reference = BM25Okapi([[str(t) for t in entry] for entry in corpus], k1=1.5, b=0.75)
    postings = build_postings(tokens, bounds, n_terms, k1=1.5, b=0.75)
    df = postings.df  # rank-bm25 has the idf of Robertson, which may be negative
    idf = (np.log(len(corpus) - df + 0.5) - np.log(df + 0.5)).astype(np.float32)
    for _ in range(50):
        query = random.choice(n_terms, 8, replace=False).astype(np.uint32)
        query = query[df[query] * 2 < len(corpus)]  # rank-bm25 floors the idf of the rest
        scores = np.zeros(len(corpus), np.float32)
        sum_postings(postings.starts, postings.entries, postings.weights, query, idf[query], scores)
        expected = reference.get_scores([str(t) for t in query])
        assert np.allclose(scores, expected, atol=1e-4)


def test_entries_and_terms_beyond_the_arrays_are_passed_over() -> None:
    damaged = Postings(
        np.array([-5, 2, 1 << 40], np.int64),
        np.array([1, 4_000_000_000, 0], np.uint32),
        np.ones(3, np.float32),
    )
    scores = np.zeros(2, np.float32)
    terms, idf = np.array([0, 1, 7], np.uint32), np.ones(3, np.float32)
    sum_postings(damaged.starts, damaged.entries, damaged.weights, terms, idf, scores)
    assert scores.tolist() == [1.0, 1.0]
