"""Law: the compiled pass finds the cosine that plain NumPy finds, window by window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense.int8_vectors import Int8Vectors
from index.ranking.window_similarity import STEP, WindowSimilarity
from index.terms.forward_index import ForwardIndex, informative_weights

N_TERMS, DIM = 40, 8
RNG = np.random.default_rng(7)
MATRIX = RNG.normal(size=(N_TERMS, DIM)).astype(np.float32)
MATRIX /= np.linalg.norm(MATRIX, axis=1, keepdims=True)
WORDS = Int8Vectors.of(MATRIX)
STOP = np.arange(N_TERMS) < 5
WEIGHTS = informative_weights(RNG.uniform(1.0, 9.0, N_TERMS).astype(np.float32), STOP)


def archive(lengths: list[int]) -> ForwardIndex:
    tokens = np.random.default_rng(3).integers(0, N_TERMS, sum(lengths)).astype(np.uint32)
    ends = np.cumsum([0, *lengths])
    bounds = np.column_stack([ends[:-1], *[ends[1:]] * 4]).astype(np.int64)
    return ForwardIndex.of(tokens, bounds, WEIGHTS)


def by_hand(tokens: NDArray[np.uint32], terms: list[int]) -> float:
    vectors = WORDS.codes * WORDS.scales[:, None] * WEIGHTS[:, None]
    query = vectors[terms].sum(axis=0)
    best = 0.0
    for begin in range(0, len(tokens), STEP):
        window = vectors[tokens[max(0, begin - STEP) : begin + STEP]].sum(axis=0)
        size = float(np.linalg.norm(window) * np.linalg.norm(query))
        best = max(best, float(window @ query) / size) if size > 0 else best
    return best


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 80), min_size=1, max_size=6),
    st.lists(st.integers(0, N_TERMS - 1), max_size=6, unique=True),
)
def test_the_best_window_is_that_of_plain_numpy(lengths: list[int], terms: list[int]) -> None:
    texts = archive(lengths)
    windows = WindowSimilarity.build(WORDS, texts)
    found = windows.best(np.array(terms, np.int64), np.arange(len(lengths)), texts)
    expected = [by_hand(texts.tokens[a:b], terms) for a, b in texts.bounds[:, [0, 4]]]
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_the_same_words_are_as_close_as_can_be_and_no_words_are_far() -> None:
    tokens = np.array([9, 17, 23], np.uint32)
    bounds = np.array([[0, 3, 3, 3, 3], [3, 3, 3, 3, 3]], np.int64)
    texts = ForwardIndex.of(tokens, bounds, WEIGHTS)
    found = WindowSimilarity.build(WORDS, texts).best(
        np.array([23, 9, 17]), np.array([0, 1]), texts
    )
    assert found[0] == pytest.approx(1.0, abs=1e-3)
    assert found[1] == 0.0


def test_stop_words_and_an_empty_query_say_nothing() -> None:
    texts = archive([30])
    windows = WindowSimilarity.build(WORDS, texts)
    for terms in ([], [0, 3]):
        found = windows.best(np.array(terms, np.int64), np.array([0]), texts)
        assert found.tolist() == [0.0]


def test_windows_come_back_from_disk(tmp_path: Path) -> None:
    texts = archive([50, 0, 7])
    windows = WindowSimilarity.build(WORDS, texts)
    windows.save(tmp_path)
    again = WindowSimilarity.open(tmp_path, texts.bounds, len(WORDS.scales))
    query, all_of_them = np.array([8, 30]), np.arange(3)
    np.testing.assert_array_equal(
        again.best(query, all_of_them, texts), windows.best(query, all_of_them, texts)
    )
