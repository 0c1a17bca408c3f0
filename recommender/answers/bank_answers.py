"""Answers of all questions of the bank, found once at build time, as arrays on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.arrays import (
    ArrayType,
    array_path,
    check_array_ids,
    check_array_shape,
    open_arrays,
    save_arrays,
)
from index.storage.packed_strings import PackedStrings
from recommender.answers.finder import AnswerFinder
from recommender.questions.bank import BankQuestion
from recommender.types import Answer

_NAME = "bank-answers"
_ARRAYS: dict[str, ArrayType] = {
    "article": (np.int64, 1),
    "section": (np.int64, 1),
    "confidence": (np.float64, 1),
    "sure": (np.bool_, 1),
}


@dataclass(frozen=True, eq=False)
class BankAnswers:
    """Row in the bank → its answer.

    ``article`` int64 [n], the article most likely to answer, -1 without one; ``section`` int64 [n];
    ``confidence`` float64 [n]; ``sure`` bool [n], whether it is shown as the answer. Memory-mapped
    where it was opened.
    """

    ids: PackedStrings
    article: NDArray[np.int64]
    section: NDArray[np.int64]
    confidence: NDArray[np.float64]
    sure: NDArray[np.bool_]

    @classmethod
    def of(cls, likely: Sequence[tuple[Answer, bool] | None]) -> BankAnswers:
        """Return the answers of a bank, in its order; see ``AnswerFinder.likely``."""
        none = Answer("", 0, 0.0)
        answers = [found[0] if found else none for found in likely]
        ids = sorted({answer.article_id for answer in answers} - {""})
        rows = {id: row for row, id in enumerate(ids)}
        return cls(
            PackedStrings.of(ids),
            np.array([rows.get(a.article_id, -1) for a in answers], np.int64),
            np.array([a.section for a in answers], np.int64),
            np.array([a.confidence for a in answers], np.float64),
            np.array([bool(found and found[1]) for found in likely], np.bool_),
        )

    def __len__(self) -> int:
        return len(self.article)

    def __getitem__(self, row: int) -> Answer | None:
        """Return the answer of a question, None where it is unanswered."""
        return self.likely(row) if self.sure[row] else None

    def likely(self, row: int) -> Answer | None:
        """Return the article most likely to answer a question, however unlikely that is."""
        article = int(self.article[row])
        if article < 0:
            return None
        return Answer(self.ids[article], int(self.section[row]), float(self.confidence[row]))

    def rows_of(self, article_id: str) -> list[int]:
        """Return the rows of the questions that an article surely answers, ascending."""
        return self._rows_by_article.get(article_id, [])

    @cached_property
    def _rows_by_article(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row in np.flatnonzero(self.sure & (self.article >= 0)).tolist():
            rows.setdefault(self.ids[int(self.article[row])], []).append(row)
        return rows

    def save(self, folder: Path) -> None:
        """Write the answers into ``folder`` as .npy files whose names begin with ``bank-answers``.

        They belong to the bank that is saved in the same folder.
        """
        self.ids.save(folder, f"{_NAME}.ids")
        save_arrays(folder, _NAME, **{name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def open(cls, folder: Path, n_questions: int) -> BankAnswers:
        """Return what ``save`` wrote for ``n_questions`` questions, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        ids = PackedStrings.open(folder, f"{_NAME}.ids")
        arrays = open_arrays(folder, _NAME, **_ARRAYS)
        for name, array in arrays.items():
            check_array_shape(array_path(folder, _NAME, name), array, n_questions)
        check_array_ids(
            array_path(folder, _NAME, "article"), arrays["article"], len(ids), lowest=-1
        )
        return cls(ids, **arrays)


def find_bank_answer(question: BankQuestion, finder: AnswerFinder) -> tuple[Answer, bool] | None:
    """Return the most likely answer of a question of the bank, and whether it is sure enough.

    An article that checks this very question is a sure answer; one that asks it is never one.
    """
    if question.headline_of:
        return Answer(question.headline_of[0], 0, 1.0), True
    return finder.likely(question.text, exclude=question.asked_by)
