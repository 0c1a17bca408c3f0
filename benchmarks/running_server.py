"""A running server for benchmarks: `divedeeper serve` in a process of its own."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PROGRAM = (sys.executable, "-c", "from api.cli.main import main; main()")
"""The command of `divedeeper`, without its arguments."""

WAIT_SECONDS = 60.0  # for the server to start


@contextmanager
def running_server(archive: Path, port: int, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an archive by words alone; yield the process when it is ready, and end it.

    Parameters
    ----------
    archive
        With a built index.
    port
        A free one of this machine.
    options
        More arguments of `divedeeper serve`.
    """
    own = ("serve", "--archive", str(archive), "--port", str(port), "--encoder", "none")
    log = subprocess.DEVNULL  # a line for each request
    server = subprocess.Popen([*PROGRAM, *own, *options], stdout=log, stderr=log)
    try:
        wait_for_server(port)
        yield server
    finally:
        server.terminate()
        server.wait()


def wait_for_server(port: int) -> None:
    """Wait until the server says that it is ready; RuntimeError after ``WAIT_SECONDS``."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
