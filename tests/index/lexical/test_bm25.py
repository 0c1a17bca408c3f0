"""BM25: the formulas hold against rank-bm25, the loops against plain sorting."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.lexical.bm25 import (
    build_postings,
    idf_lucene,
    idf_robertson,
    saturation,
    sum_postings,
    top_k,
)


def test_idf_is_the_hand_computed_value_and_never_negative() -> None:
    weights = idf_lucene(np.array([1, 10]), 10)
    assert np.allclose(weights, [np.log(1 + 9.5 / 1.5), np.log(1 + 0.5 / 10.5)])
    assert (weights > 0).all()


def test_one_occurrence_at_mean_length_earns_the_whole_idf() -> None:
    one = np.ones(1, np.float32)
    assert np.allclose(saturation(one, one * 7, 7.0, 1.2, 0.75), 1.0)


def test_scores_agree_with_rank_bm25_on_a_random_corpus() -> None:
    random = np.random.default_rng(7)
    n_terms = 400
    corpus = [random.zipf(1.3, random.integers(5, 80)) % n_terms for _ in range(300)]
    tokens = np.concatenate(corpus).astype(np.uint32)
    ends = np.cumsum([len(entry) for entry in corpus])
    bounds = np.column_stack([ends - [len(entry) for entry in corpus], ends])
    reference = BM25Okapi([[str(t) for t in entry] for entry in corpus], k1=1.5, b=0.75)
    postings = build_postings(tokens, bounds, n_terms, k1=1.5, b=0.75)
    own = idf_robertson(postings.df, len(corpus))
    for _ in range(50):
        query = random.choice(n_terms, 8, replace=False).astype(np.uint32)
        query = query[postings.df[query] * 2 < len(corpus)]  # rank-bm25 floors the idf of the rest
        scores = np.zeros(len(corpus), np.float32)
        sum_postings(postings.starts, postings.entries, postings.weights, query, own[query], scores)
        expected = reference.get_scores([str(t) for t in query])
        assert np.allclose(scores, expected, atol=1e-4)


@given(st.lists(st.integers(-2, 5), max_size=60), st.integers(1, 70))
def test_top_k_is_the_head_of_a_stable_sort(scores: list[int], k: int) -> None:
    values = np.array(scores, np.float32)
    expected = [i for i in np.argsort(-values, kind="stable") if values[i] > 0][:k]
    assert top_k(values, k).tolist() == expected
