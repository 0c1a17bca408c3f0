"""Switches under load: readers ask without pause while all that can change changes.

A small archive is served by two processes. Four readers search and ask for next reads; meanwhile
all articles are written in one batch again and again, each time with the next version in every
headline, generations are built and rolled back, and a process is killed. No answer may fail, and
none may name two versions. A connection that its process took along when it was killed is counted
by itself: the reader asks again, as a proxy in front would.

Run: python -m benchmarks.switches [SWITCHES]
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from api.pipeline.build import build_generation
from api.security import KeyRing, new_key
from benchmarks.result_files import Row, percentiles
from benchmarks.running_server import PROGRAM, running_server
from benchmarks.tables import publish
from corpus.storage.archive import Archive

SWITCHES = 10
N_ARTICLES = 200
N_READERS = 4
PORT = 8769
WRITE_SECONDS = 0.3  # between two batches
MAX_SHOWN = 3  # answers that name two versions
SETTLE_SECONDS = 1.0  # after a switch
_VERSION = re.compile(r"version (\d+)")


def article(n: int, version: int) -> dict[str, Any]:
    """Return one version of an article, which its headline and text say."""
    words = f"Tram {n} of the town was seen in version {version} of this check, on its rails."
    return {
        "id": f"tram-{n}",
        "headline": f"Does tram {n} fly in version {version}?",
        "summary": words,
        "sections": [{"heading": "", "text": words}],
        "claim": f"Tram {n} flies, says version {version}.",
        "verdict": "False",
        "language": "en",
    }


class Readers:
    """What readers asked, and what was wrong with the answers."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.times: list[float] = []
        self.mixed: list[str] = []
        self.stop = threading.Event()

    def read(self, seed: int) -> None:
        """Ask until stopped."""
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        n = seed
        while not self.stop.is_set():
            n += 1
            id = f"tram-{n % N_ARTICLES}"
            path = (f"/v1/search?q=tram+{n % N_ARTICLES}&limit=20", f"/v1/next?id={id}")[n % 2]
            start = time.perf_counter()
            try:
                line.request("GET", path)
                answer = line.getresponse()
                body = answer.read().decode()
            except (OSError, http.client.HTTPException):
                self.counts["connections lost"] += 1
                line.close()
                continue
            self.times.append((time.perf_counter() - start) * 1000)
            self.counts["answers"] += 1
            self.counts["failed"] += answer.status != 200
            if len(set(_VERSION.findall(body))) > 1:
                self.counts["mixed"] += 1
                self.mixed.append(f"{path} {body}")
        line.close()


def worker_ids(pid: int) -> list[int]:
    """Return the process ids of the children of a server that answer requests."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    children = [int(line) for line in found.stdout.split()]
    return [c for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]


def write_batch(key: str, version: int) -> None:
    """Write the next version of all articles in one batch."""
    body = json.dumps({"put": [article(n, version) for n in range(N_ARTICLES)]})
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as line:
        line.request("POST", "/v1/articles:batch", body, headers)
        answer = line.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {text[:200]!r}")


def change_everything(
    place: Archive, key: str, pid: int, switches: int, counts: Counter[str]
) -> None:
    """Write, build and roll back in turn, and kill one process in the middle.

    Parameters
    ----------
    place
        What is served.
    key
        That may write.
    pid
        Of the server, whose children answer.
    switches
        Builds and roll-backs together.
    counts
        How often each was done; added to.
    """
    version = 1
    for number in range(switches):
        version += 1
        write_batch(key, version)
        counts["batches"] += 1
        if number % 2:
            with place.writer_lock():
                place.rollback()
            counts["rollbacks"] += 1
        else:
            build_generation(place, "none", lambda *_: None, lambda _: None, 0)
            counts["builds"] += 1
        if number == switches // 2:
            os.kill(worker_ids(pid)[0], signal.SIGKILL)
            counts["killed processes"] += 1
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            version += 1
            write_batch(key, version)
            counts["batches"] += 1
            time.sleep(WRITE_SECONDS)


def main(switches: int) -> None:
    """Run the load over ``switches`` builds and roll-backs, and publish one row."""
    with tempfile.TemporaryDirectory() as folder:
        place = Archive(Path(folder) / "archive")
        first = Path(folder) / "first.jsonl"
        first.write_text("\n".join(json.dumps(article(n, 1)) for n in range(N_ARTICLES)))
        where = ["--archive", str(place.folder)]
        subprocess.run([*PROGRAM, "ingest", str(first), *where], check=True, capture_output=True)
        for _ in range(2):
            build_generation(place, "none", lambda *_: None, lambda _: None, 0)
        secret, key = new_key("writer", ["write"])
        KeyRing(place.folder).add(key)
        readers = Readers()
        threads = [threading.Thread(target=readers.read, args=(n * 50,)) for n in range(N_READERS)]
        counts: Counter[str] = Counter()
        with running_server(place.folder, PORT, "--workers", "2") as server:
            try:
                for thread in threads:
                    thread.start()
                change_everything(place, secret, server.pid, switches, counts)
            finally:
                readers.stop.set()
                for thread in threads:
                    if thread.is_alive():
                        thread.join()
    row: Row = {
        **{name: counts[name] for name in ("builds", "rollbacks", "batches", "killed processes")},
        **{name: readers.counts[name] for name in ("answers", "failed", "mixed")},
        "connections lost": readers.counts["connections lost"],
        **percentiles(readers.times),
    }
    print(row, *readers.mixed[:MAX_SHOWN], sep="\n", file=sys.stderr)
    publish("switches", [row], "python -m benchmarks.switches", key=("builds",))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2 * SWITCHES)
