"""Compilation ahead of use: every compiled function of the recommender, on a few articles."""

from __future__ import annotations

import numpy as np

from index.warm_up import ARTICLES
from recommender.answers.on_page import confidence_by_terms
from recommender.ranking.question_ranker import QuestionRanker

N_LISTED = 3


def compile_questions() -> None:
    """Compile what ranking questions calls, as far as it is not cached."""
    questions = [question for article in ARTICLES for question in article.followups]
    ranker = QuestionRanker.fit(questions, ARTICLES)
    for article in ARTICLES:
        ranker.rank(article, N_LISTED)
    terms = np.arange(5, dtype=np.uint32)
    confidence_by_terms(terms, 2, terms[1:3])
