"""Stored suggestions: what was written is what is read, and nothing half-written is."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.suggestions.stored import (
    StoredSuggestions,
    questions_record,
    related_record,
    write_lists,
)
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion

QUESTION = QuestionSuggestion(
    "a1", "Can bats “see”\n at dusk?", 1.25, "own", Answer("b", 2, 0.75), ("asked by this article",)
)
UNANSWERED = QuestionSuggestion("a2", "How \ud800 odd?", -0.1, "archive")
RELATED = RelatedSuggestion("b", 0.5, "update", "archive", ("same topic: animals",))


def write(folder: Path) -> None:
    write_lists(
        folder, "questions", [questions_record([QUESTION, UNANSWERED]), questions_record([])]
    )
    write_lists(folder, "related", [related_record([RELATED]), related_record([])])


def test_a_list_comes_back_as_it_was_at_most_as_long_as_asked(tmp_path: Path) -> None:
    write(tmp_path)
    StoredSuggestions.seal(tmp_path)
    stored = StoredSuggestions(tmp_path)
    assert stored.questions(0) == (QUESTION, UNANSWERED)
    assert stored.questions(0, 1) == (QUESTION,)
    assert stored.questions(1) == () and stored.related(1) == ()
    assert stored.suggestions(0).related == (RELATED,)


def test_what_was_not_sealed_is_not_read(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(ValueError, match="divedeeper build"):
        StoredSuggestions(tmp_path)


def test_an_archive_without_articles_has_no_lists(tmp_path: Path) -> None:
    write_lists(tmp_path, "questions", [])
    write_lists(tmp_path, "related", [])
    StoredSuggestions.seal(tmp_path)
    with pytest.raises(IndexError):
        StoredSuggestions(tmp_path).questions(0)
