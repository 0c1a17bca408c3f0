"""Result files: written by kind and commit, rows merged by key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import result_files
from benchmarks.result_files import percentiles, write_result


@pytest.fixture(autouse=True)
def commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_files, "current_commit", lambda: "abc")


def _rows(path: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return rows


def test_a_result_is_named_by_kind_and_commit_and_says_how_it_was_made(tmp_path: Path) -> None:
    path = write_result("search", [{"set": "a", "MAP@5": 0.5}], "make bench", folder=tmp_path)
    assert path.name == "search-abc.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["command"] == "make bench"
    assert record["hardware"]
    assert record["date"]
    assert record["rows"] == [{"set": "a", "MAP@5": 0.5}]


def test_rows_of_another_key_stay_and_those_of_the_same_are_replaced(tmp_path: Path) -> None:
    key = ("set", "encoder")
    for encoder, value in (("none", 1), ("auto", 2), ("none", 3)):
        row = {"set": "a", "encoder": encoder, "x": value}
        path = write_result("search", [row], "", key=key, folder=tmp_path)
    assert [(row["encoder"], row["x"]) for row in _rows(path)] == [("auto", 2), ("none", 3)]


def test_without_a_key_the_rows_replace_those_of_the_file(tmp_path: Path) -> None:
    write_result("engines", [{"x": 1}], "", folder=tmp_path)
    path = write_result("engines", [{"x": 2}], "", folder=tmp_path)
    assert _rows(path) == [{"x": 2}]


def test_percentiles_interpolate() -> None:
    assert percentiles([1.0, 2.0, 3.0]) == {"ms p50": 2.0, "ms p95": 2.9, "ms p99": 2.98}
