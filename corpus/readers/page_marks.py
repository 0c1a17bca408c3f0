"""Marks of pages in every language: the words that open a part, as parts of patterns.

The table is ``marks.toml``; its head says what each mark is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("marks.toml")

_ANY_APOSTROPHE = "['’\u02bc]"


@cache
def page_marks() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the marks by kind and language, as they stand in the table."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    kinds = dict.fromkeys(kind for marks in table.values() for kind in marks)
    return {
        kind: {language: tuple(marks.get(kind, ())) for language, marks in table.items()}
        for kind in kinds
    }


def mark_pattern(*kinds: str) -> str:
    """Return a regular expression, without groups that count, for any mark of some kinds.

    Longer marks come first, so that "Summary of the results" is not taken for "Summary".
    """
    marks = {mark for kind in kinds for listed in page_marks()[kind].values() for mark in listed}
    spelt = [_spelt_mark(mark) for mark in sorted(marks, key=lambda mark: (-len(mark), mark))]
    return f"(?:{'|'.join(spelt)})"


@cache
def _followups_heading() -> re.Pattern[str]:
    return re.compile(rf"¿?{mark_pattern('followups')} ?[?\u061f\uff1f]?:?", re.IGNORECASE)


def is_followups_heading(heading: str) -> bool:
    """Return whether the questions that a page recommends stand below this heading."""
    return _followups_heading().fullmatch(" ".join(heading.split())) is not None


def _spelt_mark(mark: str) -> str:
    # lines have single blanks when they are read
    return re.escape(mark).replace("/", " ?/ ?").replace(r"\ ", " ").replace("'", _ANY_APOSTROPHE)
