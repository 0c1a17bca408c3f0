"""Diversity: nothing chosen twice, likeness costs what it should, the greedy order is exact."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.diversity import MarginalRelevance, facet_cosines

IDF = np.ones(10, np.float32)


def choose(
    scores: list[float], alike: np.ndarray, k: int, weight: float
) -> list[tuple[int, float]]:
    diverse = MarginalRelevance(dict(enumerate(scores)), lambda i, j: float(alike[i, j]), weight)
    chosen: list[tuple[int, float]] = []
    while len(chosen) < k and (taken := diverse.take()) is not None:
        diverse.choose(taken[0])
        chosen.append(taken)
    return chosen


def by_definition(
    scores: list[float], alike: np.ndarray, k: int, weight: float
) -> list[tuple[int, float]]:
    chosen: list[tuple[int, float]] = []
    left = list(range(len(scores)))
    while left and len(chosen) < k:
        losses = {i: max([weight * alike[i, j] for j, _ in chosen], default=0.0) for i in left}
        best = min(left, key=lambda i: (losses[i] - scores[i], i))
        chosen.append((best, losses[best]))
        left.remove(best)
    return chosen


@given(
    st.lists(st.integers(0, 20), min_size=0, max_size=12),
    st.integers(0, 8),
    st.sampled_from([0.0, 1.0, 4.0]),
    st.integers(0, 1_000),
)
def test_it_chooses_what_the_definition_chooses(
    scores: list[int], k: int, weight: float, seed: int
) -> None:
    alike = np.random.default_rng(seed).integers(0, 5, (len(scores), len(scores))) / 4.0
    values = [float(score) for score in scores]
    assert choose(values, alike, k, weight) == by_definition(values, alike, k, weight)


def test_what_is_taken_and_not_chosen_costs_others_nothing() -> None:
    diverse = MarginalRelevance({0: 3.0, 1: 2.9, 2: 1.0}, lambda i, j: 1.0, 5.0)
    assert diverse.take() == (0, 0.0)
    assert diverse.take() == (1, 0.0)
    diverse.choose(1)
    assert diverse.take() == (2, 5.0)
    assert diverse.take() is None


def test_facets_leave_out_what_the_headline_says() -> None:
    texts = [np.array(t, np.uint32) for t in ([0, 1], [0, 2], [0, 1], [0])]
    cosines = facet_cosines(texts, IDF, np.array([0], np.uint32))
    assert cosines[0, 1] == 0.0
    assert cosines[0, 2] == np.float32(1.0)
    assert cosines[3, 3] == 1.0
    assert cosines[3, 0] == 0.0


def test_no_questions_have_no_facets() -> None:
    assert facet_cosines([], IDF, np.zeros(0, np.uint32)).shape == (0, 0)
