"""Generation → suggestions of all its articles: bank, answers, ranker, lists, written beside it.

What takes long is done in chunks by workers (``recommender.bench``). Related articles need no bank,
so they are under way while the bank and its ranker are made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol

from corpus.models import Article
from index.packed import PackedStrings
from recommender.answered import AnsweredBank
from recommender.bank import QuestionBank
from recommender.bench import Bench, Generation, start, work
from recommender.question_ranking import Encode, QuestionRanker
from recommender.recommend import HEADLINES
from recommender.stored import StoredSuggestions, write_lists
from recommender.told import ToldArticles

CHUNK = 256  # articles or questions that a worker does at a time
FEW = 2_000  # articles; for fewer, starting workers takes longer than the work

Step = Callable[[str, int, int], None]
"""Told what is going on, how much of it is done, and of how much; 0 of 0 where nobody knows."""


class _Run(Protocol):
    def __call__(self, task: str, n: int) -> Iterable[list[Any]]:
        """Return what a task of the bench gives for 0 … n - 1, chunk by chunk, in order."""
        ...


def build_suggestions(
    generation: Generation, encode: Encode | None, step: Step, workers: int | None = None
) -> None:
    """Write the suggestions of every article of an index that is built but not in use yet.

    ``encode`` as the index was built, ``workers`` the number of processes: one for each core, and
    this one alone for a small archive. The lists do not depend on it.
    """
    bench = Bench(generation)
    ids, folder = bench.index.ids, generation.folder
    if workers is None:
        workers = _cores() if len(ids) > FEW else 0
    step("Reading articles", 0, 0)
    articles = [a for a in bench.store.articles() if a.published and a.id in bench.index]
    headlines = {a.id: a.headline for a in articles}
    PackedStrings.of([headlines.get(id, "") for id in ids]).save(folder, HEADLINES)
    with _crew(bench, workers) as run:
        related = run("related", len(ids))
        step("Collecting questions", 0, 0)
        bank = QuestionBank.build(articles, bench.superseded)
        bank.save(folder)
        _rank(bench, bank, articles, encode)
        answers = _told(run("answers", len(bank)), "Answering questions", len(bank), step)
        AnsweredBank.of(list(answers)).save(folder)
        articles.clear()
        step("Finding related articles", 0, len(ids))
        write_lists(folder, "related", _told(related, "Finding related articles", len(ids), step))
        questions = run("questions", len(ids))
        write_lists(folder, "questions", _told(questions, "Ranking questions", len(ids), step))
    ToldArticles.remove(folder)
    StoredSuggestions.seal(folder)


def _rank(
    bench: Bench, bank: QuestionBank, articles: Iterable[Article], encode: Encode | None
) -> None:
    """Write the ranker of the bank, and what each article says for the workers."""
    current = [a for a in articles if a.id not in bench.superseded]
    ranker = QuestionRanker(bank.texts(), current, encode, index=bench.index)
    ranker.save(bench.generation.folder)
    ToldArticles.of({a.id: ranker.read(a) for a in current}).save(bench.generation.folder)


def _told(chunks: Iterable[list[Any]], what: str, n: int, step: Step) -> Iterator[Any]:
    done = 0
    for chunk in chunks:
        yield from chunk
        done += len(chunk)
        step(what, done, n)


@contextmanager
def _crew(bench: Bench, workers: int) -> Iterator[_Run]:
    """Yield what runs tasks of the bench: in this process, or in ``workers`` others."""
    if workers == 0:
        yield lambda task, n: map(lambda part: bench.work(task, part), _chunks(n))
        return
    # Spawned, not forked: a fork of a process with threads may hang.
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=start, initargs=(bench.generation,)
    ) as pool:
        try:
            yield lambda task, n: pool.map(work, _repeat(task, n), _chunks(n))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _chunks(n: int) -> list[range]:
    return [range(start, min(start + CHUNK, n)) for start in range(0, n, CHUNK)]


def _repeat(task: str, n: int) -> list[str]:
    return [task] * len(_chunks(n))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
