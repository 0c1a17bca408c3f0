"""Candidates: the editors' own above all, and one question for each related article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.models import Article
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.answers.bank_answers import BankAnswers, find_bank_answer
from recommender.answers.finder import AnswerFinder
from recommender.questions.bank import QuestionBank
from recommender.ranking.question_ranker import QuestionRanker
from recommender.suggestions.candidates import CandidateSource
from recommender.types import RelatedSuggestion, Relation

BATS = Article(
    "bats",
    "Are bats blind?",
    summary="Bats have working eyes and hunt moths by echo.",
    followups=("How do bats hunt moths?", "How do bats hunt moths?", "What do bats weigh?"),
    claim="Bats are blind.",
    verdict="False",
)
ARTICLES = [
    BATS,
    Article("moths", "Do moths hear bats?", followups=("Can moths jam the sonar of bats?",)),
    Article("sugar", "Is sugar sweet?", followups=("Do ants like sugar?",)),
    Article("loaded", "Why do the lying papers say that owls are wise?"),
    Article("plain", "Owls and their wisdom"),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> CandidateSource:
    folder: Path = tmp_path_factory.mktemp("index")
    build_index(ARTICLES, folder)
    bank, articles = QuestionBank.build(ARTICLES, {}), {a.id: a for a in ARTICLES}
    finder = AnswerFinder(Retrieval.open(folder), articles.__getitem__)
    answers = BankAnswers.of([find_bank_answer(q, finder) for q in bank])
    return CandidateSource(bank, answers, QuestionRanker.fit(bank.texts(), ARTICLES))


def read(id: str, relation: Relation = "same topic") -> RelatedSuggestion:
    return RelatedSuggestion(id, 1.5, relation, 0.7, contributions={"a": 1.0, "b": 0.5})


def test_own_questions_come_once_in_their_order_above_all_others(source: CandidateSource) -> None:
    own = source.own(BATS)
    assert [c.text for c in own] == ["How do bats hunt moths?", "What do bats weigh?"]
    assert own[0].score > own[1].score > 7.0


def test_each_related_article_asks_one_question_and_lends_its_score(
    source: CandidateSource,
) -> None:
    found = source.archive(BATS, [read("moths"), read("sugar")], {})
    assert [c.text for c in found] == ["Do moths hear bats?", "Is sugar sweet?"]
    assert [c.score for c in found] == [1.5, 1.5]
    assert found[0].read == read("moths")


def test_another_check_of_the_claim_has_nothing_to_ask(source: CandidateSource) -> None:
    relations: tuple[Relation, ...] = ("same claim", "update", "contradicts")
    assert source.archive(BATS, [read("moths", r) for r in relations], {}) == []


def test_what_likely_checks_the_same_claim_has_nothing_to_ask(source: CandidateSource) -> None:
    likely = replace(read("moths"), same_claim=0.4)
    assert source.archive(BATS, [likely], {}) == []


def test_an_article_without_a_question_that_is_fit_asks_none(source: CandidateSource) -> None:
    assert source.archive(BATS, [read("loaded"), read("plain"), read("gone")], {}) == []


def test_the_ranker_may_prefer_what_others_asked_to_the_headline(source: CandidateSource) -> None:
    asked = source._bank.row("Do ants like sugar?")
    assert asked is not None
    answered = source._answers[asked]
    if answered is None:  # nothing in this archive answers it: the headline stands
        found = source.archive(BATS, [read("sugar")], {asked: 9.0})
        assert [c.text for c in found] == ["Is sugar sweet?"]


def test_an_article_never_asks_its_own_question(source: CandidateSource) -> None:
    assert source.archive(BATS, [read("bats")], {}) == []
