"""Every route answers as the API's description says, to requests that are right and wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.served import served

CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.slow
def test_answers_match_the_description_and_none_is_a_server_error(tmp_path: Path) -> None:
    with served(tmp_path, log_level="warning") as server:
        key = server.key("read", "preview", "write", "edit", "admin")
        command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIG}", "run"]
        ran = subprocess.run(
            [
                *command,
                f"{server.address}/openapi.json",
                f"--header=Authorization: Bearer {key}",
                "--phases=examples,coverage,fuzzing",
                "--max-examples=30",
                "--seed=2026",
                "--generation-deterministic",
                "--continue-on-failure",
                "--no-color",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        log = server.log.read_text()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Traceback" not in log, log
    assert "Tested: 17" in ran.stdout, ran.stdout  # of 18: the stream of changes never ends
