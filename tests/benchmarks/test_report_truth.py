"""The report against grades: which entries count, and correlations worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.report_truth import JudgedRun, _mean_grade, _pages, _rows
from recommender.evaluation.next_reads import Graded

RECORD = {
    "source": "s",
    "related": ["a", "b", "c", "d", "e", "f"],
    "questions": [
        {"text": "Is it?", "article": "a", "section": 1, "origin": "archive"},
        {"text": "Was it?", "article": None, "section": 0, "origin": "fallback"},
        {"text": "Why is it?", "article": "b", "section": 0, "origin": "own"},
    ],
}
GRADES = {"a": Graded(3, False), "c": Graded(0, False)}


def test_a_run_is_read_as_the_archives_questions_and_the_first_related_articles() -> None:
    questions, related = _pages(RECORD)
    assert [q.answer.article_id if q.answer else None for q in questions.questions] == ["a", None]
    assert [r.article_id for r in related.related] == ["a", "b", "c", "d", "e"]


def test_what_nobody_graded_does_not_count_in_the_mean_grade() -> None:
    questions, related = _pages(RECORD)
    assert _mean_grade(GRADES, questions) == 3.0
    assert _mean_grade(GRADES, related) == 1.5
    assert _mean_grade({}, related) is None


def test_correlations_are_of_each_list_and_of_all_systems_together() -> None:
    judged = [
        JudgedRun(system, "related", quality, grade)
        for system, quality, grade in (
            ("old", 0.1, 0.0),
            ("old", 0.2, 1.0),
            ("old", 0.3, 2.0),
            ("new", 0.9, 1.0),
        )
    ]
    rows = {(row["system"], row["list"]): row for row in _rows(judged)}
    assert rows["old", "related"]["Pearson"] == pytest.approx(1.0)
    assert rows["old", "related"]["Spearman"] == pytest.approx(1.0)
    assert "Pearson" not in rows["new", "related"]
    assert rows["all", "both"]["lists"] == 4
    assert 0.0 < float(str(rows["all", "related"]["Pearson"])) < 1.0
