"""Suggestions of a whole generation: bank, answers, question index and the list of each article.

What takes long is done in chunks by workers (``worker``). Where only few articles changed since the
previous generation, only the lists that they affect are computed again (``incremental``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from corpus.models import Article
from corpus.progress import Step
from index.cpu import cpu_count
from index.storage.packed_strings import PackedStrings
from recommender.answers.bank_answers import BankAnswers
from recommender.precompute.article_terms import StoredArticleTerms
from recommender.precompute.incremental import (
    PreviousBuild,
    affected_rows,
    changed_articles,
    write_incremental_state,
)
from recommender.precompute.pool import RunTask, worker_pool
from recommender.precompute.worker import BuildInputs, Worker
from recommender.question_generation.archive_tables import ArchiveTables
from recommender.question_generation.labels import publisher_of
from recommender.question_generation.made_question import (
    MadeQuestion,
    open_made_questions,
    save_made_questions,
)
from recommender.questions.bank import QuestionBank
from recommender.ranking.question_index import Encode, QuestionIndex
from recommender.recommend import HEADLINES_NAME, VERDICTS_NAME
from recommender.related.article_vectors import ArticleVectors
from recommender.suggestions.repetition import bounded_repetition
from recommender.suggestions.stored import write_stored_lists

MIN_PARALLEL_LISTS = 2_000  # for fewer, starting processes takes longer than the work
STEPS = {"related": "Finding related articles", "questions": "Ranking questions"}


def build_suggestions(
    inputs: BuildInputs,
    encode: Encode | None,
    step: Step,
    workers: int | None = None,
    previous: Path | None = None,
) -> int:
    """Write the suggestions of an index that is built but not in use yet; return how many lists.

    Parameters
    ----------
    inputs
        The index, the store, and what the lists are made with.
    encode
        The encoder as the index was built with it.
    step
        Told of the progress.
    workers
        Processes; 0: this one. By default one for each core, and this one alone for little work.
        The lists do not depend on it.
    previous
        Folder of the previous generation, whose unaffected lists are taken over.
    """
    worker = Worker(inputs)
    ids, folder, superseded = worker.reader.ids, inputs.folder, worker.superseded
    prints = worker.store.fingerprints()
    joined = np.frombuffer(b"".join(prints.get(id, bytes(16)) for id in ids), np.uint8)
    fingerprints, recipe = joined.reshape(-1, 16), inputs.recipe()
    old = PreviousBuild.open(previous, recipe) if previous else None
    changed = changed_articles(old, ids, fingerprints, superseded) if old else None
    everything = changed is None
    step("Reading articles", 0, 0)
    articles = [a for a in worker.store.articles() if a.published and a.id in worker.reader]
    ArticleVectors.of_index(worker.reader).save(folder)
    with worker_pool(worker, _build_processes(workers, len(ids) if everything else 0)) as run:
        # Related articles need no bank: workers find them while it is made, half of them before
        # they make the questions of checks, half of them after.
        half = len(ids) // 2
        started = [run("related", range(half))] if everything else []
        made = _made_questions_of_build(
            worker, articles, old if changed is not None else None, run, step
        )
        if everything:
            started.append(run("related", range(half, len(ids))))
        _save_labels_of_build(folder, ids, articles)
        step("Collecting questions", 0, 0)
        bank = QuestionBank.build(articles, superseded, made)
        bank.save(folder)
        _index_questions_of_build(worker, bank, articles, encode)
        found = run("answers", range(len(bank)))
        answers = BankAnswers.of(
            list(_flattened_build_results(found, "Answering questions", len(bank), step))
        )
        answers.save(folder)
        rows, drift = frozenset(range(len(ids))), 0
        if old is not None and changed is not None:
            there = [a for a in articles if a.id in changed]
            rows = affected_rows(old, changed, worker.reader, there, (bank, answers))
            drift = old.drift + len(changed)
        articles.clear()
        wanted = sorted(rows)
        related = chain.from_iterable(started or [run("related", wanted)])
        lists = _flattened_build_results(related, STEPS["related"], len(rows), step)
        write_stored_lists(
            folder, "related", _merged_with_last_build("related", ids, rows, lists, old)
        )
        lists = _flattened_build_results(
            run("questions", wanted), STEPS["questions"], len(rows), step
        )
        merged = _merged_with_last_build("questions", ids, rows, lists, old)
        write_stored_lists(folder, "questions", bounded_repetition(merged, folder, len(ids)))
    StoredArticleTerms.remove(folder)
    write_incremental_state(folder, recipe, fingerprints, superseded, drift)
    return len(rows)


def _made_questions_of_build(
    worker: Worker, articles: Sequence[Article], old: PreviousBuild | None, run: RunTask, step: Step
) -> dict[str, MadeQuestion]:
    """Write and return the question that each article answers, by id; the old ones that hold.

    Parameters
    ----------
    worker
        Of the generation.
    articles
        All that are indexed.
    old
        The previous generation, where most of its articles are the same; else None.
    run
        Runs tasks.
    step
        Told of the progress.
    """
    folder, ids = worker.inputs.folder, worker.reader.ids
    known: dict[str, MadeQuestion | None] = {}
    tables = None
    if old is not None:
        now = worker.store.fingerprints()
        made = open_made_questions(old.folder)
        known = {id: made[row] for id, row in old.rows.items() if old.prints(row) == now.get(id)}
        tables = ArchiveTables.open(old.folder)
    step("Learning how the archive writes", 0, 0)
    (tables or ArchiveTables.learn(articles)).save(folder)
    rows = [row for row, id in enumerate(ids) if id not in known]
    chunks = run("made", rows)
    new = _flattened_build_results(chunks, "Making questions", len(rows), step)
    known.update(zip((ids[row] for row in rows), new, strict=True))
    save_made_questions(folder, (known[id] for id in ids))
    return {id: question for id, question in known.items() if question}


def _save_labels_of_build(folder: Path, ids: Sequence[str], articles: Iterable[Article]) -> None:
    """Write what names each article to readers, by row: its headline without labels, its verdict.

    Labels are those that publishers put around headlines ("FACT CHECK: ..."), learned already.
    """
    learned = ArchiveTables.open(folder).labels
    labels = {a.id: (learned.strip(a.headline, publisher_of(a)), a.verdict) for a in articles}
    rows = [labels.get(id, ("", "")) for id in ids]
    PackedStrings.of([headline for headline, _ in rows]).save(folder, HEADLINES_NAME)
    PackedStrings.of([verdict for _, verdict in rows]).save(folder, VERDICTS_NAME)


def _merged_with_last_build(
    kind: str,
    ids: list[str],
    rows: frozenset[int],
    new: Iterator[bytes],
    old: PreviousBuild | None,
) -> Iterator[bytes]:
    """Yield the list of each article: of those at ``rows`` the next new one, else the old one."""
    for row, id in enumerate(ids):
        if row in rows or old is None:
            yield next(new)
        else:
            yield old.stored.record(kind, old.rows[id])


def _index_questions_of_build(
    worker: Worker, bank: QuestionBank, articles: Iterable[Article], encode: Encode | None
) -> None:
    """Write the question index of the bank, and the terms of each article for the workers."""
    folder = worker.inputs.folder
    current = [a for a in articles if a.id not in worker.superseded]
    index, terms = QuestionIndex.fit(bank.texts(), current, encode, reader=worker.reader)
    index.save(folder)
    StoredArticleTerms.of({a.id: one for a, one in zip(current, terms, strict=True)}).save(folder)


def _flattened_build_results(
    chunks: Iterable[list[Any]], what: str, n: int, step: Step
) -> Iterator[Any]:
    done = 0
    for chunk in chunks:
        done += len(chunk)
        step(what, done, n)
        yield from chunk


def _build_processes(wanted: int | None, n_lists: int) -> int:
    if wanted is not None:
        return wanted
    return cpu_count() if n_lists > MIN_PARALLEL_LISTS else 0
