"""Offers: the editors' own above the bank's, nothing of another topic, faults behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.answers.bank_answers import BankAnswers, find_answer
from recommender.answers.finder import AnswerFinder
from recommender.questions.bank import QuestionBank
from recommender.ranking.question_ranker import QuestionRanker
from recommender.suggestions.candidates import CandidateSource, QuestionCandidate
from recommender.suggestions.reasons import Facets, FacetWords

BATS = Article(
    "bats",
    "Are bats blind?",
    summary="Bats have working eyes and hunt moths by echo.",
    followups=("How do bats hunt moths?", "How do bats hunt moths?"),
    claim="Bats are blind.",
    verdict="False",
)
ARTICLES = [
    BATS,
    Article("moths", "Do moths hear bats?", followups=("Can moths jam the sonar of bats?",)),
    Article(
        "sugar",
        "Is sugar sweet?",
        followups=("Why do moths hear lies about bats?", "Do ants like sugar?"),
    ),
]


@pytest.fixture(scope="module")
def candidates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[QuestionCandidate]]:
    folder: Path = tmp_path_factory.mktemp("index")
    build_index(ARTICLES, folder)
    bank, articles = QuestionBank.build(ARTICLES, {}), {a.id: a for a in ARTICLES}
    finder = AnswerFinder(Retrieval.open(folder), articles.__getitem__)
    ranker = QuestionRanker.fit(bank.texts(), ARTICLES)
    source = CandidateSource(bank, BankAnswers.of([find_answer(q, finder) for q in bank]), ranker)
    ranking, article_terms = ranker.rank(BATS, 20), ranker.terms_of(BATS)
    facets = Facets(BATS, FacetWords(ranker.terms), article_terms)
    return {
        "own": source.own(BATS, ranking),
        "archive": source.archive(BATS, ranking, facets),
    }


def test_own_questions_come_once_above_all_others(
    candidates: dict[str, list[QuestionCandidate]],
) -> None:
    own, archive = candidates["own"], candidates["archive"]
    assert [candidate.text for candidate in own] == ["How do bats hunt moths?"]
    assert own[0].score > max(candidate.score for candidate in archive)


def test_what_the_article_asks_or_checks_itself_is_not_from_the_archive(
    candidates: dict[str, list[QuestionCandidate]],
) -> None:
    texts = {candidate.text for candidate in candidates["archive"]}
    assert texts.isdisjoint({"Are bats blind?", "How do bats hunt moths?"})


def test_another_topic_is_not_offered(candidates: dict[str, list[QuestionCandidate]]) -> None:
    texts = {candidate.text for candidate in candidates["archive"]}
    assert "Do moths hear bats?" in texts
    assert texts.isdisjoint({"Do ants like sugar?", "Is sugar sweet?"})


def test_a_loaded_question_stands_behind_and_contributions_add_up(
    candidates: dict[str, list[QuestionCandidate]],
) -> None:
    by_text = {candidate.text: candidate for candidate in candidates["archive"]}
    flagged = by_text.pop("Why do moths hear lies about bats?")
    assert flagged.faults
    assert flagged.extra["flagged wording"] < 0.0
    assert flagged.score < min(candidate.score for candidate in by_text.values())
    for candidate in (flagged, *by_text.values()):
        assert sum(candidate.contributions.values()) == pytest.approx(candidate.score)
