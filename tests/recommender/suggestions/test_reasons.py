"""Reasons: plain words that are true of the question and the article, and nothing common."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.models import Article
from recommender.questions.bank import BankQuestion
from recommender.ranking.tfidf import QuestionTerms
from recommender.suggestions.reasons import Facets, FacetWords, led_to, who_asks
from recommender.types import Answer

BATS = Article(
    "bats", "Are bats blind?", summary="Fruit bats hunt by sight in forests at dusk.", claim="Eyes."
)
QUESTIONS = (
    "How do bats use echoes?",
    "Which people make good wine?",
    "Do forests hide fruit by dusk?",
    "Do forests keep fruit?",
)
HEADLINES = {"bats": "Are bats blind?", "wine": "Is wine healthy?"}


@pytest.fixture
def facets() -> Facets:
    terms, article_terms = QuestionTerms.fit(QUESTIONS, [BATS])
    return Facets(BATS, FacetWords(terms), article_terms[0])


def near(facets: Facets, text: str) -> bool:
    terms, _ = QuestionTerms.fit(QUESTIONS, [BATS])
    return facets.near(np.unique(np.array(terms.ids(text), np.uint32)))


def test_it_tells_what_is_shared_and_what_is_new(facets: Facets) -> None:
    assert facets.reasons("How do bats use echoes?") == ("shares bats; new: echoes",)
    assert facets.reasons("Which people make good wine?") == ("new: wine",)
    assert facets.reasons("Is it so?") == ()


def test_a_question_is_near_by_its_topic_or_by_three_words_of_the_text(facets: Facets) -> None:
    assert near(facets, "How do bats use echoes?")
    assert near(facets, "Do forests hide fruit by dusk?")
    assert not near(facets, "Do forests keep fruit?")
    assert not near(facets, "Which people make good wine?")


def test_askers_are_named_or_counted() -> None:
    headline = HEADLINES.__getitem__
    one = BankQuestion("1", "How?", asked_by=("wine",))
    many = BankQuestion("1", "How?", asked_by=("wine", "bats"))
    check = BankQuestion("1", "How?", headline_of=("wine",))
    assert who_asks(one, headline) == ("asked by “Is wine healthy?”",)
    assert who_asks(many, headline) == ("asked by 2 other articles",)
    assert who_asks(check, headline) == ("checked by “Is wine healthy?”",)


def test_an_answer_is_named_by_headline_and_section() -> None:
    headline = HEADLINES.__getitem__
    assert led_to(Answer("wine", 4, 0.9), headline) == (
        "answered by “Is wine healthy?”, section 4",
    )
    assert led_to(Answer("wine", 0, 0.9), headline) == ("answered by “Is wine healthy?”, summary",)
    assert led_to(None, headline) == ("not answered in this archive yet",)
