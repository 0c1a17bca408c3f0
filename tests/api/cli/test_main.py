"""The command line: from files to answers, and clear words when something is missing."""

from __future__ import annotations

import os
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.program import PROGRAM, ROOT, Run, write_lines


def test_without_archive_index_or_articles_the_answer_is_what_to_do(
    tmp_path: Path, run: Run
) -> None:
    nowhere = ["--archive", tmp_path / "nowhere"]
    for command in (["search", "x"], ["questions", "x"], ["related", "x"], ["build"]):
        ran = run(*command, *nowhere)
        assert ran.code == 1
        assert ran.out == ""
        assert ran.err.count("\n") == 1
        assert "ingest" in ran.err.lower()
    assert not (tmp_path / "nowhere").exists()  # reading makes nothing
    empty = write_lines(tmp_path / "empty.jsonl")
    run("ingest", empty, "--archive", tmp_path / "empty")
    ran = run("build", "--archive", tmp_path / "empty")
    assert ran.code == 1
    assert "no published article" in ran.err


def test_the_version_is_shown(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out == f"divedeeper {version('divedeeper')}\n"


def test_a_wrong_call_has_exit_code_2(sample_archive: Path, run: Run, monkeypatch: Any) -> None:
    assert run("search").code == 2
    assert run("search", "x", "--limit", "0", "--archive", sample_archive).code == 2
    assert run("nonsense").code == 2
    monkeypatch.setenv("DIVEDEEPER_PORT", "many")
    ran = run("search", "x", "--archive", sample_archive)
    assert ran.code == 2
    assert "DIVEDEEPER_PORT" in ran.err
    assert "many" in ran.err


def test_the_archive_of_the_environment_may_begin_with_the_home_sign(
    sample_archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(sample_archive.parent))
    monkeypatch.setenv("DIVEDEEPER_ARCHIVE", f"~/{sample_archive.name}")
    assert run("search", "carrots", "--json").json
    monkeypatch.delenv("DIVEDEEPER_ARCHIVE")
    assert run("search", "carrots", "--json", "--archive", f"~/{sample_archive.name}").json


def test_a_reader_that_goes_away_is_no_error(sample_archive: Path) -> None:
    command = [*PROGRAM, "search", "is it true", "--limit", "100", "--archive", str(sample_archive)]
    environment = os.environ | {"DIVEDEEPER_ENCODER": "none"}
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert "Traceback" not in ran.stderr
    assert "Broken" not in ran.stderr
