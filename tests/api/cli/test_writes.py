"""Single articles go in and out by the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from corpus.storage.store import Store
from tests.api.cli.program import Run


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
