"""Sums of word vectors against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.related.content import LEAD_SHIFT, Bytes, Floats, Terms
from recommender.related.word_sums import headline_word_sums, word_sum

N_TERMS = 12
IDF = np.linspace(0.0, 6.0, N_TERMS).astype(np.float32)
WORDS = np.random.default_rng(2).integers(-127, 128, (N_TERMS, 16)).astype(np.int8)
WORDS[3] = 0  # a word without a vector


def logs(counts: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.where(counts > 0, 1.0 + np.log(np.maximum(counts, 1).astype(np.float64)), 0.0)


def expected_sum(terms: Terms, counts: Bytes) -> Floats:
    vectors = WORDS[terms].astype(np.float64)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weights = logs(counts) * np.sqrt(IDF[terms])
    total = (vectors / lengths * weights[:, None]).sum(axis=0)
    length = np.linalg.norm(total)
    return np.asarray(total / length if length > 0.0 else total, np.float32)


def test_word_vectors_of_an_article_are_summed_as_in_tfidf() -> None:
    terms = np.array([2, 3, 7, 11], np.uint32)
    counts = np.array([1, 9, 0, 5], np.uint8)
    found = word_sum(terms, counts, IDF, WORDS)
    np.testing.assert_allclose(found, expected_sum(terms, counts), atol=1e-6)
    assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(("term", "count"), [(3, 4), (7, 0), (0, 4)])
def test_no_vector_no_occurrence_or_a_stop_word_alone_sum_to_0(term: int, count: int) -> None:
    terms, counts = np.array([term], np.uint32), np.array([count], np.uint8)
    np.testing.assert_array_equal(word_sum(terms, counts, IDF, WORDS), np.zeros(16))


def test_headline_vectors_are_those_of_the_headline_rounded_to_a_byte() -> None:
    starts = np.array([0, 3, 4, 5], np.int64)
    terms = np.array([2, 7, 11, 8, 3], np.uint32)
    near = np.array([1 | 1 << LEAD_SHIFT, 2 | 2 << LEAD_SHIFT, 9 << LEAD_SHIFT, 16, 17], np.uint8)
    codes, scales = headline_word_sums(starts, terms, near, IDF, WORDS)
    decoded = codes.astype(np.float32) * scales[:, None]
    expected = expected_sum(np.array([2, 7], np.uint32), np.array([1, 2], np.uint8))
    np.testing.assert_allclose(decoded[0], expected, atol=np.abs(expected).max() / 254 + 1e-6)
    assert np.abs(codes[0]).max() == 127
    assert not decoded[1:].any()  # no headline, no vector
