"""The question about the article's subject comes first, its parts add up, and it survives disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import ArchiveError
from corpus.models import Article, Section
from index.ranking.linear_ranker import LinearRanker
from recommender.ranking.contrast import FEATURES
from recommender.ranking.question_ranker import (
    SHIPPED,
    SHIPPED_NEURAL,
    QuestionRanker,
    RankedQuestion,
)

QUESTIONS = [
    "How do bats hunt moths?",
    "Who pays for the ferry?",
    "Can whales drown?",
    "Are bats blind?",
    "Why do whales sing?",
]
ARTICLE = Article("bats", "Are bats blind?", sections=(Section("", "They hunt moths by echo."),))
OTHER = Article("whales", "Do whales sing?", sections=(Section("", "Whales sing; none drown."),))


@pytest.fixture(scope="module")
def ranker() -> QuestionRanker:
    return QuestionRanker.fit(QUESTIONS, [ARTICLE, OTHER])


def places(found: list[RankedQuestion]) -> list[tuple[int, float, dict[str, float]]]:
    return [(f.row, f.score, f.contributions) for f in found]


def test_the_question_that_shares_the_subject_comes_first(ranker: QuestionRanker) -> None:
    assert ranker.rank(ARTICLE, 5)[0].row == 0
    assert ranker.rank(OTHER, 5)[0].row in (2, 4)


def test_contributions_add_up_to_the_score(ranker: QuestionRanker) -> None:
    found = ranker.rank(OTHER, 5)
    dense = np.sum(list(ranker.contributions(OTHER).values()), axis=0)
    for question in found:
        assert sum(question.contributions.values()) == pytest.approx(question.score, abs=1e-4)
        assert dense[question.row] == pytest.approx(question.score, abs=1e-4)
        assert ranker.scores(OTHER)[question.row] == pytest.approx(question.score, abs=1e-4)


def test_a_headline_is_never_its_own_follow_up_however_it_is_spelt(ranker: QuestionRanker) -> None:
    loud = Article("loud", "ARE BATS: BLIND", sections=ARTICLE.sections)
    assert all(found.row != 3 for a in (ARTICLE, loud) for found in ranker.rank(a, 5))


def test_a_question_without_a_common_word_is_no_candidate(ranker: QuestionRanker) -> None:
    assert ranker.scores(ARTICLE)[1] == -np.inf
    assert ranker.rank(Article("x", "Zinc?"), 5) == []


def test_many_articles_at_once_get_what_each_gets_alone(ranker: QuestionRanker) -> None:
    found = list(ranker.rank_many([ARTICLE, OTHER] * 3, 4))
    assert [places(f) for f in found] == [places(f) for f in found[:2]] * 3
    assert places(found[0]) == places(ranker.rank(ARTICLE, 4))
    assert places(found[1]) == places(ranker.rank(OTHER, 4))


def test_ties_stay_in_the_order_of_the_bank() -> None:
    ranker = QuestionRanker.fit(
        ["Do bats sing?", "Do bats sing?"], [ARTICLE], None, LinearRanker({})
    )
    assert [found.row for found in ranker.rank(ARTICLE, 2)] == [0, 1]


def test_a_question_at_home_elsewhere_ranks_below_its_equal() -> None:
    home = Article("home", "Where do bats sleep in Ohio?", summary="Bats sleep in Ohio caves.")
    weights = LinearRanker({"words article, above next": 1.0})
    ranker = QuestionRanker.fit(
        ["Do bats sleep in Ohio caves?", "How do bats hunt moths?"], [ARTICLE, home], None, weights
    )
    assert [found.row for found in ranker.rank(ARTICLE, 2)] == [1, 0]


def test_an_empty_bank_and_an_empty_archive_score_nothing() -> None:
    assert QuestionRanker.fit([], []).scores(ARTICLE).shape == (0,)
    assert QuestionRanker.fit(QUESTIONS, []).rank(Article("e", ""), 3) == []


def test_a_saved_bank_gives_the_same_ranking(ranker: QuestionRanker, tmp_path: Path) -> None:
    ranker.index.save(tmp_path)
    opened = QuestionRanker.open(tmp_path)
    assert places(opened.rank(ARTICLE, 5)) == places(ranker.rank(ARTICLE, 5))
    assert not list(tmp_path.glob("*.pkl"))


def test_damaged_files_are_refused_with_the_remedy(ranker: QuestionRanker, tmp_path: Path) -> None:
    ranker.index.save(tmp_path)
    path = tmp_path / "question-index.nearest_articles.npy"
    np.save(path, np.full_like(np.load(path), 1_000))
    with pytest.raises(ArchiveError, match=r"nearest_articles\.npy: holds ids.*divedeeper build"):
        QuestionRanker.open(tmp_path)
    (tmp_path / "question-index.json").write_text("{}")
    with pytest.raises(ArchiveError, match=r"question-index\.json.*divedeeper build"):
        QuestionRanker.open(tmp_path)


def test_with_meanings_a_question_in_other_words_is_found(tmp_path: Path) -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        flying = [float("bat" in t.lower() or "night flyers" in t.lower()) for t in texts]
        return np.array([[f, 1.0 - f] for f in flying], np.float32)

    weights = LinearRanker({"meaning article": 1.0})
    ranker = QuestionRanker.fit(
        ["What do night flyers eat?", "Is tea hot?"], [OTHER], encode, weights
    )
    assert [found.row for found in ranker.rank(ARTICLE, 1)] == [0]
    ranker.index.save(tmp_path)
    assert [f.row for f in QuestionRanker.open(tmp_path, encode, weights).rank(ARTICLE, 1)] == [0]
    assert QuestionRanker.open(tmp_path, None, weights).rank(ARTICLE, 1) == []


def test_shipped_weights_are_of_features_that_exist() -> None:
    for path in (SHIPPED, SHIPPED_NEURAL):
        weights = LinearRanker.load(path).weights
        assert weights
        assert set(weights) <= set(FEATURES)
    assert not any("meaning" in name for name in LinearRanker.load(SHIPPED).weights)
