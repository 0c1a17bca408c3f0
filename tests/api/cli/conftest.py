"""Fixtures of the command line: a runner, and the sample archive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.pipeline.ingest import SAMPLE
from tests.api.cli.program import Ran, Run, exit_code


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in [n for n in os.environ if n.startswith("DIVEDEEPER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DIVEDEEPER_ENCODER", "none")

    def run(*arguments: object) -> Ran:
        code = exit_code([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="package")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    assert exit_code(["ingest", str(SAMPLE), "--archive", str(folder)]) == 0
    assert exit_code(["build", "--archive", str(folder), "--encoder", "none"]) == 0
    return folder
