"""Top-k: the head of a stable sort, whatever the scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical.top_k import top_k


@given(st.lists(st.integers(-2, 5), max_size=60), st.integers(1, 70), st.integers(-3, 3))
def test_top_k_is_the_head_of_a_stable_sort(scores: list[int], k: int, above: int) -> None:
    values = np.array(scores, np.float32)
    expected = [i for i in np.argsort(-values, kind="stable") if values[i] > above][:k]
    assert top_k(values, k, above).tolist() == expected


def test_only_scores_above_zero_are_selected_by_default() -> None:
    assert top_k(np.array([0.0, -1.0, 0.5], np.float32), 3).tolist() == [2]


def test_a_huge_k_needs_no_more_room_than_there_are_scores() -> None:
    assert top_k(np.array([1.0, 2.0], np.float32), 1 << 50).tolist() == [1, 0]


def test_none_are_selected_for_a_k_below_one() -> None:
    assert top_k(np.array([1.0, 2.0], np.float32), 0).tolist() == []


@given(st.lists(st.tuples(st.integers(-2, 5), st.booleans()), max_size=60), st.integers(1, 70))
def test_positions_that_are_not_allowed_count_as_if_they_were_not_there(
    each: list[tuple[int, bool]], k: int
) -> None:
    scores = np.array([score for score, _ in each], np.float32)
    allowed = np.array([is_allowed for _, is_allowed in each], np.bool_)
    expected = top_k(np.where(allowed, scores, 0.0).astype(np.float32), k).tolist()
    assert top_k(scores, k, allowed=allowed).tolist() == expected
