"""Real servers on free ports of this machine, for tests of what reaches them from outside.

The program in a process of its own, or an application in a thread of the test.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from tests.api.cli.program import PROGRAM, ROOT

READY_SECONDS = 120.0  # the sample archive is made and built before; long on a loaded machine
STOP_SECONDS = 30.0


class Served(NamedTuple):
    """A running server: its address, its process, and what the program is set to."""

    address: str
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    log: Path

    def key(self, *scopes: str) -> str:
        """Return a new key that allows some scopes."""
        allowed = [part for scope in scopes for part in ("--scope", scope)]
        made = subprocess.run(
            [*PROGRAM, "keys", "add", "-".join(scopes), *allowed],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip().splitlines()[-1].strip()


@contextmanager
def served(folder: Path, *arguments: str, **settings: str) -> Iterator[Served]:
    """Serve the archive in ``folder``, the sample where there is none; stop at the end by SIGINT.

    Parameters
    ----------
    folder
        Of the archive and of the log.
    arguments
        Of ``divedeeper serve``.
    settings
        By their names without DIVEDEEPER_.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    values = {"archive": str(folder / "archive"), "port": str(port), "encoder": "none"} | settings
    environment = os.environ | {f"DIVEDEEPER_{name.upper()}": v for name, v in values.items()}
    address = f"http://127.0.0.1:{port}{settings.get('root_path', '')}"
    log = folder / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*PROGRAM, "serve", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=stream,
        )
    try:
        _wait_until_ready(address, process, log)
        yield Served(address, process, environment, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)


@contextmanager
def served_app(app: Any) -> Iterator[str]:
    """Serve an ASGI application in a thread of this process; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=10).read()
            return
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
