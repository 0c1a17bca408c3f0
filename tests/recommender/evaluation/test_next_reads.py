"""Figures of graded next reads, against values worked out by hand."""

from __future__ import annotations

import io
import json
from math import log2
from pathlib import Path

import pytest

from recommender.evaluation.next_reads import (
    Estimate,
    Graded,
    ServedLists,
    next_read_figures,
    next_read_ndcg,
    next_reads_led_to,
    read_next_read_grades,
    served_lists,
    write_next_read_run,
)
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

GRADES = {"a": Graded(3, False), "b": Graded(2, True), "c": Graded(0, False), "d": Graded(1, False)}


def question(to: str | None, origin: str = "archive") -> QuestionSuggestion:
    answer = Answer(to, 2, 0.9) if to else None
    return QuestionSuggestion("id", "Is it?", 1.0, origin, answer)  # type: ignore[arg-type]


def served(source: str, related: str, targets: str) -> ServedLists:
    page = Suggestions(
        tuple(question(t) for t in targets),
        tuple(RelatedSuggestion(r, 1.0, "same topic") for r in related),
    )
    return ServedLists(source, tuple(related), page)


def mean(found: object, name: str) -> float:
    assert isinstance(found, dict)
    estimate = found[name]
    assert isinstance(estimate, Estimate)
    assert estimate.low <= estimate.mean <= estimate.high
    return estimate.mean


def test_ndcg_by_hand() -> None:
    ideal = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert next_read_ndcg(GRADES, ["b", "c", "a"]) == pytest.approx(
        (3 / log2(2) + 7 / log2(4)) / ideal
    )
    assert next_read_ndcg(GRADES, ["a", "b", "d", "c"]) == pytest.approx(1.0)


def test_what_nobody_graded_is_left_out_and_not_counted_as_bad() -> None:
    assert next_read_ndcg(GRADES, ["x", "a", "y", "b", "d", "c"]) == pytest.approx(1.0)
    found = next_read_figures({"s": GRADES}, [served("s", "xa", "xa")])
    assert mean(found["related"], "ungraded") == 0.5
    assert mean(found["related"], "strangers") == 0.0
    assert mean(found["questions"], "places filled") == 2.0


def test_shares_are_of_all_entries_that_were_graded() -> None:
    two = {"s": GRADES, "t": {"a": Graded(0, False)}}
    found = next_read_figures(two, [served("s", "abd", "ab"), served("t", "a", "")])
    assert mean(found["related"], "strangers") == 0.5
    assert mean(found["related"], "graded 0") == 0.25
    assert mean(found["related"], "mean grade") == 1.5
    assert mean(found["related"], "twins") == 0.25
    assert mean(found["questions"], "places filled") == 1.0


def test_editors_own_questions_are_no_places_of_the_archive() -> None:
    page = Suggestions((question("a", "own"), question(None), question("s"), question("b")), ())
    assert next_reads_led_to("s", page) == ["b"]


def test_a_run_names_what_was_shown() -> None:
    file = io.StringIO()
    write_next_read_run(file, [served("s", "ab", "c")])
    assert json.loads(file.getvalue()) == {
        "source": "s",
        "related": ["a", "b"],
        "questions": [{"text": "Is it?", "article": "c", "section": 2, "origin": "archive"}],
        "related_beside_questions": ["a", "b"],
    }


def test_grades_are_read(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text(
        "source-id\tarticle-id\tgrade\ttwin\ns\ta\t3\t0\ns\tb\t2\t1\n"
    )
    assert read_next_read_grades(tmp_path, "dev") == {
        "s": {"a": Graded(3, False), "b": Graded(2, True)}
    }


@pytest.mark.parametrize("row", ["s\ta\t4\t0", "s\ta\t1", "s\ta\tx\t0", "s\ta\t1\t2"])
def test_a_row_that_is_no_grade_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text(
        f"source-id\tarticle-id\tgrade\ttwin\ns\ta\t3\t0\n{row}\n"
    )
    with pytest.raises(ValueError, match="line 3"):
        read_next_read_grades(tmp_path, "dev")


def test_a_missing_split_and_an_unknown_source_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"test\.tsv is missing"):
        read_next_read_grades(tmp_path, "test")

    def unknown(source: str) -> ServedLists:
        raise KeyError(source)

    with pytest.raises(ValueError, match="no published article 'nowhere'"):
        list(served_lists(["nowhere"], unknown))
