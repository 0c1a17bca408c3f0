"""Features of the best candidate: its score against the others, and the size of the archive."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.answers.answer_features import (
    BEST_FEATURES,
    COVERED,
    LARGE_ARCHIVE,
    RANK_FEATURES,
    AnswerCandidates,
    answer_question_features,
)
from recommender.answers.question_terms import WeightedQuestion


def candidates(*scores: float) -> AnswerCandidates:
    question = "Why do ferries sink?"
    terms = WeightedQuestion.of(question, lambda t: None, np.zeros(0, np.float32), lambda t: 1.0)
    n = len(scores)
    return AnswerCandidates(
        np.arange(10, 10 + n),
        np.ones((n, len(RANK_FEATURES))),
        np.array(scores),
        answer_question_features(question, terms),
    )


def feature(name: str, *scores: float, n_articles: int = LARGE_ARCHIVE) -> float:
    best = candidates(*scores).best(np.ones(len(scores), np.bool_), n_articles)
    assert best is not None
    assert best[1].shape == (len(BEST_FEATURES),)
    return float(best[1][BEST_FEATURES.index(name)])


def test_the_best_is_that_of_the_highest_score_among_those_allowed() -> None:
    found = candidates(1.0, 3.0, 2.0)
    assert found.best(np.array([True, True, True]), 3)[0] == 11  # type: ignore[index]
    assert found.best(np.array([True, False, True]), 3)[0] == 12  # type: ignore[index]
    assert found.best(np.zeros(3, np.bool_), 3) is None


def test_margin_and_share_compare_the_best_with_the_others() -> None:
    assert feature("score margin", 1.0, 3.0, 2.5) == 0.5
    assert feature("score margin", 3.0) == 3.0
    assert feature("softmax share", 2.0, 2.0) == pytest.approx(0.5)
    assert feature("log of equal scores", 2.0, 2.0) == pytest.approx(np.log(2))
    assert feature("softmax share", 2.0, -1000.0) == pytest.approx(1.0)


def test_a_small_archive_has_weights_of_its_own() -> None:
    assert feature("small archive", 1.0) == 0.0
    assert feature("score, small archive", 2.0) == 0.0
    assert feature("small archive", 1.0, n_articles=1) == 1.0
    assert feature("score, small archive", 2.0, n_articles=1) == 2.0


def test_the_question_s_kind_and_terms_are_features() -> None:
    assert feature("expects cause", 1.0) == 1.0
    assert feature("expects person", 1.0) == 0.0
    assert feature("question terms", 1.0) == 2.0
    assert feature("unknown share", 1.0) == 1.0
    assert BEST_FEATURES[COVERED].startswith("article coverage")
