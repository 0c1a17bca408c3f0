"""What stands in a list: no question twice, none that the headline or the page answers."""

from __future__ import annotations

import numpy as np

from corpus.models import Article
from recommender.ranking.tfidf import QuestionTerms
from recommender.suggestions.candidates import QuestionCandidate
from recommender.suggestions.selection import ListFilter
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


def add(accepted: ListFilter, terms: QuestionTerms, text: str, origin: Origin = "archive") -> bool:
    own = np.unique(np.array(terms.ids(text), np.uint32))
    return accepted.add(QuestionCandidate(text, origin, 0.0, own, None, (), {}))


def test_each_facet_once_and_nothing_that_the_page_says() -> None:
    terms, (article_terms,) = QuestionTerms.fit(QUESTIONS, [BATS])
    accepted = ListFilter(BATS, article_terms)
    assert [add(accepted, terms, text) for text in QUESTIONS] == [True, False, False, False, True]


def test_what_was_refused_refuses_nothing() -> None:
    terms, (article_terms,) = QuestionTerms.fit(QUESTIONS, [BATS])
    accepted = ListFilter(BATS, article_terms)
    assert not add(accepted, terms, "How do small bats find moths in the dark?")
    assert not add(accepted, terms, "How do small bats find moths in the dark?")
    assert add(accepted, terms, "Which diseases kill bats?")
