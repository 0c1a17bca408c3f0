"""One line of a page by itself: marker, heading, date, source, or boilerplate of the site."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.page.line_patterns import (
    MAX_HEADING_CHARACTERS,
    Heading,
    checked_date_in_line,
    ends_like_sentence,
    heading_in_line,
    headline_in_line,
    is_boilerplate_line,
    is_footer_line,
    is_listing_line,
    is_sources_line,
    source_in_line,
    split_line_at_followups,
    split_line_at_heading,
    summary_in_line,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Fact check: Do trams fly?", "Do trams fly?"),
        ("# Fact-Check – Do trams fly?", "Do trams fly?"),
        ("FACTCHECK:", ""),
        ("A fact check: no", None),
        ("Do trams fly?", None),
    ],
)
def test_the_headline_follows_its_marker(line: str, expected: str | None) -> None:
    assert headline_in_line(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Executive Summary", ""),
        ("## Summary: No.", "No."),
        ("Executive Summary — Quick answer", "Quick answer"),
        ("Executive summaryNo trams fly.", "No trams fly."),
        ("Summary of the results", None),
        ("A summary", None),
    ],
)
def test_the_summary_follows_its_marker(line: str, expected: str | None) -> None:
    assert summary_in_line(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Want to dive deeper?", ("", "")),
        ("## want to dive deeper", ("", "")),
        ("No tram flies. Want to dive deeper? Why not?", ("No tram flies.", "Why not?")),
        ("They want to dive deeper into it", None),
    ],
)
def test_followups_open_behind_their_marker(line: str, expected: tuple[str, str] | None) -> None:
    assert split_line_at_followups(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2. Why", Heading(2, "Why", "", known=False)),
        ("## Why:", Heading(0, "Why", "", known=False)),
        ("- 3. Why", Heading(3, "Why", "", known=False)),
        ("1. Summary of the results", Heading(1, "Summary of the results", "", known=True)),
        (
            "Missing context/alternative viewpoints",
            Heading(2, "Missing context/alternative viewpoints", "", known=True),
        ),
        (
            "1. Summary of the results No trams fly.",
            Heading(1, "Summary of the results", "No trams fly.", known=True),
        ),
        ("Why", None),
        ("#", None),
        ("2. " + "x" * (MAX_HEADING_CHARACTERS + 1), None),
    ],
)
def test_a_heading_has_a_number_or_a_sign(line: str, expected: Heading | None) -> None:
    assert heading_in_line(line) == expected


def test_a_heading_within_a_line_is_split_off() -> None:
    assert split_line_at_heading("No [2].3. What else", 3) == ("No [2].", "3. What else")
    assert split_line_at_heading("No. 2. Missing context or alternative viewpoints", 1) == (
        "No.",
        "2. Missing context or alternative viewpoints",
    )
    assert split_line_at_heading("It rose by 3.2. People say", 2) is None
    assert split_line_at_heading("No [2].3. What else", 2) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[1] A book", (1, "A book")),
        ("[^12]: A book", (12, "A book")),
        ("- 3. A book", (3, "A book")),
        ("4) A book", (4, "A book")),
        ("A book", None),
        ("12345. A book", None),
    ],
)
def test_a_source_has_a_number(line: str, expected: tuple[int, str] | None) -> None:
    assert source_in_line(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Checked on May 5, 2025", (True, date(2025, 5, 5))),
        ("Last fact-checked: 2025-05-05", (True, date(2025, 5, 5))),
        ("Checked on a Sunday", (True, None)),
        ("5 May 2025", (True, date(2025, 5, 5))),
        ("We checked on Monday", (False, None)),
    ],
)
def test_a_day_is_stated_by_its_marker_or_alone(
    line: str, expected: tuple[bool, date | None]
) -> None:
    assert checked_date_in_line(line) == expected


def test_lines_of_the_site_are_recognised_only_as_whole_lines() -> None:
    assert is_boilerplate_line("Loading…")
    assert is_boilerplate_line("Was this page helpful?")
    assert not is_boilerplate_line("Was this page helpful? Voters said so.")
    assert is_footer_line("Privacy Policy")
    assert not is_footer_line("Privacy Policy of the town")
    assert is_listing_line("12 results")
    assert not is_listing_line("12 results were wrong")
    assert is_sources_line("## References:")
    assert not is_sources_line("Sources say")


def test_a_sentence_ends_with_its_sign() -> None:
    assert ends_like_sentence("No.")
    assert ends_like_sentence("No [1]")
    assert ends_like_sentence("“No”")
    assert not ends_like_sentence("Quick answer")
    assert not ends_like_sentence("")


@given(st.text())
def test_any_line_has_an_answer(line: str) -> None:
    found = heading_in_line(line)
    assert found is None or 0 <= found.number <= 99
    entry = source_in_line(line)
    assert entry is None or 0 <= entry[0] <= 9_999
    around = split_line_at_followups(line)
    assert around is None or all(part in line for part in around)
    stated, day = checked_date_in_line(line)
    assert stated or day is None
