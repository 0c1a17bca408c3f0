"""Values that lines of their own state at the head of a page: day, claim, claimant, verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.readers.page import line_patterns as patterns

MAX_VALUE_CHARACTERS = {  # a longer text behind the mark is prose that begins like one
    "claim": 1_000,
    "claimant": 150,
    "verdict": 60,
}


@dataclass(slots=True)
class HeadValues:
    """What the head of a page states, and its other lines."""

    lines: list[str] = field(default_factory=list)
    checked_on: date | None = None
    published_on: date | None = None
    stated: dict[str, str] = field(default_factory=dict)


def split_head_values(lines: Sequence[str]) -> HeadValues:
    """Return the values of the lines above the text; of two of a kind the first counts.

    A mark alone on its line has its value on the next. Authors are left out, for an article has
    none; on the first line their names may be the headline, and stay.
    """
    found = HeadValues()
    waiting = ""  # the mark that the line before was
    for place, line in enumerate(lines):
        kind, value = patterns.value_in_line(line) or (waiting, line if waiting else "")
        waiting = ""
        if kind and kind not in found.stated:
            if not value and _may_be_value(kind, lines[place + 1 : place + 2]):
                waiting = kind
                continue
            if _may_be_value(kind, [value]):
                found.stated[kind] = value
                continue
        if not _take_day(found, line) and not (found.lines and patterns.is_byline(line)):
            found.lines.append(line)
    return found


def _may_be_value(kind: str, lines: Sequence[str]) -> bool:
    line = lines[0] if lines else ""
    return (
        0 < len(line) <= MAX_VALUE_CHARACTERS[kind]
        and not line.startswith("#")
        and patterns.headline_in_line(line) is None
        and patterns.value_in_line(line) is None
    )


def _take_day(found: HeadValues, line: str) -> bool:
    """Return whether the line is a date, and keep its day."""
    is_check, day = patterns.checked_date_in_line(line)
    found.checked_on = found.checked_on or day
    if is_check:
        return True
    published = patterns.published_date_in_line(line)
    found.published_on = found.published_on or published
    return published is not None
