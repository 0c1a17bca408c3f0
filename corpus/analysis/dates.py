"""Date parsing for written dates in seven languages, strict: what is not one clear day is None.

A library that guesses would take "May 5" for a day of this year and change its answer tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from corpus.analysis.tokenizer import fold

_MONTH_NAMES = """
january february march april may june july august september october november december
januar februar marz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
"""
MAX_DATE_CHARACTERS = 60  # longer text is no date; it also bounds the work on a hostile page

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d\d.*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|o)? ?(?:de )?([a-z]{3,10})\.?,? ?(?:de |del )?(\d{4})"
)
_WEEKDAY = re.compile(r"^[a-z]{2,12}(?:-feira)?\.?, (?=.*\d)")


def _month_abbreviations() -> dict[str, int]:
    """Return month numbers by name and by every abbreviation that fits one month only."""
    numbers: dict[str, set[int]] = {}
    for line in _MONTH_NAMES.strip().splitlines():
        for number, name in enumerate(line.split(), start=1):
            for length in range(3, len(name) + 1):
                numbers.setdefault(name[:length], set()).add(number)
    return {name: found.pop() for name, found in numbers.items() if len(found) == 1}


MONTH_NUMBERS: Mapping[str, int] = _month_abbreviations()
"""Month numbers by folded name or abbreviation of three letters or more, in all seven languages."""


def parse_date(text: str) -> date | None:
    """Return the day that ``text`` states, None for no day or an ambiguous one.

    Understood are year-month-day with an optional time, "October 24, 2025", "24 Oct 2025",
    "5. Dezember 2022" (English, German, French, Spanish, Italian, Portuguese, Dutch) and
    "24.10.2025". "03/04/2025" is None: it is another day in Europe than in America.
    """
    text = text.strip()
    if not 6 <= len(text) <= MAX_DATE_CHARACTERS:
        return None
    if found := _YEAR_FIRST.fullmatch(text):
        return _date_or_none(found[1], int(found[3]), found[4])
    if found := _DOTTED.fullmatch(text):
        return _date_or_none(found[3], int(found[2]), found[1])
    plain = _WEEKDAY.sub("", " ".join(fold(text).split()))
    if found := _MONTH_FIRST.fullmatch(plain):
        return _date_or_none(found[3], MONTH_NUMBERS.get(found[1], 0), found[2])
    if found := _DAY_FIRST.fullmatch(plain):
        return _date_or_none(found[3], MONTH_NUMBERS.get(found[2], 0), found[1])
    return None


def _date_or_none(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
