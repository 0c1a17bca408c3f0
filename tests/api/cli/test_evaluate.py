"""`divedeeper evaluate search` on a folder whose right answers are known by construction."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main

TOPICS = ("garlic influenza", "carrots eyesight", "bats blindness", "tea thirst", "goldfish memory")


def _rows(rows: Sequence[Mapping[str, str]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def _put(path: Path, text: str, packed: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if packed:
        path = path.with_name(f"{path.name}.gz")
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


def _corpus(folder: Path, packed: bool = False) -> None:
    twins = [{"_id": f"twin{n}", "title": "Moon cheese", "text": "Moon cheese."} for n in range(3)]
    rows = [
        {"_id": f"d{n}", "title": f"Is it {topic}?", "text": f"About {topic}."}
        for n, topic in enumerate(TOPICS)
    ]
    _put(folder / "corpus.jsonl", _rows([*rows, *twins]), packed)


def _queries(folder: Path, packed: bool = False) -> None:
    rows = [
        {"_id": f"q{n}", "text": f"is it true: {topic}", "short": "moon cheese", "before": topic}
        for n, topic in enumerate(TOPICS)
    ]
    _put(folder / "queries.jsonl", _rows(rows), packed)
    head = "query-id\tcorpus-id\tscore\n"
    for split, numbers in (("dev", (0, 1, 2)), ("train", (3, 4))):
        text = head + "".join(f"q{n}\td{n}\t1\n" for n in numbers)
        _put(folder / "qrels" / f"{split}.tsv", text, packed)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("DIVEDEEPER_ENCODER", "none")
    return tmp_path / "cache" / "divedeeper" / "evaluate"


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    _corpus(tmp_path / "beir")
    _queries(tmp_path / "beir")
    return tmp_path / "beir"


def _run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = 0
    try:
        main(["evaluate", "search", *map(str, arguments)])
    except SystemExit as end:
        code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    code, out, err = _run(capsys, *arguments, "--json")
    assert code == 0, err
    assert out.count("\n") == 1
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_json_is_one_object_with_every_figure(beir: Path, capsys: Any) -> None:
    found = _json(capsys, beir, "--split", "dev")
    assert found["queries"] == 3
    assert found["splits"] == ["dev"]
    for name in ("MAP@5", "MRR@10", "nDCG@10", "recall@10", "recall@100"):
        assert found[name] == 1.0
    assert len(found["ms p50/p95/p99"]) == len(found["served ms p50/p95/p99"]) == 3
    assert found["build seconds"] >= 0
    assert found["index bytes"] > 0


def test_people_see_every_figure(beir: Path, capsys: Any) -> None:
    code, out, _ = _run(capsys, beir, "--split", "dev")
    assert code == 0
    assert "MAP@5" in out
    assert "recall@100" in out
    assert "index bytes" in out


def test_without_a_split_all_are_measured_together(beir: Path, capsys: Any) -> None:
    found = _json(capsys, beir)
    assert found["queries"] == 5
    assert found["splits"] == ["dev", "train"]


def test_a_split_that_is_not_there_is_an_error_that_names_those_that_are(
    beir: Path, capsys: Any
) -> None:
    code, out, err = _run(capsys, beir, "--split", "test", "--json")
    assert code == 1
    assert out == ""
    assert "'test'" in err
    assert "dev, train" in err


def test_what_is_missing_is_reported_before_the_work(
    beir: Path, tmp_path: Path, capsys: Any
) -> None:
    (beir / "corpus.jsonl").unlink()
    code, _, err = _run(capsys, beir, "--split", "dev")
    assert code == 1
    assert "--corpus" in err
    code, _, err = _run(capsys, tmp_path / "nothing")
    assert code == 1
    assert "qrels" in err
    code, _, err = _run(capsys, beir, "--run", tmp_path / "nowhere" / "run.txt")
    assert code == 1
    assert "nowhere" in err


def test_a_second_split_costs_no_second_build(beir: Path, cache: Path, capsys: Any) -> None:
    _json(capsys, beir, "--split", "dev")
    built = {path: path.stat().st_mtime_ns for path in cache.rglob("index.json")}
    assert len(built) == 1
    assert _json(capsys, beir, "--split", "train")["build seconds"] == 0
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("index.json")} == built


@pytest.mark.parametrize("packed", [False, True])
def test_the_corpus_may_be_elsewhere_and_every_file_gzipped(
    tmp_path: Path, packed: bool, capsys: Any
) -> None:
    _corpus(tmp_path / "corpus", packed)
    _queries(tmp_path / "queries", packed)
    file = next((tmp_path / "corpus").iterdir())
    for corpus in (tmp_path / "corpus", file):
        found = _json(capsys, tmp_path / "queries", "--split", "dev", "--corpus", corpus)
        assert found["MAP@5"] == 1.0


def test_another_field_is_searched_and_a_context_helps_it(beir: Path, capsys: Any) -> None:
    alone = _json(capsys, beir, "--split", "dev", "--query-field", "short")
    assert alone["MAP@5"] == 0.0
    context = ["--query-field", "short", "--context-field", "before"]
    assert _json(capsys, beir, "--split", "dev", *context)["MAP@5"] > 0.0


def test_a_run_has_at_most_100_rows_a_query_and_scores_that_fall_with_the_rank(
    beir: Path, tmp_path: Path, capsys: Any
) -> None:
    run = tmp_path / "run.txt"
    _json(capsys, beir, "--split", "dev", "--query-field", "short", "--run", run)
    rows = [line.split(" ") for line in run.read_text(encoding="utf-8").splitlines()]
    assert {row[0] for row in rows} == {"q0", "q1", "q2"}
    for query in ("q0", "q1", "q2"):
        own = [row for row in rows if row[0] == query]
        assert [int(row[3]) for row in own] == list(range(1, len(own) + 1))
        assert 3 <= len(own) <= 100  # three twins tie
        scores = [float(row[4]) for row in own]
        assert all(a > b for a, b in itertools.pairwise(scores))
        assert all(row[1] == "Q0" and row[5] == "divedeeper" for row in own)
