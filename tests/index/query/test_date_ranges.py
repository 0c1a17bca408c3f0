from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.date_ranges import EXAMPLES, date_range

TODAY = date(2024, 3, 13)  # a Wednesday, a fortnight after a 29 February


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2024-03-13", "2024-03-13"),
        ("Yesterday", "2024-03-12", "2024-03-12"),
        ("last 30 days", "2024-02-12", "2024-03-13"),
        ("past two weeks", "2024-02-28", "2024-03-13"),
        ("past week", "2024-03-06", "2024-03-13"),
        ("past 2 years", "2022-03-13", "2024-03-13"),
        ("last 1 month", "2024-02-13", "2024-03-13"),
        ("last week", "2024-03-04", "2024-03-10"),
        ("last month", "2024-02-01", "2024-02-29"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("this week", "2024-03-11", "2024-03-13"),
        ("this month", "2024-03-01", "2024-03-13"),
        ("this year", "2024-01-01", "2024-03-13"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-5-7", "2023-05-07", "2023-05-07"),
        ("may 2023", "2023-05-01", "2023-05-31"),
        ("Sept. 2023", "2023-09-01", "2023-09-30"),
        ("May 5th, 2023", "2023-05-05", "2023-05-05"),
        ("5 May 2023", "2023-05-05", "2023-05-05"),
        ("2021..2023", "2021-01-01", "2023-12-31"),
        ("2023 .. 2021", "2021-01-01", "2023-12-31"),
        ("2021-03..may 2022", "2021-03-01", "2022-05-31"),
        ("2021..", "2021-01-01", None),
        ("..2021", None, "2021-12-31"),
        ("since 2021", "2021-01-01", None),
        ("until may 2023", None, "2023-05-31"),
        ("before 2020", None, "2019-12-31"),
        ("last 9999 years", "0001-01-01", "2024-03-13"),
        ("past 9999 weeks", "1832-07-25", "2024-03-13"),
    ],
)
def test_says_what_people_mean(text: str, start: str | None, end: str | None) -> None:
    expected = tuple(date.fromisoformat(day) if day else None for day in (start, end))
    assert date_range(text, TODAY) == expected


def test_every_example_in_the_error_can_be_read() -> None:
    for example in EXAMPLES.split(", "):
        assert any(date_range(example, TODAY))


def test_a_month_back_from_a_long_month_ends_with_the_short_one() -> None:
    assert date_range("last 1 month", date(2023, 3, 31))[0] == date(2023, 2, 28)


def test_the_beginning_of_time_is_no_error() -> None:
    assert date_range("past 10 days", date(1, 1, 3)) == (date.min, date(1, 1, 3))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "soon",
        "2023-13",
        "2023-02-30",
        "0000",
        "smarch 2020",
        "1..2..3",
        "٢٠٢٣",
        "9" * 9999,
    ],
)
def test_unreadable_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="last 30 days"):
        date_range(text, TODAY)


@given(st.text() | st.from_regex(r"(last|past|this|since|) ?[0-9]{0,5} ?(day|week|year|..)s?"))
def test_any_text_gives_an_ordered_range_or_one_clear_error(text: str) -> None:
    try:
        start, end = date_range(text, TODAY)
    except ValueError as error:
        assert "Write one like" in str(error)
    else:
        assert start or end
        assert not (start and end) or start <= end
