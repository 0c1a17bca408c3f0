from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from recommender.question_generation.made_question import (
    ASKED,
    MadeQuestion,
    open_made_questions,
    save_made_questions,
)


def test_only_the_rule_of_own_questions_counts_as_asked() -> None:
    assert MadeQuestion("Is Ulm old?", "a1", "headline", ASKED).asked
    assert not MadeQuestion("Is Ulm old?", "a1", "headline", "copula first").asked


QUESTIONS = [
    MadeQuestion("Did Jane Roe sell the port of Ulm?", "a1", "headline", "do-support"),
    None,
    MadeQuestion("What is behind “owls sing at noon”?", "ö3", "claim", "quoted claim"),
]


def test_questions_are_read_as_they_were_written_row_by_row(tmp_path: Path) -> None:
    save_made_questions(tmp_path, QUESTIONS)
    assert open_made_questions(tmp_path) == QUESTIONS


def test_an_empty_archive_has_an_empty_list(tmp_path: Path) -> None:
    save_made_questions(tmp_path, [])
    assert open_made_questions(tmp_path) == []


def test_a_missing_or_damaged_file_is_an_archive_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"made-questions\.json.* is missing"):
        open_made_questions(tmp_path)
    save_made_questions(tmp_path, QUESTIONS)
    file = next(tmp_path.iterdir())
    file.write_text(file.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    with pytest.raises(ArchiveError, match="is damaged"):
        open_made_questions(tmp_path)
