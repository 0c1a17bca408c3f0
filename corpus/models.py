"""Data classes of the archive: article and its parts, bad record. All are frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


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
class Rating:
    """A publisher's verdict as a number of its scale; the words are the article's ``verdict``.

    A scale may run either way: ``best`` is the number of what is true.
    """

    value: float
    best: float | None = None
    worst: float | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What an article says of its own change; ``text`` is the newsroom's, ``day`` that of it."""

    kind: Literal["correction", "update"]
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One fact check. Only ``id`` and ``headline`` are required; other fields are empty if unknown.

    ``supersedes`` names older checks that this one replaces, ``superseded_by`` newer ones that
    replace it, by their ids or web addresses. ``notices`` are its corrections and updates, which
    stand in its text too where the page has them there. ``verdict`` and ``topic``
    are the publisher's own words, ``language`` a lower-case ISO 639-1 code.

    ``checked_on`` is the day of the check, ``published_on`` of the first publication of its page,
    ``modified_on`` of the last change. ``claimed_on`` and ``appearances`` say when and at which
    addresses the claim was made. ``language_tag`` is the publisher's tag where it says more than
    ``language``, such as ``pt-BR``. ``embargo`` is the moment, with a time zone, at which an
    article that is not ``published`` yet is due. ``system_id`` is the article's name in the system
    that it comes from, ``aliases`` are other ids by which it is found. ``extra`` holds fields that
    the archive has no place for, by name, in order of the names.
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
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    published_on: date | None = None
    modified_on: date | None = None
    claimed_on: date | None = None
    appearances: tuple[str, ...] = ()
    rating: Rating | None = None
    language_tag: str = ""
    embargo: datetime | None = None
    system_id: str = ""
    aliases: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    superseded_by: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

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
