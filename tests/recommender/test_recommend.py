"""Suggestions: no question twice, never the headline, never the article or an old check."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.questions.bank import question_id
from recommender.questions.equivalence import repetition
from recommender.recommend import Recommender
from recommender.types import Answer

BATS = Article(
    "bats",
    "Are bats blind?",
    summary="No, bats have working eyes.",
    followups=("How do bats hunt moths?", "Are bats blind?", "Do bats have working eyes?"),
    claim="Bats are blind.",
    verdict="False",
    sections=(Section("Flight", "Small bats fly in the dark and call."),),
)
ARTICLES = [
    BATS,
    Article(
        "moths",
        "Do moths hear bats?",
        summary="Moths hear the calls of bats.",
        followups=(
            "How do bats hunt the moths?",
            "Can moths jam the calls of bats?",
        ),
    ),
    Article(
        "sugar",
        "Is sugar sweet?",
        followups=(
            "Why are bats blind?",
            "Do bats eat fruit?",
            "Why do moths hear the lies about bats?",
        ),
    ),
    Article("old", "Can bats see at dusk?", followups=("Do old bats see?",)),
]


@pytest.fixture
def recommender(tmp_path: Path) -> Recommender:
    build_index(ARTICLES, tmp_path)
    return Recommender.build(Retrieval.open(tmp_path), {a.id: a for a in ARTICLES}, {"old": "bats"})


def test_own_questions_come_first_and_no_two_ask_the_same(recommender: Recommender) -> None:
    found = recommender.suggestions(BATS, 9).questions
    assert (found[0].text, found[0].origin) == ("How do bats hunt moths?", "own")
    assert "own" not in {q.origin for q in found[1:]}
    for place, one in enumerate(found):
        assert not any(repetition(one.text, other.text) for other in found[place + 1 :])
    assert not any(repetition(one.text, BATS.headline) for one in found)


def test_what_the_page_says_itself_is_not_asked(recommender: Recommender) -> None:
    texts = [q.text for q in recommender.suggestions(BATS, 9).questions]
    assert "Do bats have working eyes?" not in texts


def test_a_question_that_an_article_checks_leads_to_it(recommender: Recommender) -> None:
    found = {q.text: q for q in recommender.suggestions(BATS, 9).questions}
    moths = found["Do moths hear bats?"]
    assert moths.answer == Answer("moths", 0, 1.0)
    assert "answered by “Do moths hear bats?”, summary" in moths.reasons


def test_flagged_wording_ranks_behind_and_says_why(recommender: Recommender) -> None:
    found = recommender.suggestions(BATS, 9).questions
    flagged = [bool([r for r in q.reasons if r.startswith("wording: ")]) for q in found]
    assert flagged == sorted(flagged)
    assert any(flagged)


def test_contributions_add_up_and_ids_are_those_of_the_bank(recommender: Recommender) -> None:
    for question in recommender.suggestions(BATS, 9).questions:
        assert sum(question.contributions.values()) == pytest.approx(question.score)
        assert question.id == question_id(question.text)


def test_an_unanswered_question_says_so(recommender: Recommender) -> None:
    found = {q.text: q for q in recommender.suggestions(BATS, 9).questions}
    jam = found["Can moths jam the calls of bats?"]
    assert jam.answer is not None or "not answered in this archive yet" in jam.reasons


def test_related_is_never_the_article_itself_or_superseded(recommender: Recommender) -> None:
    found = recommender.suggestions(BATS, 5).related
    assert [r.article_id for r in found] == ["moths"]
    assert found[0].reasons
