"""Chunks of work for the bench: in this process, or in several that open the same generation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol

from recommender.precompute.worker import Worker, start, work

CHUNK = 256  # articles or questions that a worker does at a time


class Run(Protocol):
    """Does one task of the bench for many places."""

    def __call__(self, task: str, places: Sequence[int]) -> Iterable[list[Any]]:
        """Return what the task gives for the places, chunk by chunk, in order."""
        ...


@contextmanager
def worker_pool(bench: Worker, workers: int) -> Iterator[Run]:
    """Yield what runs tasks: on ``bench`` for 0, else in so many other processes."""
    if workers == 0:
        yield lambda task, places: (bench.work(task, part) for part in _chunks(places))
        return
    # Spawned, not forked: a fork of a process with threads may hang.
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=start, initargs=(bench.generation,)
    ) as pool:

        def run(task: str, places: Sequence[int]) -> Iterable[list[Any]]:
            parts = _chunks(places)
            return pool.map(work, [task] * len(parts), parts)

        try:
            yield run
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunks(places: Sequence[int]) -> list[Sequence[int]]:
    return [places[start : start + CHUNK] for start in range(0, len(places), CHUNK)]
