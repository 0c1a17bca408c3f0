"""List filter: editors' own questions stay; the archive's repeat nothing and ask what is open."""

from __future__ import annotations

import numpy as np

from corpus.models import Article
from recommender.answers.on_page import Page
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
    "Do small bats find moths in the dark by echo?",
    "Which diseases kill bats?",
)


def add(accepted: ListFilter, text: str, origin: Origin = "archive") -> bool:
    return accepted.add(QuestionCandidate(text, origin, np.zeros(0, np.uint32), None, (), {}))


def test_the_archive_repeats_nothing_and_asks_nothing_that_the_page_answers() -> None:
    accepted = ListFilter(Page.of(BATS))
    assert [add(accepted, text) for text in QUESTIONS] == [True, False, False, False, True]


def test_editors_own_questions_stay_unless_one_rewords_another() -> None:
    accepted = ListFilter(Page.of(BATS))
    found = [add(accepted, text, "own") for text in QUESTIONS]
    assert found == [True, False, True, True, True]


def test_own_questions_that_differ_in_the_point_alone_both_stay() -> None:
    accepted = ListFilter(Page.of(BATS))
    for year in ("2019", "2020"):
        assert add(accepted, f"How many moths did small bats find in {year}?", "own")
    assert not add(accepted, "How many moths did the small bats really find in 2020?", "own")


def test_the_archive_does_not_ask_again_what_the_editors_ask() -> None:
    accepted = ListFilter(Page.of(BATS))
    assert add(accepted, "Which diseases kill bats?", "own")
    assert not add(accepted, "Which diseases can kill a bat?")


def test_what_was_refused_refuses_nothing() -> None:
    accepted = ListFilter(Page.of(BATS))
    assert not add(accepted, QUESTIONS[3])
    assert not add(accepted, QUESTIONS[3])
    assert add(accepted, QUESTIONS[4])
