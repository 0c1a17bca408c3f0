"""Which article answers each question of the bank, found once for all articles that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.packed import PackedStrings, mapped
from recommender.answers import AnswerFinder
from recommender.bank import BankQuestion
from recommender.types import Answer

_NAME = "bank-answers"


@dataclass(frozen=True, eq=False, slots=True)
class AnsweredBank:
    """Place in the bank → its answer. ``article`` int64 [n], -1 where a question is unanswered.

    ``section`` int64 [n], ``confidence`` float64 [n]; memory-mapped where it was opened.
    """

    ids: PackedStrings
    article: NDArray[np.int64]
    section: NDArray[np.int64]
    confidence: NDArray[np.float64]

    @classmethod
    def of(cls, answers: Sequence[Answer | None]) -> AnsweredBank:
        """Return the answers of a bank, in its order."""
        ids = sorted({answer.article_id for answer in answers if answer})
        place = {id: number for number, id in enumerate(ids)}
        return cls(
            PackedStrings.of(ids),
            np.array([place[a.article_id] if a else -1 for a in answers], np.int64),
            np.array([a.section if a else 0 for a in answers], np.int64),
            np.array([a.confidence if a else 0.0 for a in answers], np.float64),
        )

    def __len__(self) -> int:
        return len(self.article)

    def __getitem__(self, place: int) -> Answer | None:
        number = int(self.article[place])
        if number < 0:
            return None
        return Answer(self.ids[number], int(self.section[place]), float(self.confidence[place]))

    def save(self, folder: Path) -> None:
        """Write the answers into ``folder`` as .npy files whose names begin with ``bank-answers``.

        They belong to the bank that is saved beside them, and share its format number.
        """
        self.ids.save(folder, _NAME)
        for name in ("article", "section", "confidence"):
            np.save(folder / f"{_NAME}.{name}.npy", getattr(self, name))

    @classmethod
    def open(cls, folder: Path) -> AnsweredBank:
        """Return what ``save`` wrote, memory-mapped."""
        return cls(
            PackedStrings.open(folder, _NAME),
            mapped(folder / f"{_NAME}.article.npy"),
            mapped(folder / f"{_NAME}.section.npy"),
            mapped(folder / f"{_NAME}.confidence.npy"),
        )


def find_answer(question: BankQuestion, finder: AnswerFinder) -> Answer | None:
    """Return where a question of the bank is answered: by its own check, if there is one.

    Never by an article that asks it.
    """
    if question.headline_of:
        return Answer(question.headline_of[0], 0, 1.0)
    return finder.answer(question.text, exclude=question.asked_by)
