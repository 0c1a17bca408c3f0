"""Law: runs met one term at a time are those found by laying the query along the text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.phrase_overlap import (
    MET_AT,
    REACHED,
    RUN_ROWS,
    lengthen_phrase_runs,
    overlap_of_pairs_and_triples,
    whole_phrase_runs,
)

IDF = np.array([1.0, 2.0, 4.0], np.float32)
N_SLOTS = len(IDF)


def by_hand(query: list[int], text: list[int]) -> tuple[list[int], float]:
    """Return the longest run that ends at each place of the query, and the heaviest of them."""
    reached, heaviest = [0] * len(query), 0.0
    for place in range(len(query)):
        for at in range(len(text)):
            n = 0
            while n <= min(place, at) and query[place - n] == text[at - n]:
                n += 1
            reached[place] = max(reached[place], n)
            if n > 1:
                heaviest = max(heaviest, float(IDF[query[place - n + 1 : place + 1]].sum()))
    return reached, heaviest


@given(
    st.lists(st.integers(0, N_SLOTS - 1), max_size=8),
    st.lists(st.integers(0, N_SLOTS - 1), max_size=15),
)
def test_runs_are_those_of_laying_the_query_along_the_text(
    query: list[int], text: list[int]
) -> None:
    rows = [[p for p in reversed(range(len(query))) if query[p] == s] for s in range(N_SLOTS)]
    starts = np.cumsum([0, *map(len, rows)])
    places = np.array([place for row in rows for place in row], np.int64)
    runs = np.zeros((RUN_ROWS, len(query)), np.int64)
    runs[MET_AT] = -9
    weights = np.zeros(len(query), np.float32)
    heaviest = 0.0
    for here, slot in enumerate(text):
        heaviest = max(
            heaviest, lengthen_phrase_runs(slot, here, starts, places, IDF, runs, weights)
        )
    assert (runs[REACHED].tolist(), heaviest) == by_hand(query, text)


def test_pairs_and_triples_weigh_what_their_terms_do() -> None:
    sequence = np.array([0, 1, 2, 0], np.int16)
    assert whole_phrase_runs(sequence).tolist() == [1, 2, 3, 4]
    assert overlap_of_pairs_and_triples(
        sequence, IDF, whole_phrase_runs(sequence)
    ) == pytest.approx((14.0, 14.0))
    assert overlap_of_pairs_and_triples(sequence, IDF, np.array([1, 2, 1, 2])) == pytest.approx(
        (8.0, 0.0)
    )


def test_an_unknown_word_parts_the_runs_of_the_query_itself() -> None:
    assert whole_phrase_runs(np.array([0, -1, 1, 2], np.int16)).tolist() == [1, 0, 1, 2]
