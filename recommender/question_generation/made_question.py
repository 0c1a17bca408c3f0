"""A question made from a check, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

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
