"""Quality of search and follow-up questions: which sets are measured, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import quality, result_files


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the commands that would have measured, each as its words."""
    made: list[list[str]] = []

    def evaluate(what: str, folder: Path, options: list[str]) -> dict[str, object]:
        made.append([what, folder.name, *options])
        return {"splits": ["dev"], "queries": 2, "MAP@5": 0.5, "ms p50/p95/p99": [1.0, 2.0, 3.0]}

    monkeypatch.setattr(quality, "_evaluate", evaluate)
    monkeypatch.setattr(result_files, "current_commit", lambda: "abc")
    return made


def _folder(root: Path) -> Path:
    for name, split in (("scifact", "train"), ("factcheck_questions", "claim")):
        qrels = root / "search" / name / "qrels"
        qrels.mkdir(parents=True)
        (qrels / f"{split}.tsv").write_text("", encoding="utf-8")
    (root / "search" / "factchecktweet").mkdir()
    (root / "followup" / "clariq" / "dev").mkdir(parents=True)
    return root


def test_sets_that_are_there_are_measured_the_others_named(
    tmp_path: Path, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results"
    folder = _folder(tmp_path / "eval")
    assert quality.main([str(folder), "--encoder", "none", "--results", str(results)]) == 0
    corpus = str(folder / "search" / "factchecktweet")
    assert calls == [
        [*"search factcheck_questions --split claim --encoder none --corpus".split(), corpus],
        ["search", "scifact", "--split", "train", "--encoder", "none"],
        ["questions", "dev", "--encoder", "none"],
    ]
    assert "checkthat2022_2a dev: not in" in capsys.readouterr().err
    record = json.loads((results / "search-abc.json").read_text(encoding="utf-8"))
    first = record["rows"][0]
    assert first["set"] == "factcheck_questions claim"
    assert first["encoder"] == "none"
    assert (first["ms p50"], first["ms p95"], first["ms p99"]) == (1.0, 2.0, 3.0)
    assert "splits" not in first


def test_both_encoders_of_one_commit_share_a_file(tmp_path: Path, calls: list[list[str]]) -> None:
    folder = _folder(tmp_path / "eval")
    for encoder in ("none", "auto"):
        options = ["--encoder", encoder, "--only", "scifact", "--results", str(tmp_path)]
        assert quality.main([str(folder), *options]) == 0
    record = json.loads((tmp_path / "search-abc.json").read_text(encoding="utf-8"))
    assert [row["encoder"] for row in record["rows"]] == ["none", "auto"]
    assert len(calls) == 2


def test_a_folder_without_any_set_is_said(
    tmp_path: Path, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert quality.main([str(tmp_path), "--results", str(tmp_path)]) == 1
    assert "holds none of the sets" in capsys.readouterr().err
    assert not calls
