"""A question made from a check, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal, Protocol

from index.storage.json_files import open_json, save_json
from recommender.grammar.parse import Parse

ASKED = "asked"  # the rule of questions that a check asks itself
Source = Literal["headline", "claim", "opening"]


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question that ``article_id`` answers. ``rule`` names what made it."""

    text: str
    article_id: str
    source: Source
    rule: str

    @property
    def asked(self) -> bool:
        """Return whether the check itself asks the question."""
        return self.rule == ASKED


class Parser(Protocol):
    """What parses sentences."""

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Return the parse of each text, in order."""
        ...


_NAME = "made-questions"


def save_made_questions(folder: Path, questions: Iterable[MadeQuestion | None]) -> None:
    """Write the question of each article, in the order of the index; None for none."""
    save_json(folder, _NAME, [astuple(question) if question else None for question in questions])


def open_made_questions(folder: Path) -> list[MadeQuestion | None]:
    """Return what ``save_made_questions`` wrote; ArchiveError where it is missing or damaged."""
    return [MadeQuestion(*values) if values else None for values in open_json(folder, _NAME)]
