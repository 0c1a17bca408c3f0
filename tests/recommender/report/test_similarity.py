"""Cosines of pairs, held against scikit-learn's own vectoriser and against what must be 0 or 1."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import tokenize
from recommender.report.similarity import QuestionSimilarity

TEXTS = ["How do bats hunt moths?", "How do bats hunt frogs?", "Why do cats purr?"]


def test_the_same_words_are_1_other_words_0_and_fewer_than_two_none() -> None:
    found = QuestionSimilarity().means([TEXTS[1:], [TEXTS[0]] * 2, [TEXTS[0]], []])
    assert found[:2] == [0.0, pytest.approx(1.0)]
    assert found[2:] == [None, None]
    assert QuestionSimilarity().means([]) == []


def test_stop_words_alone_are_like_nothing() -> None:
    assert QuestionSimilarity(TEXTS).means([["Who are they?", "Who are they?"]]) == [0.0]


def test_the_mean_over_all_pairs_agrees_with_a_vocabulary() -> None:
    def terms(text: str) -> list[str]:
        return [term for term in tokenize(text) if term not in STOPWORDS]

    rows = TfidfVectorizer(analyzer=terms).fit(TEXTS).transform(TEXTS).toarray()
    expected = np.mean([rows[0] @ rows[1], rows[0] @ rows[2], rows[1] @ rows[2]])
    found = QuestionSimilarity(TEXTS).means([[], TEXTS])
    assert found == [None, pytest.approx(expected)]


def test_a_common_word_makes_two_questions_less_similar() -> None:
    bank = [*TEXTS, *(f"Do bats {verb}?" for verb in ("sing", "swim", "walk"))]
    pair = [["Do bats sing?", "Do bats swim?"]]
    (weighted,), (plain,) = QuestionSimilarity(bank).means(pair), QuestionSimilarity().means(pair)
    assert weighted is not None
    assert plain is not None
    assert weighted < plain
