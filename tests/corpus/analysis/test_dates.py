"""A written date is read where it is one clear day, in seven languages; else it is None."""

from __future__ import annotations

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.dates import MAX_DATE_CHARACTERS, MONTH_NUMBERS, parse_date, parse_moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 24, 2025", date(2025, 10, 24)),
        ("Oct 24, 2025", date(2025, 10, 24)),
        ("Sept. 3rd, 2025", date(2025, 9, 3)),
        ("2025-10-24", date(2025, 10, 24)),
        ("2025-10-24T08:15:00+02:00", date(2025, 10, 24)),
        ("2025/1/4", date(2025, 1, 4)),
        ("24 October 2025", date(2025, 10, 24)),
        ("Friday, 24 October 2025", date(2025, 10, 24)),
        ("5. Dezember 2022", date(2022, 12, 5)),
        ("1. März 2022", date(2022, 3, 1)),
        ("1er août 2021", date(2021, 8, 1)),
        ("3 de abril de 2020", date(2020, 4, 3)),
        ("7 giugno 2019", date(2019, 6, 7)),
        ("2 maart 2019", date(2019, 3, 2)),
        ("24.10.2025", date(2025, 10, 24)),
        ("", None),
        ("soon", None),
        ("May 5", None),
        ("03/04/2025", None),
        ("2025-02-30", None),
        ("5 jui 2022", None),  # June or July
        ("0000-01-01", None),
        ("٢٠٢٥-١٠-٢٤", date(2025, 10, 24)),
    ],
)
def test_a_date_is_read_where_it_is_one_day(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_written_out_date_comes_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == day
    assert parse_date(f"{day.day}. {day:%b} {day.year}") == day


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or parse_date(found.isoformat()) == found


def test_a_text_too_long_for_a_date_is_none() -> None:
    assert parse_date("2025-10-24 08:15" + "x" * MAX_DATE_CHARACTERS) is None


def test_the_month_table_holds_names_and_abbreviations_that_fit_one_month() -> None:
    assert set(MONTH_NUMBERS.values()) == set(range(1, 13))
    for name, number in {
        "may": 5,
        "sept": 9,
        "december": 12,
        "marz": 3,
        "août": 0,
        "jui": 0,
    }.items():
        assert MONTH_NUMBERS.get(name, 0) == number
    assert all(len(name) >= 3 and name.isascii() for name in MONTH_NUMBERS)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_a_moment_that_no_calendar_has_is_none(text: str) -> None:
    assert parse_moment(text, UTC) is None
