"""List filter: editors' own questions stay; the archive's repeat nothing and ask what is open."""

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
    return accepted.add(QuestionCandidate(text, origin, own, None, (), {}))


def test_the_archive_repeats_nothing_and_asks_nothing_that_the_page_says() -> None:
    terms, (article_terms,) = QuestionTerms.fit(QUESTIONS, [BATS])
    accepted = ListFilter(BATS, article_terms)
    assert [add(accepted, terms, text) for text in QUESTIONS] == [True, False, False, False, True]


def test_editors_own_questions_stay_unless_one_rewords_another() -> None:
    terms, (article_terms,) = QuestionTerms.fit(QUESTIONS, [BATS])
    accepted = ListFilter(BATS, article_terms)
    found = [add(accepted, terms, text, "own") for text in QUESTIONS]
    assert found == [True, False, True, True, True]


def test_what_was_refused_refuses_nothing() -> None:
    terms, (article_terms,) = QuestionTerms.fit(QUESTIONS, [BATS])
    accepted = ListFilter(BATS, article_terms)
    assert not add(accepted, terms, "How do small bats find moths in the dark?")
    assert not add(accepted, terms, "How do small bats find moths in the dark?")
    assert add(accepted, terms, "Which diseases kill bats?")
