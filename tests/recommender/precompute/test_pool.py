"""Chunks of work come back in order, whoever does them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recommender.precompute.pool import CHUNK_SIZE, worker_pool


class Doubling:
    """A worker whose one task doubles rows."""

    def __init__(self) -> None:
        self.chunks: list[int] = []

    def run_task(self, task: str, rows: Sequence[int]) -> list[int]:
        self.chunks.append(len(rows))
        return [2 * row for row in rows]


def test_without_processes_the_worker_itself_does_each_chunk_when_it_is_asked_for() -> None:
    worker: Any = Doubling()
    with worker_pool(worker, 0) as run:
        results = iter(run("double", range(CHUNK_SIZE + 3)))
        assert worker.chunks == []
        first = next(results)
        assert first == [2 * row for row in range(CHUNK_SIZE)]
        assert worker.chunks == [CHUNK_SIZE]
        assert list(results) == [[2 * row for row in range(CHUNK_SIZE, CHUNK_SIZE + 3)]]
        assert list(run("double", [])) == []
