"""Marks of pages: one table for all languages, each mark of one kind."""

from __future__ import annotations

import re

import pytest

from corpus.readers.page import line_patterns as patterns
from corpus.readers.page_marks import mark_pattern, page_marks

LANGUAGES = {"en", "de", "es", "fr", "pt", "it", "hi", "ar", "ja", "tr"}
MARKS = [
    (kind, language, mark)
    for kind, by_language in page_marks().items()
    for language, marks in by_language.items()
    for mark in marks
]


def of(*kinds: str) -> list[str]:
    return sorted({mark for kind, _, mark in MARKS if kind in kinds})


def test_every_language_has_marks_of_every_part() -> None:
    for kind, by_language in page_marks().items():
        assert set(by_language) == LANGUAGES
        lacking = {language for language, marks in by_language.items() if not marks}
        # these languages put such words behind the date and the name
        assert lacking <= (
            {"hi", "ja", "tr"} if kind in ("checked_on", "published_on", "by") else set()
        ), kind


@pytest.mark.parametrize("mark", of("headline"))
def test_a_headline_is_read_behind_its_mark(mark: str) -> None:
    assert patterns.headline_in_line(f"{mark.upper()} : X") == "X"


@pytest.mark.parametrize("mark", of("summary"))
def test_a_summary_is_read_behind_its_mark(mark: str) -> None:
    assert patterns.summary_in_line(f"## {mark.capitalize()}") == ""
    assert patterns.summary_in_line(f"{mark}: X") == "X"


@pytest.mark.parametrize("mark", of("followups"))
def test_questions_open_behind_their_mark(mark: str) -> None:
    for line in (f"{mark}?", f"{mark} ?", f"¿{mark}?", f"## {mark}\u061f", f"{mark}:"):
        assert patterns.split_line_at_followups(line) == ("", ""), line
    assert patterns.split_line_at_followups(f"No. {mark}? Why?") == ("No.", "Why?")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_standard_parts_have_their_number_in_every_language(number: int) -> None:
    for mark in of(f"part_{number}"):
        heading = patterns.heading_in_line(mark)
        assert heading == patterns.Heading(number, mark, "", known=True), mark
        assert patterns.is_results_heading(mark) == (number == 1)
        joined = patterns.split_line_at_heading(f"No tram [1]. {number}. {mark} X", number)
        assert joined == ("No tram [1].", f"{number}. {mark} X"), mark


@pytest.mark.parametrize("kind", ["claim", "claimant", "verdict"])
def test_values_are_read_behind_their_mark(kind: str) -> None:
    for mark in of(kind):
        assert patterns.value_in_line(f"{mark}: X") == (kind, "X")
        assert patterns.value_in_line(mark) == (kind, "")
        assert patterns.value_in_line(f"{mark} X") is None


def test_days_are_read_behind_their_mark() -> None:
    for mark in of("checked_on"):
        assert patterns.checked_date_in_line(f"{mark} 2024-03-09")[1] is not None, mark
    for mark in of("checked"):
        assert patterns.checked_date_in_line(f"{mark}: 2024-03-09")[1] is not None, mark
        assert patterns.checked_date_in_line(f"{mark} 2024-03-09")[0] == (mark in of("checked_on"))
    for mark in of("published_on", "published"):
        assert patterns.published_date_in_line(f"{mark}: 2024-03-09") is not None, mark


def test_authors_are_recognised_by_capitals_and_never_in_a_sentence() -> None:
    for line in ("By Ada North", "Von Ada North und Bo Lind", "Por Ada North, Bo Lind"):
        assert patterns.is_byline(line), line
    for line in ("By the sea", "Von hier aus", "By Ada North, who saw a tram.", "By Ada"):
        assert not patterns.is_byline(line), line


def test_a_mark_opens_one_kind_of_part_only() -> None:
    opening = ("headline", "summary", "sources", "followups", "part_1", "part_2", "part_3")
    for kind in opening:
        for mark in of(kind):
            others = [other for other in opening if other != kind and mark in of(other)]
            assert others == [], mark


def test_apostrophes_and_slashes_are_written_in_any_way() -> None:
    assert patterns.value_in_line("L’affirmation : X") == ("claim", "X")
    assert patterns.heading_in_line("Contesto mancante / punti di vista alternativi") is not None
    assert re.fullmatch(mark_pattern("sources"), "QUELLEN", re.IGNORECASE)
