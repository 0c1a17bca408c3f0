"""Answers of the bank: as they were found, on disk as in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ArchiveError
from recommender.answers.bank_answers import BankAnswers, find_bank_answer
from recommender.questions.bank import BankQuestion
from recommender.types import Answer

FOUND = [(Answer("owls", 2, 0.9), True), None, (Answer("bats", 0, 0.2), False)]


def test_only_sure_answers_are_answers_and_the_likely_ones_are_known() -> None:
    answers = BankAnswers.of(FOUND)
    assert [answers[row] for row in range(len(answers))] == [Answer("owls", 2, 0.9), None, None]
    assert answers.likely(2) == Answer("bats", 0, 0.2)
    assert answers.likely(1) is None


def test_saved_answers_open_as_they_were_and_only_for_their_bank(tmp_path: Path) -> None:
    BankAnswers.of(FOUND).save(tmp_path)
    opened = BankAnswers.open(tmp_path, 3)
    assert opened[0] == Answer("owls", 2, 0.9)
    assert opened.likely(2) == Answer("bats", 0, 0.2)
    with pytest.raises(ArchiveError, match="divedeeper build"):
        BankAnswers.open(tmp_path, 4)


def test_a_check_of_the_very_question_answers_it_and_an_article_that_asks_never_does() -> None:
    class Finder:
        def likely(self, question: str, exclude: tuple[str, ...]) -> tuple[Answer, bool] | None:
            return (Answer("moths", 1, 0.6), "moths" not in exclude)

    finder: Any = Finder()
    checked = BankQuestion("1", "Are bats blind?", ("owls",), ("bats", "caves"))
    assert find_bank_answer(checked, finder) == (Answer("bats", 0, 1.0), True)
    asked = BankQuestion("2", "How do bats hunt?", ("moths",))
    assert find_bank_answer(asked, finder) == (Answer("moths", 1, 0.6), False)
