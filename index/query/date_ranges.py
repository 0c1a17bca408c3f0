"""Date ranges as people write them: ``last 30 days``, ``may 2023``, ``2021..2023``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from corpus.analysis.dates import MAX_DATE_CHARACTERS, MONTH_NUMBERS

DateRange = tuple[date | None, date | None]

EXAMPLES = (
    "2023, 2023-05, 2023-05-17, may 2023, 2021..2023, since 2021, until may 2023, today, "
    "yesterday, last week, this month, last 30 days, past 2 years"
)

_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_COUNT = rf"([0-9]{{1,4}}|{'|'.join(_NUMBERS)})"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"


def date_range(text: str, today: date) -> DateRange:
    """Return the first and the last day that ``text`` means, both inclusive, None: no bound.

    ``last 30 days`` and ``past week`` reach back from today and hold today. ``last week``,
    ``last month`` and ``last year`` are the calendar one before the present one, as people say it;
    ``this week`` is the present one up to today. Weeks begin on Monday. A range written backwards
    is turned round.

    Raises
    ------
    ValueError
        The text is no date that is known here; the message gives examples.
    """
    cleaned = " ".join(text.lower().replace(",", " ").split())
    if len(cleaned) <= MAX_DATE_CHARACTERS:
        for pattern, meaning in _RANGES:
            if match := pattern.fullmatch(cleaned):
                try:
                    return meaning(match, today)
                except (ValueError, OverflowError):
                    break
    shown = text if len(text) <= MAX_DATE_CHARACTERS else text[:MAX_DATE_CHARACTERS] + "…"
    raise ValueError(f"{shown!r} is not a date that can be read. Write one like: {EXAMPLES}")


def _month_range(year: int, month: int) -> DateRange:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _same_day_months_back(day: date, months: int) -> date:
    """Return the same day ``months`` earlier, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _year_range(match: re.Match[str], today: date) -> DateRange:
    year = int(match[1])
    return date(year, 1, 1), date(year, 12, 31)


def _year_and_month_range(match: re.Match[str], today: date) -> DateRange:
    return _month_range(int(match[1]), int(match[2]))


def _iso_day_range(match: re.Match[str], today: date) -> DateRange:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return day, day


def _named_month_range(match: re.Match[str], today: date) -> DateRange:
    return _month_range(int(match["year"]), _number_of_range_month(match["month"]))


def _named_day_range(match: re.Match[str], today: date) -> DateRange:
    day = date(int(match["year"]), _number_of_range_month(match["month"]), int(match["day"]))
    return day, day


def _number_of_range_month(name: str) -> int:
    if name not in MONTH_NUMBERS:
        raise ValueError(name)
    return MONTH_NUMBERS[name]


def _single_day_range(match: re.Match[str], today: date) -> DateRange:
    day = today - timedelta(days=match[0] == "yesterday")
    return day, day


def _rolling_range(match: re.Match[str], today: date) -> DateRange:
    count = _NUMBERS.get(match[1] or "one") or int(match[1])
    unit = match[2]
    if unit in ("month", "year"):
        return _same_day_months_back(today, count * (12 if unit == "year" else 1)), today
    days = count * (7 if unit == "week" else 1)
    return today - timedelta(days=min(days, (today - date.min).days)), today


def _calendar_range(match: re.Match[str], today: date) -> DateRange:
    monday = today - timedelta(days=today.weekday())
    unit, previous = match[2], match[1] != "this"
    if unit == "week":
        if previous:
            return monday - timedelta(days=7), monday - timedelta(days=1)
        return monday, today
    if unit == "month":
        first = today.replace(day=1)
        return _month_range(*_year_month_before(first)) if previous else (first, today)
    if previous:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return date(today.year, 1, 1), today


def _year_month_before(first: date) -> tuple[int, int]:
    before = first - timedelta(days=1)
    return before.year, before.month


def _open_or_closed_range(match: re.Match[str], today: date) -> DateRange:
    left, right = match[1].strip(), match[2].strip()
    if not left and not right:
        raise ValueError("no end")
    bounds = [date_range(part, today) if part else (None, None) for part in (left, right)]
    start, end = bounds[0][0], bounds[1][1]
    if start and end and start > end:
        return bounds[1][0], bounds[0][1]
    return start, end


def _range_since(match: re.Match[str], today: date) -> DateRange:
    return date_range(match[1], today)[0], None


def _range_until(match: re.Match[str], today: date) -> DateRange:
    return None, date_range(match[1], today)[1]


def _range_before(match: re.Match[str], today: date) -> DateRange:
    start = date_range(match[1], today)[0]
    return None, start - timedelta(days=1) if start else None


Meaning = Callable[[re.Match[str], date], DateRange]
_RANGES: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        # first, or "since 2021" would be taken for a month of that name
        (r"(?:since|after|from) ([^.]+)", _range_since),
        (r"(?:until|to) ([^.]+)", _range_until),
        (r"before ([^.]+)", _range_before),
        (r"([0-9]{4})", _year_range),
        (r"([0-9]{4})[-/]([0-9]{1,2})", _year_and_month_range),
        (r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})", _iso_day_range),
        (rf"{_MONTH} {_YEAR}", _named_month_range),
        (rf"{_MONTH} {_DAY} {_YEAR}", _named_day_range),
        (rf"{_DAY} {_MONTH} {_YEAR}", _named_day_range),
        (r"today|yesterday", _single_day_range),
        (rf"(?:last|past|previous) {_COUNT} (day|week|month|year)s?", _rolling_range),
        (r"past()? (day|week|month|year)", _rolling_range),
        (r"(last|previous|this) (week|month|year)", _calendar_range),
        (r"([^.]*)\.\.\.?([^.]*)", _open_or_closed_range),
    )
)
