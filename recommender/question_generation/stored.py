"""Made questions of a generation, by row; the next build reuses those of unchanged articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from index.storage.json_files import open_json, save_json
from recommender.question_generation.made_question import MadeQuestion

_NAME = "made-questions"


def save_made_questions(folder: Path, questions: Iterable[MadeQuestion | None]) -> None:
    """Write the question of each article, in the order of the index; None for none."""
    save_json(folder, _NAME, [astuple(question) if question else None for question in questions])


def open_made_questions(folder: Path) -> list[MadeQuestion | None]:
    """Return what ``save_made_questions`` wrote; ArchiveError where it is missing or damaged."""
    return [MadeQuestion(*values) if values else None for values in open_json(folder, _NAME)]
