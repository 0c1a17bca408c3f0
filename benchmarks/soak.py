"""Soak: a server answers and is written to for an hour; its memory and its errors are watched.

Readers ask for searches, next reads, questions, completions and pages; a writer replaces, adds and
deletes articles. Memory is the resident set of
the server without the pages of mapped files, which the system takes back when it likes.

Run: python -m benchmarks.soak ARCHIVE FOLDER SPLIT [MINUTES]; ARCHIVE is changed: give a copy.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from api.security import KeyRing, new_key
from benchmarks.result_files import Row, percentiles
from benchmarks.running_server import running_server
from benchmarks.served import served_queries
from benchmarks.tables import publish
from corpus.storage.archive import Archive
from corpus.storage.store import Store

MINUTES = 60.0
READ_SECONDS = 0.2  # between two requests of a reader: a server with room to breathe
WRITTEN = "soak-"  # ids of what is written and deleted; readers ask for others
WRITE_SECONDS = 0.5
SAMPLE_SECONDS = 10.0
N_ROTATING = 300  # ids that are written, deleted and written again
WARM_SHARE = 0.15  # of the time, after which memory counts as settled
SEED = 2026


def private_mb(pid: int) -> float:
    """Return the resident memory of a process in MB, without mapped files."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no memory: it ended")


def growth(samples: list[tuple[float, float]]) -> float:
    """Return the slope of (hours, MB) by least squares, in MB an hour."""
    n = len(samples)
    mean_x = sum(x for x, _ in samples) / n
    mean_y = sum(y for _, y in samples) / n
    over = sum((x - mean_x) * (y - mean_y) for x, y in samples)
    under = sum((x - mean_x) ** 2 for x, _ in samples)
    return over / under if under else 0.0


class Load:
    """Clients of one server: what they asked, how long it took, what went wrong."""

    def __init__(self, port: int, key: str, queries: list[str], ids: list[str]) -> None:
        self._port, self._key = port, key
        self._queries, self._ids = queries, ids
        self.times: list[float] = []  # milliseconds of reads
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.stop = threading.Event()

    def read(self, seed: int) -> None:
        """Ask until stopped."""
        chance = random.Random(seed)
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as line:
            while not self.stop.wait(READ_SECONDS):
                self._ask(line, self._path(chance))

    def write(self) -> None:
        """Replace, add and delete until stopped."""
        chance = random.Random(SEED)
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as line:
            number = 0
            while not self.stop.wait(WRITE_SECONDS):
                number += 1
                id = f"{WRITTEN}{chance.randrange(N_ROTATING)}"
                if number % 5 == 0:
                    self._ask(line, f"/v1/articles/{id}", "DELETE", expected=(200, 404))
                    continue
                words = " ".join(chance.choice(self._queries) for _ in range(60))
                body = {"headline": f"Is it so: {words[:80]}?", "summary": words, "language": "en"}
                self._ask(line, f"/v1/articles/{id}", "PUT", json.dumps(body), (200, 201))

    def _path(self, chance: random.Random) -> str:
        query, id = quote(chance.choice(self._queries)), quote(chance.choice(self._ids), safe="")
        return chance.choice(
            (
                f"/v1/search?q={query}&limit=10",
                f"/v1/next?id={id}",
                f"/v1/articles/{id}/questions",
                f"/v1/suggest?q={query[:6].rstrip('%')}",
                f"/articles/{id}",
                f"/?q={query}",
            )
        )

    def _ask(
        self,
        line: http.client.HTTPConnection,
        path: str,
        method: str = "GET",
        body: str = "",
        expected: tuple[int, ...] = (200,),
    ) -> None:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        start = time.perf_counter()
        try:
            line.request(method, path, body or None, headers if method != "GET" else {})
            answer = line.getresponse()
            answer.read()
        except OSError as error:
            self.errors[type(error).__name__] += 1
            line.close()
            return
        self.counts[method] += 1
        if method == "GET":
            self.times.append((time.perf_counter() - start) * 1000)
        if answer.status not in expected:
            self.errors[f"{method} {path.split('?')[0].split('/')[1:3]} {answer.status}"] += 1


def main(archive: Path, folder: Path, split: str, minutes: float, port: int = 8767) -> None:
    """Run the load and publish one row.

    Parameters
    ----------
    archive
        With a built index; it is written to.
    folder, split
        The BEIR folder whose queries are searched.
    minutes
        How long.
    port
        Free, for the server.
    """
    place = Archive(archive)
    with Store.open(place.store_path, read_only=True) as store:
        ids = [id for id in store.ids() if not id.startswith(WRITTEN)][::97]
    secret, key = new_key(f"soak-{time.time_ns()}", ["write"])
    KeyRing(place.folder).add(key)
    with running_server(archive, port) as server:
        load = Load(port, secret, served_queries(folder, split), ids)
        threads = [threading.Thread(target=load.read, args=(n,)) for n in range(2)]
        threads.append(threading.Thread(target=load.write))
        for thread in threads:
            thread.start()
        start = time.monotonic()
        samples: list[tuple[float, float]] = []
        try:
            while (passed := time.monotonic() - start) < minutes * 60:
                time.sleep(SAMPLE_SECONDS)
                samples.append((passed / 3600, private_mb(server.pid)))
        finally:
            load.stop.set()
            for thread in threads:
                thread.join()
    settled = [one for one in samples if one[0] >= WARM_SHARE * minutes / 60]
    row: Row = {
        "articles": len(ids) * 97,
        "minutes": minutes,
        "reads": load.counts["GET"],
        "writes": load.counts["PUT"] + load.counts["DELETE"],
        "errors": sum(load.errors.values()),
        **percentiles(load.times),
        "MB when warm": round(settled[0][1]),
        "MB at the end": round(settled[-1][1]),
        "MB an hour": round(growth(settled), 1),
    }
    print(row, dict(load.errors), file=sys.stderr)
    publish("soak", [row], "python -m benchmarks.soak ARCHIVE FOLDER SPLIT", key=("minutes",))


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        sys.argv[3],
        float(sys.argv[4]) if len(sys.argv) > 4 else MINUTES,
    )
