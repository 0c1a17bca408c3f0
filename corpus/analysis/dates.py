"""Date parsing for written dates, strict: what is not one clear day is None.

A library that guesses would take "May 5" for a day of this year and change its answer tomorrow.
Months are read in seven languages by names and abbreviations of our own table, in others by those
of Unicode's CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal

from babel import Locale

from corpus.analysis.folding import digits_table
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

DayOrder = Literal["day first", "month first"]
"""What the first number of 03/04/2025 is."""

# Other languages whose months are read, by their names in CLDR.
_MORE_LANGUAGES = (
    "hi ar ja ko zh tr pl ru uk cs sk hu ro bg hr sr sl el he fa ur bn ta te mr gu kn ml pa ne id"
    " ms vi th sv nb da fi et lv lt ca eu gl is sq mk ka hy az kk sw tl"
).split()
_OLDEST_SECONDS = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
_NEWEST_SECONDS = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}(?:[.,]\d+)?(?:z|[+-]\d\d:?\d*)?)?", re.I)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_OPEN_ORDER = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
# What follows the day where the hour is said, too.
_TIME = re.compile(
    r"(?<=\d)(?:[T,]|,?\s*(?:at|um|a las?|as|às|à|alle|om|kl\.?|-|–|\|)?\s+)\s*"
    r"\d{1,2}\s?[:.hH]\s?\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?\s*(?:uhr|[ap]\.?m\.?)?\s*"
    r"(?:[+-]\d\d:?\d*|[A-Za-z]{1,5}(?:[+-]\d{1,2})?)?(?:\[[\w/]+\])?$",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|o)? ?(?:de )?([a-z]{3,10})\.?,? ?(?:de |del )?(\d{4})"
)
_ANY_DAY_FIRST = re.compile(r"(\d{1,2})\W{0,2}(?:de )?(\D{2,25}?)\.?,? ?(?:de )?(\d{4})\D{0,3}")
_ANY_MONTH_FIRST = re.compile(r"(\D{2,25}?)\.? (\d{1,2}),? (\d{4})")
_ANY_YEAR_FIRST = re.compile(r"(\d{4})\.? ?(?:m\. |\. )?(\D{2,25}?)\.? (\d{1,2})\W{0,2}d?\.?")
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


def parse_date(text: str, order: DayOrder | None = None) -> date | None:
    """Return the day that ``text`` states, None for no day or an ambiguous one.

    Parameters
    ----------
    text
        Year-month-day, with or without separators, "October 24, 2025", "24 Oct 2025",
        "5. Dezember 2022", "24.10.2025", "2025年10月24日"; each may be followed by a time of day
        and begin with a weekday (RFC 822). A time zone does not move the day: it is the writer's.
    order
        What "03/04/2025" means, which is another day in Europe than in America; None leaves it
        unread unless one of the numbers can be no month.
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= MAX_DATE_CHARACTERS:
        return None
    if not text.isascii():
        text = text.translate(digits_table())
    if found := _BASIC.fullmatch(text):
        return _date_or_none(found[1], int(found[2]), found[3])
    text = _TIME.sub("", text)
    if found := _YEAR_FIRST.fullmatch(text) or _EAST_ASIAN.fullmatch(text):
        year, month, day = (group for group in found.groups() if group not in "-/.")
        return _date_or_none(year, int(month), day)
    if found := _DOTTED.fullmatch(text):
        return _date_or_none(found[3], int(found[2]), found[1])
    if found := _OPEN_ORDER.fullmatch(text):
        order = day_order(text) or order
        if order is None:
            return None
        day, month = (found[1], found[3]) if order == "day first" else (found[3], found[1])
        return _date_or_none(found[4], int(month), day)
    return _date_in_words(_WEEKDAY.sub("", " ".join(fold(text).split())))


def day_order(text: str) -> DayOrder | None:
    """Return what order a date such as "24/10/2025" shows, None where it shows none."""
    found = _OPEN_ORDER.fullmatch(_TIME.sub("", text.strip()[:MAX_DATE_CHARACTERS]))
    if found is None or (int(found[1]) > 12) == (int(found[3]) > 12):
        return None
    return "day first" if int(found[1]) > 12 else "month first"


def has_open_day_order(text: str) -> bool:
    """Return whether ``text`` is a date such as "03/04/2025", of two possible days."""
    found = _OPEN_ORDER.fullmatch(_TIME.sub("", text.strip()[:MAX_DATE_CHARACTERS]))
    return found is not None and found[1] != found[3] and max(int(found[1]), int(found[3])) <= 12


def date_of_timestamp(seconds: float) -> date | None:
    """Return the day, in UTC, of seconds or milliseconds since 1970; None outside 1990 to 2100.

    A smaller number is rather a year, a count or an id.
    """
    if abs(seconds) >= _NEWEST_SECONDS:
        seconds = seconds / 1_000
    if not _OLDEST_SECONDS <= seconds < _NEWEST_SECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment that ``text`` states; one without a time zone is in ``zone``.

    A day alone is its first moment. ISO 8601 and RFC 822 are read, None is returned for others.
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, OverflowError):  # of a year with twenty digits
            day = parse_date(text)
            if day is None:
                return None
            moment = datetime(day.year, day.month, day.day)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:  # the first hours of the year 1, the last of the year 9999
        return None


def _date_in_words(plain: str) -> date | None:
    if found := _MONTH_FIRST.fullmatch(plain):
        month, day, year = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
    else:
        return _date_in_more_languages(plain)
    if month in MONTH_NUMBERS:
        return _date_or_none(year, MONTH_NUMBERS[month], day)
    return _date_in_more_languages(plain)


def _date_in_more_languages(plain: str) -> date | None:
    if not any(c.isdigit() for c in plain):
        return None
    if found := _ANY_DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
    elif found := _ANY_MONTH_FIRST.fullmatch(plain):
        month, day, year = found.groups()
    elif found := _ANY_YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
    else:
        return None
    return _date_or_none(year, _more_months().get(month.strip(" .,"), 0), day)


@cache
def _more_months() -> Mapping[str, int]:
    """Return month numbers by folded name, in the other languages.

    A name that is two months in two languages is left out. CLDR is read with the first date that
    needs it.
    """
    numbers: dict[str, set[int]] = {}
    for language in _MORE_LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    key = " ".join(fold(str(name)).split()).strip(" .,")
                    numbers.setdefault(key, set()).add(int(number))
    return {
        name: found.pop()
        for name, found in numbers.items()
        if len(found) == 1 and not name.isdigit() and name not in MONTH_NUMBERS
    }


def _date_or_none(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
