"""Law: the sliding window finds what trying every window finds."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.proximity import best_proximity_window, proximity_gains

IDF = np.array([1.5, 0.5, 4.0], np.float32)


def by_hand(hits: list[tuple[int, int]], width: int, k1: float) -> float:
    def score(begin: int) -> float:
        tf = Counter(slot for at, slot in hits if begin <= at < begin + width)
        return sum(float(IDF[slot]) * n * (k1 + 1.0) / (n + k1) for slot, n in tf.items())

    return max((score(begin) for begin, _ in hits), default=0.0)


@given(
    st.dictionaries(st.integers(0, 60), st.integers(0, 2), max_size=25),
    st.integers(1, 20),
    st.sampled_from([1.2, 1e-6]),
)
def test_the_best_window_is_the_best_of_all(places: dict[int, int], width: int, k1: float) -> None:
    hits = sorted(places.items())
    at = np.array([at for at, _ in hits], np.int64)
    slots = np.array([slot for _, slot in hits], np.int16)
    room = np.zeros(len(IDF), np.int64)
    found = best_proximity_window(at, slots, len(hits), proximity_gains(k1, width), IDF, room)
    assert found == pytest.approx(by_hand(hits, width, k1), abs=1e-5)


def test_occurrences_gain_less_and_less_and_next_to_k1_0_only_the_first_counts() -> None:
    assert proximity_gains(1.0, 3).tolist() == pytest.approx([1.0, 1 / 3, 1 / 6])
    assert proximity_gains(1e-6, 3).tolist() == pytest.approx([1.0, 0.0, 0.0], abs=1e-5)
