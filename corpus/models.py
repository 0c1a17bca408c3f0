"""The nouns of the archive. All are frozen values: a changed article is a new value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of an article's body; ``heading`` is empty for an unheaded body."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One public source that an article cites as ``[number]``."""

    number: int
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One fact check. Only ``id`` and ``headline`` are always there; the rest where known.

    ``supersedes`` names the ids of older checks that this one replaces. ``verdict`` and ``topic``
    are the publisher's own words, ``language`` a lower-case ISO 639-1 code.
    """

    id: str
    headline: str
    summary: str = ""
    sections: tuple[Section, ...] = ()
    followups: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    checked_on: date | None = None
    claim: str = ""
    claimant: str = ""
    verdict: str = ""
    topic: str = ""
    publisher: str = ""
    url: str = ""
    language: str = "en"
    supersedes: tuple[str, ...] = ()
    published: bool = field(default=True)

    @property
    def body(self) -> str:
        """Return headings and texts of all sections, one paragraph each, without the summary."""
        return "\n".join(part for s in self.sections for part in (s.heading, s.text) if part)


@dataclass(frozen=True, slots=True)
class BadRecord:
    """What a reader could not use: where it is, why, and how to mend it."""

    file: str
    line: int
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}. {self.remedy}"
