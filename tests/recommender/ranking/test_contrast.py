"""A question's home: an article is held against the others, never against itself."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.ranking.contrast import (
    FEATURES,
    MEASURES,
    N_USUAL,
    NEXT,
    USUAL,
    NearestArticles,
)

PLACES = np.array([0, 1])


def measures(*words: float) -> NDArray[np.float32]:
    """Return one row per value, the same value in every column."""
    return np.repeat(np.array(words, np.float32)[:, None], len(MEASURES), axis=1)


def column(found: NDArray[np.float32], name: str) -> list[float]:
    return [float(value) for value in found[:, FEATURES.index(name)]]


@pytest.fixture
def nearest() -> NearestArticles:
    """Article n has .05 (n + 1) for question 0 and always .3 for question 1."""
    nearest = NearestArticles.empty(2)
    for article in range(14):
        nearest.note(article, PLACES, measures(0.05 * (article + 1), 0.3))
    return nearest


def test_the_nearest_stay_and_of_equals_the_first_noted(nearest: NearestArticles) -> None:
    assert nearest.articles[0, 0].tolist() == list(range(13, 2, -1))
    assert nearest.values[0, 0].tolist() == pytest.approx([0.05 * n for n in range(14, 3, -1)])
    assert nearest.articles[1, 0].tolist() == list(range(N_USUAL + 1))


def test_an_article_is_held_against_the_ten_nearest_others(nearest: NearestArticles) -> None:
    others = [0.05 * (n + 1) for n in range(3, 13)]
    found = nearest.features(13, PLACES, measures(0.7, 0.3))
    assert column(found, "words article, above usual")[0] == pytest.approx(0.7 - np.mean(others))
    assert column(found, "words article, above next") == pytest.approx([0.05, 0.0], abs=1e-6)


def test_a_changed_article_is_not_held_against_its_old_form(nearest: NearestArticles) -> None:
    found = nearest.features(13, PLACES, measures(0.9, 0.2))
    assert column(found, "words article, above next")[0] == pytest.approx(0.25)


def test_a_draft_is_held_against_all(nearest: NearestArticles) -> None:
    found = nearest.features(-1, PLACES, measures(0.7, 0.3))
    assert column(found, "words article, above next") == pytest.approx([0.0, 0.0], abs=1e-6)
    usual = np.mean([0.05 * (n + 1) for n in range(4, 14)])
    assert column(found, "words article, above usual")[0] == pytest.approx(0.7 - usual)


def test_alone_in_the_archive_a_question_is_wholly_at_home() -> None:
    nearest = NearestArticles.empty(2)
    nearest.note(0, PLACES, measures(0.4, -0.1))
    found = nearest.features(0, PLACES, measures(0.4, -0.1))
    for name in USUAL:
        assert column(found, f"{name}, above usual") == pytest.approx([0.4, -0.1])
    for name in NEXT:
        assert column(found, f"{name}, above next") == pytest.approx([0.4, -0.1])


def test_of_best_is_in_units_of_the_largest_candidate(nearest: NearestArticles) -> None:
    found = nearest.features(13, PLACES, measures(0.8, 0.2))
    assert column(found, "words headline, of best") == pytest.approx([1.0, 0.25])
    assert np.abs(found[:, len(FEATURES) // 2 :]).max() <= 1.0


def test_no_candidates_have_no_features() -> None:
    nobody = NearestArticles.empty(0).frozen()
    none = np.zeros(0, np.int64)
    assert nobody.features(-1, none, measures()).shape == (0, len(FEATURES))
