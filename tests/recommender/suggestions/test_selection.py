"""What stands in a list: no question twice, none that the headline or the page answers."""

from __future__ import annotations

import numpy as np

from corpus.models import Article
from recommender.ranking.tfidf import QuestionTerms
from recommender.suggestions.candidates import QuestionCandidate
from recommender.suggestions.selection import ListFilter, same_question
from recommender.types import Origin

BATS = Article(
    "bats",
    "Are bats blind?",
    summary="No. Bats have working eyes, and small bats find moths in the dark by echo.",
)
QUESTIONS = (
    "How long do bats live?",
    "How long can a bat live?",
    "Are the bats blind?",
    "How do small bats find moths in the dark?",
    "Which diseases kill bats?",
)


def add(kept: ListFilter, terms: QuestionTerms, text: str, origin: Origin = "archive") -> bool:
    own = np.unique(np.array(terms.ids(text), np.uint32))
    return kept.add(QuestionCandidate(text, origin, 0.0, own, None, (), {}))


def test_each_facet_once_and_nothing_that_the_page_says() -> None:
    terms, (told,) = QuestionTerms.fit(QUESTIONS, [BATS])
    kept = ListFilter(BATS, told)
    assert [add(kept, terms, text) for text in QUESTIONS] == [True, False, False, False, True]


def test_what_was_refused_refuses_nothing() -> None:
    terms, (told,) = QuestionTerms.fit(QUESTIONS, [BATS])
    kept = ListFilter(BATS, told)
    assert not add(kept, terms, "How do small bats find moths in the dark?")
    assert not add(kept, terms, "How do small bats find moths in the dark?")
    assert add(kept, terms, "Which diseases kill bats?")


def test_same_words_in_another_order_are_the_same_question() -> None:
    assert same_question("Do bulls hate red?", "Is red hated by bulls?")
    assert not same_question("Do bulls hate red?", "Are bats blind?")
