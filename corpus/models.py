"""Data classes of the archive: article, section, source, bad record. All are frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an article's body; ``heading`` is empty where it has none."""

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
    """One fact check. Only ``id`` and ``headline`` are required; other fields are empty if unknown.

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
    """A record that a reader could not use: where it is, why, and how to correct it."""

    file: str
    line: int
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}. {self.remedy}"
