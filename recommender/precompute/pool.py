"""Worker pool: chunks of work, done in this process or in several that open the same generation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol

from corpus.progress import Step
from index.cpu import cpu_count
from recommender.precompute.worker import Worker, run_task, start_worker_process

MIN_PARALLEL_LISTS = 2_000  # for fewer, starting processes takes longer than the work
CHUNK_SIZE = 256  # articles or questions in one chunk: seconds of work, so progress is seen


class RunTask(Protocol):
    """Does one of a worker's tasks for many rows."""

    def __call__(self, task: str, rows: Sequence[int]) -> Iterable[list[Any]]:
        """Return the results of ``task`` for ``rows``, chunk by chunk, in order."""
        ...


@contextmanager
def worker_pool(worker: Worker, processes: int) -> Iterator[RunTask]:
    """Yield what runs tasks: ``worker`` itself for 0 processes, else that many other ones."""
    if processes == 0:
        yield lambda task, rows: (worker.run_task(task, chunk) for chunk in _chunks_for_pool(rows))
        return
    # Spawned, not forked: a fork of a process with threads may hang.
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=start_worker_process, initargs=(worker.inputs,)
    ) as pool:

        def run_in_pool(task: str, rows: Sequence[int]) -> Iterable[list[Any]]:
            chunks = _chunks_for_pool(rows)
            return pool.map(run_task, [task] * len(chunks), chunks)

        try:
            yield run_in_pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def flattened(
    chunks: Iterable[list[Any]], what: str, n: int, step: Step, done: int = 0
) -> Iterator[Any]:
    """Yield the results of all chunks, and tell of the progress after each.

    Parameters
    ----------
    chunks
        What ``RunTask`` gives.
    what
        Is done, for people.
    n
        How many results there will be.
    step
        Told of the progress.
    done
        How many of them were there before.
    """
    for chunk in chunks:
        done += len(chunk)
        step(what, done, n)
        yield from chunk


def processes_for(wanted: int | None, n_lists: int) -> int:
    """Return how many processes to start: as wanted, else by the number of lists; 0: none."""
    if wanted is not None:
        return wanted
    return cpu_count() if n_lists > MIN_PARALLEL_LISTS else 0


def _chunks_for_pool(rows: Sequence[int]) -> list[Sequence[int]]:
    return [rows[start : start + CHUNK_SIZE] for start in range(0, len(rows), CHUNK_SIZE)]
