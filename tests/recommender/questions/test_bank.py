"""Every question once: who asks it, since when, and no question lost to a wrong merge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.models import Article
from recommender.questions.bank import (
    QuestionBank,
    headline_as_bank_question,
    normalise_bank_question,
)

ARTICLES = [
    Article(
        "bats",
        "Fact check: Are bats blind?",
        followups=("How old are the rings of Saturn?", "How do moths hear?"),
        checked_on=date(2024, 3, 1),
    ),
    Article(
        "saturn",
        "Does Saturn have rings of ice?",
        followups=("How old are Saturn's rings thought to be", "Are bats blind?"),
        checked_on=date(2023, 1, 5),
    ),
    Article("old", "Are bats deaf?", followups=("Do bats eat fruit?",)),
    Article("hidden", "Is tea blue?", followups=("Who drinks blue tea?",), published=False),
    Article(
        "claim",
        "Wrong about bulls",
        claim="The colour red makes bulls angry.",
        summary="The colour red means nothing to a bull.",
    ),
]


@pytest.fixture
def bank() -> QuestionBank:
    return QuestionBank.build(ARTICLES, {"old": "bats"})


def test_every_question_is_there_once(bank: QuestionBank) -> None:
    assert bank.texts() == [
        "Are bats blind?",
        "Do bats eat fruit?",
        "Does Saturn have rings of ice?",
        "How do moths hear?",
        "How old are the rings of Saturn?",
        "Is it true that the colour red makes bulls angry?",
    ]


def test_a_merged_question_knows_all_who_ask_it_and_since_when(bank: QuestionBank) -> None:
    place = bank.row("How old are Saturn's rings thought to be?")
    assert place is not None
    rings = bank[place]
    assert (rings.asked_by, rings.since, rings.count) == (("saturn", "bats"), date(2023, 1, 5), 2)


def test_a_headline_is_answered_by_its_article(bank: QuestionBank) -> None:
    bats = next(q for q in bank if q.text == "Are bats blind?")
    assert (bats.headline_of, bats.asked_by) == (("bats",), ("saturn",))


def test_a_superseded_check_hands_its_questions_on_and_its_headline_is_gone(
    bank: QuestionBank,
) -> None:
    fruit = next(q for q in bank if q.text == "Do bats eat fruit?")
    assert fruit.asked_by == ("bats",)
    assert bank.row("Are bats deaf?") is None
    assert bank.row("Who drinks blue tea?") is None


def test_ids_survive_new_articles_with_other_wordings(bank: QuestionBank) -> None:
    later = Article(
        "new", "", followups=("How old are Saturn's rings?",), checked_on=date(2026, 1, 1)
    )
    grown = QuestionBank.build([*ARTICLES, later], {"old": "bats"})
    for question in bank:
        place = grown.row(question.id)
        assert place is not None
        assert grown[place].id == question.id


def test_the_same_articles_in_any_order_give_the_same_bank(bank: QuestionBank) -> None:
    again = QuestionBank.build(reversed(ARTICLES), {"old": "bats"})
    assert list(again) == list(bank)


def test_a_saved_bank_opens_as_it_was(bank: QuestionBank, tmp_path: Path) -> None:
    bank.save(tmp_path)
    opened = QuestionBank.open(tmp_path)
    assert list(opened) == list(bank)
    assert opened.row("how do moths HEAR") == bank.row("How do moths hear?")
    with pytest.raises(IndexError):
        opened[len(opened)]


def test_an_empty_bank_is_a_bank(tmp_path: Path) -> None:
    QuestionBank.build([], {}).save(tmp_path)
    assert len(QuestionBank.open(tmp_path)) == 0
    assert QuestionBank.open(tmp_path).row("Are bats blind?") is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  how  do bats hunt ", "How do bats hunt?"),
        ("Fact-check: Are bats blind??", "Are bats blind?"),
        ("2. Are bats blind?", "Are bats blind?"),
        ("“Are bats blind?”", "Are bats blind?"),
        ("iPhone or not?", "iPhone or not?"),
    ],
)
def test_a_question_is_shown_without_marks_and_labels(text: str, shown: str) -> None:
    assert normalise_bank_question(text) == shown


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("هل ينام الدب؟", "ar", "هل ينام الدب؟"),
        ("هل ينام الدب؟؟", "ar", "هل ينام الدب؟"),
        ("هل ينام الدب ؟", "ar", "هل ينام الدب؟"),
        ("熊は眠るのか\uff1f", "ja", "熊は眠るのか\uff1f"),
        ("L’ours dort-il ?", "fr", "L’ours dort-il ?"),
        ("L’ours dort-il\u202f??", "fr", "L’ours dort-il ?"),
        ("L’ours dort-il?", "fr", "L’ours dort-il?"),
        ("Do bears sleep ?", "en", "Do bears sleep?"),
        ("¿Duermen los osos?", "es", "¿Duermen los osos?"),
    ],
)
def test_a_question_keeps_the_mark_of_its_script(text: str, language: str, shown: str) -> None:
    assert normalise_bank_question(text, language) == shown


def test_only_a_headline_that_is_one_question_is_one() -> None:
    bats = Article("a", "Desk - Are bats blind?", publisher="Desk")
    assert headline_as_bank_question(bats) == "Are bats blind?"
    assert headline_as_bank_question(replace(bats, headline="Are bats blind? No.")) is None
    assert headline_as_bank_question(replace(bats, headline="Bats are not blind")) is None
