"""Files into an archive, and the archive into an index."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from corpus.storage.store import Store
from tests.api.cli.program import Run, write_lines


def test_bad_records_are_named_and_the_exit_code_says_so(tmp_path: Path, run: Run) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\n{"id": "b", "headline": "Is b fine?"}\n', encoding="utf-8")
    ran = run("ingest", bad, "--archive", tmp_path / "archive")
    assert ran.code == 1
    assert "bad.jsonl:1" in ran.err
    assert "1 added" in ran.out
    assert "1 bad record skipped" in ran.out
    ran = run("ingest", bad, "--archive", tmp_path / "archive", "--json")
    assert ran.code == 1
    assert (ran.json["unchanged"], ran.json["bad"], ran.json["articles"]) == (1, 1, 1)
    assert ran.json["bad_records"][0]["line"] == 1
    assert ran.json["bad_records"][0]["remedy"]


def test_ingest_reports_each_path_and_says_when_a_build_is_needed(tmp_path: Path, run: Run) -> None:
    place = ["--archive", tmp_path / "archive"]
    one, two = (
        write_lines(tmp_path / "one.jsonl", "a", "b"),
        write_lines(tmp_path / "two.jsonl", "c"),
    )
    ran = run("ingest", one, two, *place)
    assert "one.jsonl: 2 added" in ran.out
    assert "two.jsonl: 1 added" in ran.out
    assert "divedeeper build" in ran.err
    built = run("build", *place, "--json").json
    assert built["articles"] == 3
    assert built["index_bytes"] > 0
    assert built["encoder"] == ""
    again = run("ingest", one, *place, "--json").json
    assert again["build_needed"] is False
    assert [p["unchanged"] for p in again["paths"]] == [2]
    write_lines(one, "a", "d")
    assert run("ingest", one, *place, "--json").json["build_needed"] is True


def test_an_empty_path_is_refused_and_reads_nothing(tmp_path: Path, run: Run) -> None:
    for path in ("", "  "):
        ran = run("ingest", path, "--archive", tmp_path / "archive")
        assert ran.code == 2
        assert "a path is empty" in " ".join(ran.err.split())
    assert not (tmp_path / "archive").exists()


def test_articles_are_put_all_or_none(tmp_path: Path, run: Run) -> None:
    place = ("--archive", tmp_path / "archive")
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"id": "a", "headline": "A?"}))
    assert run("put", file, *place).out.strip() == "a: added"
    file.write_text(json.dumps([{"id": "a", "headline": "B?"}, {"id": "c"}]))
    refused = run("put", file, *place)
    assert refused.code == 1
    assert "a.json[1]: headline is missing" in refused.err
    with Store.open(tmp_path / "archive" / "archive.sqlite", read_only=True) as store:
        assert [article.headline for article in store.articles()] == ["A?"]
    for content in ("{", "[7]"):
        file.write_text(content)
        assert run("put", file, *place).code == 1


def test_the_standard_input_is_an_article(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = json.dumps({"id": "a", "headline": "A?"}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    found = run("put", "-", "--archive", tmp_path / "archive", "--json").json
    assert found["results"] == {"a": "added"}


def test_unpublishing_keeps_an_article_and_names_unknown_ids(tmp_path: Path, run: Run) -> None:
    place = ("--archive", tmp_path / "archive")
    assert run("unpublish", "a", *place).code == 1
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"id": "a", "headline": "A?"}))
    run("put", file, *place)
    ran = run("unpublish", "a", "x", *place, "--json")
    assert ran.code == 1
    assert ran.json["results"] == {"a": "unpublished", "x": "unknown"}
    assert "'x'" in ran.err
