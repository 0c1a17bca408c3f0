"""Preparation: what the lists of a generation are made from, and which of them have to be made.

Labels and tables of the archive, the question that each check answers, the bank with its answers,
the question index. After it a list can be made by itself, in any order and by any process.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.models import Article
from corpus.progress import Step
from corpus.storage.store import Store
from index.search.reader import IndexReader
from index.storage.packed_strings import PackedStrings
from recommender.answers.bank_answers import BankAnswers
from recommender.precompute.article_terms import StoredArticleTerms
from recommender.precompute.incremental import (
    PreviousBuild,
    affected_rows,
    changed_articles,
    write_incremental_state,
)
from recommender.precompute.pool import RunTask, flattened, processes_for, worker_pool
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

MAX_IN_MEMORY = 100_000  # articles, some 1 GB; more are read from the store whenever they are used


class StoredArticles(Collection[Article]):
    """The published and indexed articles of a store, read anew each time they are gone through."""

    def __init__(self, store: Store, reader: IndexReader, superseded: Container[str] = ()) -> None:
        """Read from ``store`` what ``reader`` holds and is not ``superseded``."""
        self._store, self._reader, self._superseded = store, reader, superseded

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Article]:
        return (a for a in self._store.articles() if a in self)

    def __contains__(self, article: object) -> bool:
        return (
            isinstance(article, Article)
            and article.published
            and article.id in self._reader
            and article.id not in self._superseded
        )


def prepare_related(inputs: BuildInputs) -> None:
    """Write the vectors of all articles, by which related ones are found; the first step."""
    ArticleVectors.of_index(Worker(inputs).reader, inputs.folder)


def prepare_suggestions(
    inputs: BuildInputs,
    encode: Encode | None,
    step: Step,
    workers: int | None = None,
    previous: Path | None = None,
) -> frozenset[int]:
    """Write what lists are made from, after ``prepare_related``; return the rows of those to make.

    Parameters
    ----------
    inputs
        The index, the store, and what the lists are made with.
    encode
        The encoder as the index was built with it.
    step
        Told of the progress.
    workers
        Processes; see ``build_suggestions``.
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
    step("Reading articles", 0, 0)
    articles: Collection[Article] = StoredArticles(worker.store, worker.reader)
    current: Collection[Article] = StoredArticles(worker.store, worker.reader, superseded)
    if len(ids) <= MAX_IN_MEMORY:
        articles = list(articles)
        current = [article for article in articles if article.id not in superseded]
    with worker_pool(worker, processes_for(workers, len(ids) if changed is None else 0)) as run:
        made = _made_questions(worker, articles, old if changed is not None else None, run, step)
        _save_labels(folder, ids, articles)
        step("Collecting questions", 0, 0)
        bank = QuestionBank.build(articles, superseded, made)
        bank.save(folder)
        _index_questions(worker, bank, current, encode)
        found = run("answers", range(len(bank)))
        answers = BankAnswers.of(list(flattened(found, "Answering questions", len(bank), step)))
        answers.save(folder)
    rows, drift = frozenset(range(len(ids))), 0
    if old is not None and changed is not None:
        there = [a for a in articles if a.id in changed]
        rows = affected_rows(old, changed, worker.reader, there, (bank, answers))
        drift = old.drift + len(changed)
    write_incremental_state(folder, recipe, fingerprints, superseded, drift)
    return rows


def prepare_without_bank(inputs: BuildInputs) -> None:
    """Write what the editors' own questions need, and an empty bank; after ``prepare_related``.

    It takes one pass over the articles, so that a large archive can be served soon.

    Parameters
    ----------
    inputs
        The index and the store.
    """
    worker = Worker(inputs)
    folder, reader = inputs.folder, worker.reader
    labels = {a.id: (a.headline, a.verdict) for a in StoredArticles(worker.store, reader)}
    _write_labels(folder, reader.ids, labels)
    QuestionBank.build((), {}).save(folder)
    BankAnswers.of([]).save(folder)
    index, _ = QuestionIndex.fit((), (), reader=reader)
    index.save(folder)


def _made_questions(
    worker: Worker,
    articles: Collection[Article],
    old: PreviousBuild | None,
    run: RunTask,
    step: Step,
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
    if tables is None:  # how an archive writes shows in a part of it
        apart = -(-len(ids) // MAX_IN_MEMORY)
        tables = ArchiveTables.learn(list(islice(articles, 0, None, max(1, apart))))
    tables.save(folder)
    rows = [row for row, id in enumerate(ids) if id not in known]
    new = flattened(run("made", rows), "Making questions", len(rows), step)
    known.update(zip((ids[row] for row in rows), new, strict=True))
    save_made_questions(folder, (known[id] for id in ids))
    return {id: question for id, question in known.items() if question}


def _save_labels(folder: Path, ids: Sequence[str], articles: Iterable[Article]) -> None:
    """Write what names each article to readers, by row: its headline without labels, its verdict.

    Labels are those that publishers put around headlines ("FACT CHECK: ..."), learned already.
    """
    learned = ArchiveTables.open(folder).labels
    labels = {a.id: (learned.strip(a.headline, publisher_of(a)), a.verdict) for a in articles}
    _write_labels(folder, ids, labels)


def _write_labels(folder: Path, ids: Sequence[str], labels: Mapping[str, tuple[str, str]]) -> None:
    rows = [labels.get(id, ("", "")) for id in ids]
    PackedStrings.of([headline for headline, _ in rows]).save(folder, HEADLINES_NAME)
    PackedStrings.of([verdict for _, verdict in rows]).save(folder, VERDICTS_NAME)


def _index_questions(
    worker: Worker, bank: QuestionBank, current: Collection[Article], encode: Encode | None
) -> None:
    """Write the question index of the bank, and the terms of each article for the workers."""
    folder = worker.inputs.folder
    index, terms = QuestionIndex.fit(bank.texts(), current, encode, reader=worker.reader)
    index.save(folder)
    StoredArticleTerms.of(dict(zip(index.article_numbers, terms, strict=True))).save(folder)
