"""A server from nothing, and a clear line where it cannot listen."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from api.cli.output import Failure
from api.cli.serve import listening_socket
from api.settings import Settings
from tests.api.cli.program import Run
from tests.api.served import served


def test_a_port_in_use_is_one_clear_line(sample_archive: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", "--archive", sample_archive, "--port", port)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert str(port) in ran.err
    assert "--port" in ran.err


def test_an_unknown_host_is_a_failure_with_a_remedy() -> None:
    with pytest.raises(Failure, match=r"127\.0\.0\.1"):
        listening_socket("no such host", 0)


def test_settings_go_to_other_processes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.read(port=0, workers=3, public_url="https://desk.example/checks")
    for name, value in settings.as_environment().items():
        monkeypatch.setenv(name, value)
    assert Settings.read() == settings


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_workers_answer_count_together_and_end_with_their_parent(
    sample_archive: Path, tmp_path: Path, end: signal.Signals
) -> None:
    with served(tmp_path, "--workers", "2", archive=str(sample_archive)) as server:
        pid = server.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for _ in range(40):
            urllib.request.urlopen(f"{server.address}/v1/next?id=are-bats-blind").read()
        metrics = urllib.request.urlopen(f"{server.address}/metrics").read().decode()
        (line,) = [
            x
            for x in metrics.splitlines()
            if x.startswith("divedeeper_requests_total{") and "/v1/next" in x
        ]
        assert float(line.split()[-1]) == 40
        assert len(children) >= 2
        server.process.send_signal(end)
        server.process.wait(20)
    for _ in range(100):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            return
        time.sleep(0.1)
    raise AssertionError("a process is left")


@pytest.mark.slow
def test_serve_says_each_step_answers_and_stops_quietly(tmp_path: Path) -> None:
    with served(tmp_path, log_level="warning") as server:
        address = f"{server.address}/v1/articles/are-bats-blind/questions"
        with urllib.request.urlopen(address) as answer:
            assert len(json.load(answer)["questions"]) == 5
    assert server.process.returncode == 0
    output = server.log.read_text()
    assert "Traceback" not in output
    port = server.address.rpartition(":")[2]
    for step in (str(tmp_path), "encoder: none", "sample archive", "Building", f":{port}"):
        assert step in output
