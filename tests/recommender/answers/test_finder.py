"""A question leads to the article that answers it, or nowhere; never to an old or hidden check."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.models import Article, Section
from corpus.readers import read
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.answers.answer_features import BEST_FEATURES
from recommender.answers.answer_model import AnswerModel, Mode
from recommender.answers.calibration import LogisticModel, calibrated_probability
from recommender.answers.finder import AnswerFinder, Ask

SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "sample"
EXPECTED = json.loads(
    Path(__file__).parents[1].joinpath("sample_answers.json").read_text(encoding="utf-8")
)
# Nearly or debatably answered, so neither right nor wrong: image and age of medieval inventions,
# the length of the Great Wall, the age of Saturn's rings, sizes of moons, flags still standing.
DEBATABLE = (
    "Middle Ages were invented",
    "all its branches",
    "rings",
    "minimum size",
    "flags planted",
)

ARTICLES = [
    Article(
        "bats",
        "Are bats blind?",
        summary="No, bats have working eyes.",
        sections=(
            Section("Eyes", "Flying foxes see well at night."),
            Section("Echoes", "Small bats find moths in the dark by the echo of their calls."),
        ),
    ),
    Article("old", "Do bulls hate the colour red?", summary="Bulls hate the colour red."),
    Article("new", "Do bulls still hate red?", summary="Bulls see no red; movement counts."),
    Article("moon", "Is the Moon dry?", summary="Ice lies in craters near the poles."),
]
_SURE = Mode({"coverage": 1.0}, LogisticModel({"coverage": 1.0}, 9.0, 0.5))
SURE = AnswerModel({"coverage": 1.0}, _SURE, _SURE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(ARTICLES, folder)
    return folder


def _finder(folder: Path, articles: list[Article] = ARTICLES, **kwargs: object) -> AnswerFinder:
    by_id = {a.id: a for a in articles}
    return AnswerFinder(Retrieval.open(folder), by_id.__getitem__, {"old": "new"}, SURE)


def test_the_answer_names_article_and_section(folder: Path) -> None:
    found = _finder(folder).answer("How do small bats find moths in the dark?")
    assert found is not None
    assert (found.article_id, found.section) == ("bats", 2)
    assert 0.0 <= found.confidence <= 1.0


def test_a_superseded_check_is_never_an_answer_but_its_successor_may_be(folder: Path) -> None:
    found = _finder(folder).answer("Do bulls hate red?")
    assert found is not None
    assert found.article_id == "new"


def test_the_asking_article_is_no_answer(folder: Path) -> None:
    assert _finder(folder).answer("Are bats blind?", exclude=["bats"]) is None


def test_an_article_that_is_gone_or_hidden_is_no_answer(folder: Path) -> None:
    assert _finder(folder, ARTICLES[1:]).answer("Are bats blind?") is None
    hidden = [replace(ARTICLES[0], published=False), *ARTICLES[1:]]
    assert _finder(folder, hidden).answer("Are bats blind?") is None


def test_words_that_the_archive_does_not_know_are_unanswered(folder: Path) -> None:
    assert _finder(folder).answer("Who signed the Artemis Accords in the dark?") is None


@pytest.mark.parametrize("question", ["", "?", "the", "🦇", "x" * 20_000])
def test_odd_questions_are_unanswered(folder: Path, question: str) -> None:
    assert _finder(folder).answer(question) is None


def test_a_batch_gives_what_single_questions_give(folder: Path) -> None:
    finder = _finder(folder)
    asks = [Ask("Are bats blind?"), Ask(""), Ask("Do bulls hate red?", exclude=("new",))]
    single = [finder.answer(a.question, a.context, a.exclude) for a in asks]
    assert list(finder.answers(asks, threads=2)) == single


def test_contributions_add_up_to_the_logit(folder: Path) -> None:
    finder = _finder(folder)
    best = finder.best("Are bats blind?")
    assert best is not None
    assert best.features.shape == (len(BEST_FEATURES),)
    logit = sum(finder.contributions(best).values())
    assert calibrated_probability(logit) == pytest.approx(finder.confidence(best))


def sample_finder(folder: Path, articles: list[Article]) -> AnswerFinder:
    build_index(articles, folder)
    superseded = {old: a.id for a in articles for old in a.supersedes}
    return AnswerFinder(Retrieval.open(folder), {a.id: a for a in articles}.__getitem__, superseded)


def test_follow_ups_of_the_sample_archive_lead_where_an_editor_would_lead_them(
    tmp_path: Path,
) -> None:
    """146 follow-ups were read and judged answered by another article of the sample."""
    articles = sorted((a for a in read(SAMPLE) if isinstance(a, Article)), key=lambda a: a.id)
    finder = sample_finder(tmp_path, articles)
    expected = {question: id for id, questions in EXPECTED.items() for question in questions}
    asked = [(a.id, q) for a in articles for q in a.followups if not any(d in q for d in DEBATABLE)]
    found = finder.answers(Ask(question, exclude=(id,)) for id, question in asked)
    right: list[str] = []
    wrong: list[str] = []
    for (_, question), answer in zip(asked, found, strict=True):
        if answer is not None:
            (right if answer.article_id == expected.get(question) else wrong).append(question)
    assert len(right) >= 0.92 * sum(q in expected for _, q in asked)
    assert len(wrong) <= 4, wrong
    assert "How tall was Napoleon in modern units?" in right


def test_a_length_in_a_passage_answers_how_tall_and_another_vaccine_answers_nothing(
    tmp_path: Path,
) -> None:
    articles = [a for a in read(SAMPLE) if isinstance(a, Article)]
    finder = sample_finder(tmp_path, articles)
    tall = finder.answer("How tall was Napoleon in modern units?")
    assert tall is not None
    assert "Napoleon" in next(a.headline for a in articles if a.id == tall.article_id)
    assert finder.answer("How well does the yearly flu vaccine protect older people?") is None
