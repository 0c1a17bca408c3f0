"""Stored suggestions: what was written is what is read, and nothing cut short is."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from recommender.suggestions.stored import (
    StoredSuggestions,
    encode_stored_questions,
    encode_stored_related,
    write_stored_lists,
)
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

QUESTION = QuestionSuggestion(
    "a1",
    "Can bats “see”\n at dusk?",
    1.25,
    "own",
    Answer("b", 2, 0.75),
    ("asked by this article",),
    ("wording: vague",),
)
UNANSWERED = QuestionSuggestion(
    "a2", "How \ud800 odd?", -0.1, "archive", from_check=True, probability=0.25
)
RELATED = RelatedSuggestion("b", 0.5, "update", 0.75, 0.5, ("same topic: animals",))


def write(folder: Path) -> None:
    write_stored_lists(
        folder,
        "questions",
        [encode_stored_questions([QUESTION, UNANSWERED]), encode_stored_questions([])],
    )
    write_stored_lists(
        folder, "related", [encode_stored_related([RELATED]), encode_stored_related([])]
    )


def test_a_list_comes_back_as_it_was(tmp_path: Path) -> None:
    write(tmp_path)
    stored = StoredSuggestions(tmp_path, 2)
    assert stored.suggestions(0) == Suggestions((QUESTION, UNANSWERED), (RELATED,))
    assert stored.suggestions(1) == Suggestions((), ())
    for row in (-1, 2):
        with pytest.raises(IndexError):
            stored.suggestions(row)


def test_lists_of_another_number_of_articles_and_lists_cut_short_are_not_read(
    tmp_path: Path,
) -> None:
    write(tmp_path)
    with pytest.raises(ArchiveError, match=r"related\.starts\.npy.*divedeeper build"):
        StoredSuggestions(tmp_path, 3)
    path = tmp_path / "related.jsonl"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ArchiveError, match=r"related\.starts\.npy"):
        StoredSuggestions(tmp_path, 2)
    path.unlink()
    with pytest.raises(ArchiveError, match=r"related\.jsonl: is missing"):
        StoredSuggestions(tmp_path, 2)


def test_an_archive_without_articles_has_no_lists(tmp_path: Path) -> None:
    write_stored_lists(tmp_path, "questions", [])
    write_stored_lists(tmp_path, "related", [])
    with pytest.raises(IndexError):
        StoredSuggestions(tmp_path, 0).suggestions(0)
