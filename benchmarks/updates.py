"""Updates: how soon a write is found, how many are written a second, and what fresh ones cost.

An archive is opened as a server opens it. Single articles are written, each until a search by a
word that only it has finds it; a batch is written; then one article in ten is written again, and
the same searches are asked in turn of this server and of one that has not taken up any change, so
that both meet the same machine.

Run: python -m benchmarks.updates ARCHIVE FOLDER SPLIT; ARCHIVE is changed: give a copy.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from api.backend.archive_backend import ArchiveBackend
from api.backend.open import open_backend
from api.backend.writer import ArticleWriter
from api.settings import Settings
from benchmarks.result_files import Row
from benchmarks.served import served_queries
from benchmarks.tables import publish
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.types import SearchRequest

N_SINGLE = 200
BATCH = 1_000
FRESH_SHARE = 0.1
TURNS = 3  # of the same searches, of which the last counts


def visible_ms(backend: ArchiveBackend, writer: ArticleWriter) -> list[float]:
    """Return the milliseconds from a write until a search finds it, for each of ``N_SINGLE``."""
    times = []
    for n in range(N_SINGLE):
        word = f"zyxtram{n}qv"
        start = time.perf_counter()
        writer.apply([Article(f"update-{n}", f"Does the {word} tram fly?", language="en")])
        while not backend.search(SearchRequest(word, limit=1)).hits:
            backend.refresh()
        times.append((time.perf_counter() - start) * 1000)
    return times


def searches_in_turn(
    backends: tuple[ArchiveBackend, ArchiveBackend], queries: list[str]
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each query in the last of ``TURNS`` turns, for each backend.

    Parameters
    ----------
    backends
        Asked one after the other, in the other order with each query.
    queries
        Asked in their order.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        times = ([], [])
        for number, query in enumerate(queries):
            for one in (0, 1) if number % 2 else (1, 0):
                start = time.perf_counter()
                backends[one].search(SearchRequest(query, limit=10))
                times[one].append((time.perf_counter() - start) * 1000)
    return times


def main(archive: Path, folder: Path, split: str) -> None:
    """Measure and publish the row of an archive.

    Parameters
    ----------
    archive
        With a built index; it is written to.
    folder, split
        The BEIR folder whose queries are searched.
    """
    place = Archive(archive)
    settings = Settings.read(archive=archive, encoder="none")
    unchanged, backend = (open_backend(place, settings, lambda *_: None, print) for _ in range(2))
    writer = ArticleWriter(place.store_path, backend.refresh)
    queries = served_queries(folder, split)
    n_articles = backend.status().articles
    single = visible_ms(backend, writer)
    start = time.perf_counter()
    writer.apply(
        [Article(f"batch-{n}", f"Does tram {n} fly?", language="en") for n in range(BATCH)]
    )
    batch = BATCH / (time.perf_counter() - start)
    with Store.open(place.store_path) as store:
        step = round(1 / FRESH_SHARE)
        chosen = list(islice(store.articles(), 0, None, step))
        store.put(replace(one, summary=f"{one.summary} Updated.") for one in chosen)
    start = time.perf_counter()
    while backend.is_behind:
        backend.refresh()
    taken = time.perf_counter() - start
    before, fresh = searches_in_turn((unchanged, backend), queries)
    p50, p99 = np.percentile(single, [50, 99])
    plain, with_fresh = float(np.median(before)), float(np.median(fresh))
    row: Row = {
        "articles": n_articles,
        "ms until found, p50": round(float(p50), 1),
        "ms until found, p99": round(float(p99), 1),
        "writes a second in a batch": round(batch),
        "seconds to take up a tenth": round(taken, 1),
        "ms of a search": round(plain, 2),
        "ms with a tenth fresh": round(with_fresh, 2),
        "times": round(with_fresh / plain, 2),
    }
    print(row, file=sys.stderr)
    publish(
        "updates", [row], "python -m benchmarks.updates ARCHIVE FOLDER SPLIT", key=("articles",)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
