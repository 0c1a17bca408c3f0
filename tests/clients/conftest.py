"""A real server over the sample archive, below a path, with a key for each scope."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.api.cli.program import PROGRAM, ROOT

sys.path.insert(0, str(ROOT / "clients" / "python"))


class Server(NamedTuple):
    """Where it is, and keys for it."""

    address: str
    write_key: str
    preview_key: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("clients")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "DIVEDEEPER_ARCHIVE": str(folder / "archive"),
        "DIVEDEEPER_PORT": str(port),
        "DIVEDEEPER_ENCODER": "none",
        "DIVEDEEPER_PREVIEWS": "keyed",
        "DIVEDEEPER_ROOT_PATH": "/checks",
        "DIVEDEEPER_LOG_LEVEL": "warning",
    }
    log = (folder / "log").open("w+b")
    process = subprocess.Popen([*PROGRAM, "serve"], cwd=ROOT, env=environment, stderr=log)
    address = f"http://127.0.0.1:{port}/checks"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/readyz").read()
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield Server(address, made_key("write", environment), made_key("preview", environment))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        log.close()


def made_key(scope: str, environment: dict[str, str]) -> str:
    """Return a new key that allows one scope."""
    command = [*PROGRAM, "keys", "add", f"for {scope}", "--scope", scope]
    made = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return made.stdout.strip().splitlines()[-1]
