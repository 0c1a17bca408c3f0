"""The command line: from files to answers, and clear words when something is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import SAMPLE, app
from recommender.recommend import same_question

RUN = CliRunner()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for command in (["ingest", str(SAMPLE)], ["build"]):
        result = RUN.invoke(app, [*command, "--archive", str(folder)])
        assert result.exit_code == 0, result.output
    return folder


def test_every_sample_article_has_five_questions_that_differ(archive: Path) -> None:
    pages = sorted(SAMPLE.glob("*.txt"))
    assert len(pages) >= 60
    for page in pages[::12]:
        result = RUN.invoke(app, ["questions", page.stem, "--archive", str(archive), "--json"])
        texts = [row["text"] for row in json.loads(result.stdout)]
        assert len(texts) == 5
        assert not any(same_question(a, b) for a in texts for b in texts if a < b)


def test_search_finds_the_check(archive: Path) -> None:
    result = RUN.invoke(app, ["search", "carrots eyesight", "--archive", str(archive), "--json"])
    assert json.loads(result.stdout)[0]["id"] == "carrots-and-night-vision"


def test_an_unknown_article_is_an_error_with_a_remedy(archive: Path) -> None:
    result = RUN.invoke(app, ["related", "nothing", "--archive", str(archive)])
    assert result.exit_code == 1
    assert "divedeeper search" in result.output


def test_bad_records_are_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\n{"id": "b", "headline": "Is b fine?"}\n', encoding="utf-8")
    result = RUN.invoke(app, ["ingest", str(bad), "--archive", str(tmp_path / "archive")])
    assert result.exit_code == 1
    assert "bad.jsonl:1" in result.output and "1 added" in result.output
