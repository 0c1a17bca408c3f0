"""Served searches: pages of ten hits with snippets and facets, in process and by HTTP.

Three words of each query of a BEIR folder are searched in an archive that is built already: in
process, by one client over one connection, by eight clients at once with one worker, at half of the
rate that those reach (searches that come when they come, timed from when they were due), and by
eight clients with two workers, which share the machine's cores with them.

Run: python -m benchmarks.served ARCHIVE FOLDER SPLIT
"""

from __future__ import annotations

import http.client
import sys
import threading
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import numpy as np

from api.backend.open import open_backend
from api.backend.protocol import Backend
from api.settings import Settings
from benchmarks.result_files import Row, percentiles
from benchmarks.running_server import running_server
from benchmarks.tables import publish
from corpus.readers.beir import read_qrels, read_queries
from corpus.storage.archive import Archive
from index.types import SearchRequest

N_QUERIES = 300
N_CLIENTS = 8
HALF_CONNECTIONS = 32  # of searches that come when they come
SECONDS = 10.0  # that the clients search
N_WORKERS = 2


def three_words(text: str) -> str:
    """Return the second to fourth word of a query: the first is often a mark of its platform."""
    return " ".join(text.split()[1:4])


def served_queries(folder: Path, split: str) -> list[str]:
    """Return at most ``N_QUERIES`` queries of a split, in the order of the file."""
    judged = read_qrels(folder, split)
    found = [three_words(q.text) for q in read_queries(folder) if q.id in judged]
    return [query for query in found if query][:N_QUERIES]


def in_process_ms(archive: Path, queries: list[str]) -> list[float]:
    """Return the milliseconds of each query, the second time that it is asked."""
    place = Archive(archive)
    settings = Settings.read(archive=archive, encoder="none")
    backend = open_backend(place, settings, lambda *step: None, lambda line: None)
    return search_ms(backend, queries, 2)


def search_ms(backend: Backend, queries: list[str], turns: int) -> list[float]:
    """Return the milliseconds of each search in the last of ``turns`` turns of all.

    Parameters
    ----------
    backend
        Of the archive.
    queries
        Asked in their order.
    turns
        At least 1.
    """
    times: list[float] = []
    for _ in range(turns):
        times = []
        for query in queries:
            start = time.perf_counter()
            backend.search(SearchRequest(query, limit=10))
            times.append((time.perf_counter() - start) * 1000)
    return times


def ask(connection: http.client.HTTPConnection, query: str) -> None:
    """Search over an open connection; RuntimeError where the answer is not a page."""
    connection.request("GET", f"/v1/search?q={quote(query)}&limit=10")
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{query!r}: {response.status} {body[:200]!r}")


def client_ms(port: int, queries: list[str], until: float) -> list[float]:
    """Return the milliseconds of one client's searches over one connection, each answered.

    Parameters
    ----------
    port
        Of the server.
    queries
        Asked in their order, again from the first.
    until
        When to stop, by ``time.perf_counter``; each query is asked once where it is 0.
    """
    times: list[float] = []
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        while True:
            for query in queries:
                if until and time.perf_counter() > until:
                    return times
                start = time.perf_counter()
                ask(connection, query)
                times.append((time.perf_counter() - start) * 1000)
            if not until:
                return times


def run_together(threads: list[threading.Thread]) -> None:
    """Start all threads and wait until each has ended."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def by_many_clients(port: int, queries: list[str]) -> tuple[float, list[float]]:
    """Return the searches a second of ``N_CLIENTS`` clients, and the milliseconds of each."""
    found: list[list[float]] = [[] for _ in range(N_CLIENTS)]
    start = time.perf_counter()

    def run(n: int) -> None:
        turned = queries[n * 37 :] + queries[: n * 37]
        found[n] = client_ms(port, turned, start + SECONDS)

    run_together([threading.Thread(target=run, args=(n,)) for n in range(N_CLIENTS)])
    times = [ms for one in found for ms in one]
    return len(times) / (time.perf_counter() - start), times


def at_rate_ms(port: int, queries: list[str], rate: float, seconds: float) -> list[float]:
    """Return the milliseconds of searches that are due at random times, from when they were due.

    What waits for a free connection counts, so that a slow answer is not hidden by the searches
    that nobody could send meanwhile (coordinated omission).

    Parameters
    ----------
    port
        Of the server.
    queries
        Asked in their order, again from the first.
    rate
        Searches a second, on average: the times between two are exponential, drawn by a seed.
    seconds
        That searches are due.
    """
    gaps = np.random.default_rng(0).exponential(1 / rate, round(rate * seconds))
    due = zip(np.cumsum(gaps), cycle(queries), strict=False)
    lock, times = threading.Lock(), list[float]()
    start = time.perf_counter()

    def run() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            while True:
                with lock:
                    at, query = next(due, (None, ""))
                if at is None:
                    return
                time.sleep(max(0.0, start + at - time.perf_counter()))
                ask(connection, query)
                times.append((time.perf_counter() - start - at) * 1000)

    run_together([threading.Thread(target=run) for _ in range(HALF_CONNECTIONS)])
    return times


def main(archive: Path, folder: Path, split: str, port: int = 8765) -> None:
    """Measure and publish the row of an archive.

    Parameters
    ----------
    archive
        With a built index.
    folder, split
        The BEIR folder whose queries are searched, and which of them.
    port
        Free, for the server.
    """
    queries = served_queries(folder, split)
    rows: list[Row] = [{"searched": "in process", **percentiles(in_process_ms(archive, queries))}]
    with running_server(archive, port):
        client_ms(port, queries, 0)
        rows.append({"searched": "HTTP, one client", **percentiles(client_ms(port, queries, 0))})
        rate, times = by_many_clients(port, queries)
        many = f"HTTP, {N_CLIENTS} clients, one worker"
        rows.append({"searched": many, **percentiles(times), "searches a second": round(rate)})
        times = at_rate_ms(port, queries, rate / 2, 3 * SECONDS)
        half = f"HTTP, half of that, {HALF_CONNECTIONS} connections"
        rows.append({"searched": half, **percentiles(times), "searches a second": round(rate / 2)})
    with running_server(archive, port, "--workers", str(N_WORKERS)):
        by_many_clients(port, queries)  # each process compiles and keeps what it needs
        rate, times = by_many_clients(port, queries)
        many = f"HTTP, {N_CLIENTS} clients, {N_WORKERS} workers"
        rows.append({"searched": many, **percentiles(times), "searches a second": round(rate)})
    for row in rows:
        print(row, file=sys.stderr)
    publish("served", rows, "python -m benchmarks.served ARCHIVE FOLDER SPLIT", key=("searched",))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
