"""The lists of the sample archive, held to what a reader must never see."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz.fuzz import token_set_ratio

from corpus.models import Article
from corpus.readers import read
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.answers.on_page import Page
from recommender.questions.equivalence import ParsedQuestion, same_question
from recommender.recommend import Recommender
from recommender.suggestions.page_plan import PageLimits, plan_page
from recommender.types import QuestionSuggestion, Suggestions

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
ANSWERED: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("sample_answers.json").read_text(encoding="utf-8")
)
"""Article → the follow-ups of other articles that it answers, found by reading all of them."""

Lists = dict[str, tuple[QuestionSuggestion, ...]]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {a.id: a for a in read(SAMPLE) if isinstance(a, Article)}


@pytest.fixture(scope="module")
def recommender(
    articles: dict[str, Article], tmp_path_factory: pytest.TempPathFactory
) -> Recommender:
    folder = tmp_path_factory.mktemp("sample")
    build_index(articles.values(), folder)
    superseded = {old: a.id for a in articles.values() for old in a.supersedes}
    return Recommender.build(Retrieval.open(folder), articles, superseded)


@pytest.fixture(scope="module")
def shown(recommender: Recommender, articles: dict[str, Article]) -> Lists:
    """Return the questions that each page shows."""
    return {id: page.questions for id, page in pages(recommender, articles).items()}


@pytest.fixture(scope="module")
def found(recommender: Recommender, articles: dict[str, Article]) -> Lists:
    """Return what the bank alone would show, where the editors had asked nothing."""
    asked = {id: replace(a, followups=()) for id, a in articles.items()}
    return {id: page.questions for id, page in pages(recommender, asked).items()}


def pages(recommender: Recommender, articles: dict[str, Article]) -> dict[str, Suggestions]:
    found = {}
    for id, article in articles.items():
        candidates = recommender.suggestions(article)
        found[id] = plan_page(id, candidates.questions, candidates.related, PageLimits())
    return found


def test_every_page_shows_its_editors_questions_whole_and_in_their_order(
    shown: Lists, articles: dict[str, Article]
) -> None:
    for id, questions in shown.items():
        assert [q.text for q in questions if q.origin == "own"] == list(articles[id].followups)


def test_no_two_of_a_list_ask_the_same_and_none_asks_the_headline(
    shown: Lists, found: Lists, articles: dict[str, Article]
) -> None:
    for id, questions in (*shown.items(), *found.items()):
        texts = [articles[id].headline, *(q.text for q in questions)]
        for one, other in combinations(texts, 2):
            assert token_set_ratio(one, other) < 95, (one, other)
            assert not same_question(
                ParsedQuestion.of(one), ParsedQuestion.of(other), lambda term: 1.0
            )


def test_no_page_asks_what_its_own_text_answers(
    found: Lists, articles: dict[str, Article], recommender: Recommender
) -> None:
    weight = recommender.statistics.weight
    for id, questions in found.items():
        page = Page.of(articles[id], weight)
        for question in questions:
            assert page.answers(question.text) is None, (id, question.text)


def test_what_a_page_is_known_to_answer_is_never_shown_there(shown: Lists) -> None:
    for id, questions in shown.items():
        assert not {q.text for q in questions} & set(ANSWERED.get(id, ())), id


def test_the_bank_alone_hardly_ever_asks_what_a_page_answers(found: Lists) -> None:
    asked = [(id, q.text) for id, qs in found.items() for q in qs if q.text in ANSWERED.get(id, ())]
    known = sum(map(len, ANSWERED.values()))
    assert known == 146
    # In wholly other words ("sugary snack", "restless pupils") a question is not recognised.
    assert len(asked) <= 5, asked


def test_questions_lead_to_what_readers_found(shown: Lists) -> None:
    right = wrong = 0
    answers = {(text, id) for id, texts in ANSWERED.items() for text in texts}
    for id, questions in shown.items():
        for q in questions:
            if q.answer is not None and (q.text, q.answer.article_id) in answers:
                right += 1
            elif q.answer is not None and q.answer.article_id != id:
                wrong += 1
    assert right >= 125, (right, wrong)
    assert wrong <= 15, (right, wrong)


def test_each_page_leads_to_pages_in_its_language(
    recommender: Recommender, articles: dict[str, Article]
) -> None:
    for id, page in pages(recommender, articles).items():
        targets = [q.answer.article_id for q in page.questions if q.answer is not None]
        for target in (*targets, *(r.article_id for r in page.related)):
            assert articles[target].language == articles[id].language, (id, target)


def test_nothing_is_guessed_or_called_faulty_in_other_languages(
    recommender: Recommender, articles: dict[str, Article]
) -> None:
    others = [a for a in articles.values() if a.language != "en"]
    assert Counter(a.language for a in others) == dict.fromkeys(
        ("de", "es", "fr", "pt", "hi", "ar", "ja", "tr"), 2
    )
    for article in others:
        questions = recommender.suggestions(article).questions
        assert {q.origin for q in questions} == {"own"}, article.id
        for question in questions:
            assert question.answer is None, question.text
            assert question.remarks == ("not answered in this archive yet",), question.text


@pytest.mark.parametrize(
    ("language", "headline", "claim", "followup"),
    [
        (
            "de",
            "Verursacht kaltes Wetter Erkältungen?",
            "Kälte macht krank.",
            "warum ist das so",
        ),
        ("ar", "هل يسبب الطقس البارد نزلات البرد؟", "البرد يسبب المرض.", "لماذا؟"),
    ],
)
def test_a_draft_in_another_language_gets_no_english_question(
    recommender: Recommender, language: str, headline: str, claim: str, followup: str
) -> None:
    draft = Article(
        "draft",
        headline,
        claim=claim,
        verdict="False",
        followups=(followup,),
        language=language,
        published=False,
    )
    found = recommender.suggestions(draft)
    (own,) = found.questions
    assert own.origin == "own"
    assert own.remarks == ("not answered in this archive yet",)
    assert found.related == ()
