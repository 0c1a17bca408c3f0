"""TREC run files: ``query Q0 document rank score tag``, one line for each ranked document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from corpus.storage.atomic import atomic_writer

TAG = "divedeeper"
MIN_STEP = 1e-6  # the smallest difference of scores that six decimals show


def write_run(path: Path, rankings: Mapping[str, Iterable[tuple[str, float]]]) -> None:
    """Write the rankings of all queries, each (document id, score), best first.

    Programs that read a run sort it by score and break ties in their own ways, so scores are
    written to fall strictly with the ranks: one that is not below the one before is lowered by
    ``MIN_STEP``. The file is complete or not there: it is renamed when it is written.
    """
    with atomic_writer(path) as file:
        for query, ranking in rankings.items():
            last = float("inf")
            for rank, (document, score) in enumerate(ranking, 1):
                last = min(round(float(score), 6), round(last - MIN_STEP, 6))
                file.write(f"{query} Q0 {document} {rank} {last:.6f} {TAG}\n".encode())
