"""The question about the article's subject comes first, and its parts add up."""

from __future__ import annotations

import numpy as np

from corpus.models import Article, Section
from recommender.question_ranking import QuestionRanker

QUESTIONS = ["How do bats hunt moths?", "Who pays for the ferry?", "Can whales drown?"]
ARTICLE = Article("bats", "Are bats blind?", sections=(Section("", "They hunt by echo."),))


def test_the_question_that_shares_the_subject_scores_best() -> None:
    assert QuestionRanker(QUESTIONS, [ARTICLE]).scores(ARTICLE).argmax() == 0


def test_contributions_add_up_to_the_score() -> None:
    ranker = QuestionRanker(QUESTIONS, [ARTICLE])
    total = np.sum(list(ranker.contributions(ARTICLE).values()), axis=0)
    assert np.allclose(total, ranker.scores(ARTICLE))


def test_an_empty_bank_scores_nothing() -> None:
    assert QuestionRanker([], []).scores(ARTICLE).shape == (0,)
