"""Pair features against plain NumPy; finite, within their bounds, symmetric, in any order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense.int8_vectors import Int8Vectors
from recommender.related.article_vectors import ArticleVectors
from recommender.related.content import (
    ABOUT_POWER,
    DETAIL_POWER,
    HEADLINE_MASK,
    LEAD_SHIFT,
    N_ABOUT,
    N_DETAIL,
    Content,
    Floats,
)
from recommender.related.pair_features import (
    FEATURES,
    MEANING_FEATURES,
    SAME_TEXT,
    TERM_FEATURES,
    TOPIC_FEATURE,
    WORD_VECTOR_FEATURES,
    pair_features,
    pair_topic_rarity,
)

N_TERMS, DIMENSION = 20, 8
TERMS = [f"word{chr(97 + n)}" for n in range(N_TERMS)]
STOP = np.arange(N_TERMS) < 3
WORDS = Int8Vectors.of(
    np.random.default_rng(8).normal(size=(N_TERMS, DIMENSION)).astype(np.float32)
)
N_WORDS = len(TERM_FEATURES)  # the column of the word vectors

Articles = list[tuple[list[int], list[int]]]
ARTICLES = st.lists(
    st.tuples(
        st.lists(st.integers(0, N_TERMS - 1), max_size=8),
        st.lists(st.integers(0, N_TERMS - 1), max_size=200),
    ),
    min_size=1,
    max_size=6,
)


def vectors_of(articles: Articles, words: Int8Vectors | None = WORDS) -> ArticleVectors:
    tokens = np.array([t for headline, body in articles for t in [*headline, *body]], np.uint32)
    bounds, start = [], 0
    for headline, body in articles:
        middle, end = start + len(headline), start + len(headline) + len(body)
        bounds.append([start, middle, middle, middle, end])
        start = end
    publishers = [f"Publisher {n}" for n in range(len(articles))]
    return ArticleVectors.build(tokens, np.array(bounds), publishers, TERMS, STOP, words)


def rows_of(vectors: ArticleVectors) -> NDArray[np.int64]:
    return np.arange(len(vectors), dtype=np.int64)


def dense(content: Content, values: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    out = np.zeros(N_TERMS)
    out[content.terms] = values
    return out


def logs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(counts > 0, 1.0 + np.log(np.maximum(counts, 1.0)), 0.0)


def cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    length = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / length) if length else 0.0


def expected_terms(one: Content, other: Content, idf: Floats) -> list[float]:
    """Return ``TERM_FEATURES`` of a pair by whole vectors over all terms."""
    weights = idf.astype(np.float64)
    fields = {}
    for name, content in (("one", one), ("other", other)):
        fields[name] = [
            dense(content, content.counts),
            dense(content, content.near >> LEAD_SHIFT),
            dense(content, content.near & HEADLINE_MASK),
        ]
    words, leads, headlines = (
        cosine(logs(a) * np.sqrt(weights), logs(b) * np.sqrt(weights))
        for a, b in zip(fields["one"], fields["other"], strict=True)
    )
    shared = []
    for k, power in ((N_ABOUT, ABOUT_POWER), (N_DETAIL, DETAIL_POWER)):
        shares = []
        for here, there in (("one", "other"), ("other", "one")):
            tf, lead, headline = fields[here]
            salient = logs(tf) * weights**power * (1.0 + (headline > 0) + (lead > 0))
            counted = np.sort(salient[tf > 0])[::-1][:k]
            salient[salient < (counted[-1] if len(counted) else 0.0) * (1.0 - 1e-6)] = 0.0
            held = fields[there][0] / (fields[there][0] + 1.0)
            shares.append(float(salient @ held / salient.sum()) if salient.sum() else 0.0)
        shared.append(np.sqrt(shares[0] * shares[1]))
    common = len(set(one.terms.tolist()) & set(other.terms.tolist()))
    return [
        *shared,
        leads,
        headlines,
        np.sqrt(words * leads),
        max(words - SAME_TEXT, 0.0),
        np.log(1.0 + common) / 6.0,
    ]


@given(ARTICLES)
def test_features_of_terms_are_those_of_numpy(articles: Articles) -> None:
    vectors = vectors_of(articles)
    page = vectors.of(0)
    found = pair_features(page, vectors, rows_of(vectors))
    for row in range(len(vectors)):
        expected = expected_terms(page, vectors.of(row), vectors.idf)
        np.testing.assert_allclose(found[row, : len(TERM_FEATURES)], expected, atol=2e-5)


@given(ARTICLES)
def test_the_word_vector_feature_is_the_cosine_of_article_and_headline(articles: Articles) -> None:
    vectors = vectors_of(articles)
    page = vectors.of(0)
    found = pair_features(page, vectors, rows_of(vectors))
    here, headlines = vectors.word_vector(page), vectors.headlines
    assert here is not None
    assert headlines is not None
    expected = (headlines.codes * headlines.scales[:, None]) @ here
    np.testing.assert_allclose(found[:, N_WORDS], expected, atol=1e-5)


@given(ARTICLES)
def test_features_are_finite_and_within_their_bounds(articles: Articles) -> None:
    vectors = vectors_of(articles)
    for row in range(len(vectors)):
        found = pair_features(vectors.of(row), vectors, rows_of(vectors))
        assert np.isfinite(found).all()
        assert (found[:, : len(TERM_FEATURES)] >= 0.0).all()
        assert (np.abs(found) <= 1.02).all()  # a byte a number rounds a cosine by less than .01
        assert (found[:, FEATURES.index("nearly the same text")] <= 1.0 - SAME_TEXT + 1e-5).all()
        assert not found[:, N_WORDS + 1 :].any()  # no encoder, no topic


@given(ARTICLES)
def test_features_of_terms_are_symmetric(articles: Articles) -> None:
    vectors = vectors_of(articles)
    all_pairs = np.stack(
        [
            pair_features(vectors.of(row), vectors, rows_of(vectors))[:, : len(TERM_FEATURES)]
            for row in range(len(vectors))
        ]
    )
    np.testing.assert_allclose(all_pairs, all_pairs.transpose(1, 0, 2), atol=2e-5)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_features_do_not_depend_on_the_order_of_articles(
    articles: Articles, random: Random
) -> None:
    order = list(range(len(articles)))
    random.shuffle(order)
    vectors, other = vectors_of(articles), vectors_of([articles[n] for n in order])
    for row, was in enumerate(order):
        found = pair_features(other.of(row), other, rows_of(other))
        expected = pair_features(vectors.of(was), vectors, np.array(order, np.int64))
        np.testing.assert_allclose(found, expected, atol=1e-5)


def test_an_article_shares_all_with_itself() -> None:
    vectors = vectors_of([([4, 5], [6, 7, 8, 4]), ([9], [10])])
    same, other = pair_features(vectors.of(0), vectors, rows_of(vectors))
    by_name = dict(zip(FEATURES, same.tolist(), strict=True))
    for name in ("words of leads", "words of headlines", "words of articles and leads"):
        assert by_name[name] == pytest.approx(1.0, abs=1e-5)
    assert by_name["nearly the same text"] == pytest.approx(1.0 - SAME_TEXT, abs=1e-5)
    assert not other[: len(TERM_FEATURES)].any()


def test_one_call_leaves_nothing_behind_for_the_next() -> None:
    vectors = vectors_of([([4, 5], [6, 7]), ([8, 9], [10, 11]), ([4], [11])])
    alone = pair_features(vectors.of(2), vectors, rows_of(vectors))
    for row in range(3):
        pair_features(vectors.of(row), vectors, rows_of(vectors))
    np.testing.assert_array_equal(pair_features(vectors.of(2), vectors, rows_of(vectors)), alone)


def test_a_larger_archive_after_a_smaller_one_has_room() -> None:
    small = vectors_of([([4], [5])])
    pair_features(small.of(0), small, rows_of(small))
    n = 5_000
    terms = [f"term{number}" for number in range(n)]
    tokens = np.array([n - 1, n - 2, n - 1], np.uint32)
    bounds = np.array([[0, 1, 1, 1, 2], [2, 3, 3, 3, 3]])
    large = ArticleVectors.build(tokens, bounds, ["", ""], terms, np.zeros(n, np.bool_), None)
    found = pair_features(large.of(0), large, rows_of(large))
    assert found[1, FEATURES.index("number of common words")] == pytest.approx(np.log(2.0) / 6.0)


def test_threads_do_not_disturb_each_other() -> None:
    rng = np.random.default_rng(9)
    articles = [
        (rng.integers(0, 20, 5).tolist(), rng.integers(0, 20, 90).tolist()) for _ in range(40)
    ]
    vectors = vectors_of(articles)

    def features(row: int) -> Floats:
        return pair_features(vectors.of(row), vectors, rows_of(vectors))

    expected = [features(row) for row in range(40)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(features, range(40)))
    np.testing.assert_array_equal(found, expected)


def test_without_word_vectors_their_feature_is_0() -> None:
    vectors = vectors_of([([4, 5], [6]), ([4], [6])], words=None)
    found = pair_features(vectors.of(0), vectors, rows_of(vectors))
    assert not found[:, N_WORDS:].any()
    assert found[1, : len(TERM_FEATURES)].any()


def test_no_candidates_no_rows() -> None:
    vectors = vectors_of([([4], [5])])
    none = np.zeros(0, np.int64)
    assert pair_features(vectors.of(0), vectors, none).shape == (0, len(FEATURES))


def test_meanings_are_leads_headlines_and_the_closest_of_four() -> None:
    vectors = vectors_of([([4], [5]), ([6], [7])])
    meanings = np.array([[0.1, 0.9], [0.4, 0.2], [0.3, 0.0], [-0.2, 0.1]], np.float32)
    found = pair_features(vectors.of(0), vectors, rows_of(vectors), meanings)
    first = FEATURES.index(MEANING_FEATURES[0])
    np.testing.assert_allclose(
        found[:, first : first + 3], [[0.4, 0.1, 0.4], [0.2, 0.9, 0.9]], atol=1e-6
    )
    assert FEATURES[N_WORDS : N_WORDS + 1] == WORD_VECTOR_FEATURES


def test_the_topic_is_the_last_feature() -> None:
    vectors = vectors_of([([4], [5]), ([6], [7])])
    same_topic = np.array([0.0, 0.75], np.float32)
    found = pair_features(vectors.of(0), vectors, rows_of(vectors), same_topic=same_topic)
    assert FEATURES[-1] == TOPIC_FEATURE
    np.testing.assert_array_equal(found[:, -1], same_topic)


def test_a_topic_of_all_tells_nothing_and_one_of_an_eighth_all() -> None:
    assert pair_topic_rarity(80, 80) == 0.0
    assert pair_topic_rarity(80, 10) == pytest.approx(1.0)
    assert pair_topic_rarity(80, 1) == 1.0
    assert pair_topic_rarity(80, 0) == 1.0
    assert pair_topic_rarity(0, 0) == 0.0
    assert 0.0 < pair_topic_rarity(80, 40) < pair_topic_rarity(80, 20) < 1.0
