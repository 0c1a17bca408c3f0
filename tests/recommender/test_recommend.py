"""Suggestions: no question twice, never the headline, never the article or an old check."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.questions.bank import question_id
from recommender.questions.equivalence import equivalence_in_list
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


def test_own_questions_come_first_all_of_them_in_their_order(recommender: Recommender) -> None:
    found = recommender.suggestions(BATS).questions
    own = [q.text for q in found if q.origin == "own"]
    assert own == list(BATS.followups)
    assert [q.text for q in found[: len(own)]] == own


def test_the_archive_s_questions_repeat_neither_each_other_nor_the_headline(
    recommender: Recommender,
) -> None:
    found = recommender.suggestions(BATS).questions
    asked = [q.text for q in found if q.origin != "own"]
    assert asked
    for n, one in enumerate(asked):
        assert not any(equivalence_in_list(one, other) for other in (*asked[:n], BATS.headline))


def test_an_own_question_that_the_page_seems_to_answer_links_to_its_section(
    recommender: Recommender,
) -> None:
    found = {q.text: q for q in recommender.suggestions(BATS).questions}
    here = found["Do bats have working eyes?"]
    assert here.answer is not None
    assert here.answer.article_id == "bats"
    assert any(r.startswith("this page itself seems to answer it") for r in here.remarks)


def test_a_question_that_an_article_checks_leads_to_it(recommender: Recommender) -> None:
    found = {q.text: q for q in recommender.suggestions(BATS).questions}
    moths = found["Do moths hear bats?"]
    assert moths.answer == Answer("moths", 0, 1.0)
    assert moths.reasons[0] == "also checked"
    assert 0.0 < moths.probability < 1.0


def test_no_question_of_the_archive_has_a_wording_fault(recommender: Recommender) -> None:
    texts = [q.text for q in recommender.suggestions(BATS).questions]
    assert "Why do moths hear the lies about bats?" not in texts


def test_contributions_add_up_and_ids_are_those_of_the_bank(recommender: Recommender) -> None:
    for question in recommender.suggestions(BATS).questions:
        assert sum(question.contributions.values()) == pytest.approx(question.score)
        assert question.id == question_id(question.text)


def test_editors_are_told_that_nothing_answers_a_question(recommender: Recommender) -> None:
    draft = Article("draft", "Do bats sing?", followups=("Which tax did Norway raise in 1902?",))
    (asked, *_) = recommender.suggestions(draft).questions
    assert asked.answer is None
    assert "not answered in this archive yet" in asked.remarks


def test_related_is_never_the_article_itself_or_superseded(recommender: Recommender) -> None:
    found = recommender.suggestions(BATS).related
    assert [r.article_id for r in found] == ["moths"]
    assert found[0].reasons


def test_a_scope_keeps_to_the_page_s_own_publisher(tmp_path: Path) -> None:
    articles = [
        Article("a", "Do bats see at night?", summary="Bats see at night.", publisher="One"),
        Article("b", "Which colours do bats see?", summary="At night few.", publisher="Two"),
        Article("c", "How far can bats see?", summary="Bats see far at night.", publisher="One"),
    ]
    build_index(articles, tmp_path)
    found = Recommender.build(Retrieval.open(tmp_path), {a.id: a for a in articles}, {})
    assert {r.article_id for r in found.suggestions(articles[0]).related} == {"b", "c"}
    assert {r.article_id for r in found.suggestions(articles[0], "own").related} == {"c"}
