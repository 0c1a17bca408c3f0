"""Worker: one process with one generation opened, which computes suggestions in chunks."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from corpus.models import Article
from corpus.storage.store import Store
from index.dense.encoder import Encoder
from index.dense.encoding_cache import EncodingCache
from index.dense.load_encoder import load_encoder
from index.ranking.linear_ranker import SHIPPED as SEARCH_WEIGHTS
from index.ranking.linear_ranker import LinearRanker
from index.search.reader import IndexReader
from index.search.retrieval import Retrieval
from recommender.answers.answer_model import SHIPPED as ANSWER_WEIGHTS
from recommender.answers.bank_answers import find_bank_answer
from recommender.answers.finder import AnswerFinder
from recommender.grammar.parser import parser_problem
from recommender.precompute.article_terms import StoredArticleTerms
from recommender.question_generation.archive_tables import ArchiveTables
from recommender.question_generation.made_question import MadeQuestion
from recommender.question_generation.maker import QuestionMaker, installed_parser
from recommender.questions.bank import QuestionBank
from recommender.ranking.question_index import Encode
from recommender.ranking.question_ranker import SHIPPED as QUESTION_WEIGHTS
from recommender.recommend import Recommender
from recommender.related.finder import RelatedFinder
from recommender.related.next_read_model import WEIGHTS as NEXT_READ_WEIGHTS
from recommender.suggestions.stored import (
    MAX_QUESTIONS,
    MAX_RELATED,
    encode_stored_questions,
    encode_stored_related,
)
from recommender.suggestions.unfinished import ListPair
from recommender.types import Answer

RECIPE_VERSION = 4  # raise it when lists come out otherwise for the same articles and weights
MAX_CACHED_PROFILES = 100_000  # of articles, some 400 MB: a build goes through all of them


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a worker opens.

    ``store`` is the file of the articles, ``folder`` that of the generation; ``encoder`` is a
    setting of ``load_encoder``, "none" for words only; ``encodings`` is the cache of embeddings;
    ``search`` and ``questions`` are weights that an operator trained for this archive, None for the
    shipped ones.
    """

    store: Path
    folder: Path
    encoder: str = "none"
    encodings: Path | None = None
    search: LinearRanker | None = None
    questions: LinearRanker | None = None

    def recipe(self) -> str:
        """Return a fingerprint of everything but the articles that determines the lists.

        The version of the recipe, the encoder, the weights and whether there is a parser.
        """
        parser = "" if parser_problem() else " parser"
        digest = blake2b(f"{RECIPE_VERSION} {self.encoder}{parser}".encode(), digest_size=16)
        for folder in (
            SEARCH_WEIGHTS.parent,
            QUESTION_WEIGHTS.parent,
            ANSWER_WEIGHTS.parent,
            NEXT_READ_WEIGHTS,
        ):
            for path in sorted(folder.glob("*.json")):
                digest.update(path.read_bytes())
        digest.update(repr((self.search, self.questions)).encode())
        return digest.hexdigest()


class Worker:
    """One generation, each part opened when a task first needs it."""

    def __init__(self, inputs: BuildInputs) -> None:
        """Open the store of ``inputs``; the rest is opened on demand."""
        self.inputs = inputs
        self.store = Store.open(inputs.store, read_only=True)
        self.superseded = self.store.superseded()

    def run_task(self, task: str, rows: Sequence[int]) -> list[Any]:
        """Return the results of one of the tasks below for a chunk of rows."""
        tasks: dict[str, Callable[[Sequence[int]], list[Any]]] = {
            "made": self.made,
            "answers": self.answers,
            "lists": self.lists,
        }
        return tasks[task](rows)

    def made(self, rows: Sequence[int]) -> list[MadeQuestion | None]:
        """Return the question that each article answers, by row in the index."""
        articles = [article for article in self._articles(rows) if article]
        found = {question.article_id: question for question in self._maker.make(articles)}
        return [found.get(self.reader.ids[row]) for row in rows]

    def answers(self, rows: Sequence[int]) -> list[tuple[Answer, bool] | None]:
        """Return the most likely answers of questions, by row in the bank."""
        return [find_bank_answer(self._bank[row], self._finder) for row in rows]

    def lists(self, rows: Sequence[int]) -> list[ListPair]:
        """Return related articles and questions of articles, stored form, by row in the index."""
        return [self._lists_of(article) for article in self._articles(rows)]

    def _lists_of(self, article: Article | None) -> ListPair:
        if article is None:
            return encode_stored_related(()), encode_stored_questions(())
        related = self._related.related(article, MAX_RELATED, stored=True)
        terms = self._terms.get(article.id)
        questions = self._recommender.questions(article, MAX_QUESTIONS, related, terms)
        return encode_stored_related(related), encode_stored_questions(questions)

    @cached_property
    def _retrieval(self) -> Retrieval:
        return Retrieval.open(self.inputs.folder, self._encoder, self.inputs.search)

    @property
    def reader(self) -> IndexReader:
        """The generation's index."""
        return self._retrieval.reader

    @cached_property
    def _encoder(self) -> Encoder | None:
        return load_encoder(self.inputs.encoder)

    @cached_property
    def _encode(self) -> Encode | None:
        encoder, path = self._encoder, self.inputs.encodings
        if encoder is None or path is None:
            return None
        cache = EncodingCache.open(path)
        return lambda texts: cache.encode_cached(encoder, texts)

    @cached_property
    def _bank(self) -> QuestionBank:
        return QuestionBank.open(self.inputs.folder)

    @cached_property
    def _maker(self) -> QuestionMaker:
        tables = ArchiveTables.open(self.inputs.folder)
        return QuestionMaker(tables.labels, tables.casing, tables.nouns, installed_parser())

    @cached_property
    def _finder(self) -> AnswerFinder:
        return AnswerFinder(self._retrieval, self.store.article, self.superseded)

    @cached_property
    def _related(self) -> RelatedFinder:
        return RelatedFinder(
            self.reader,
            self.store.article,
            self.superseded,
            max_profiles=MAX_CACHED_PROFILES,
        )

    @cached_property
    def _terms(self) -> StoredArticleTerms:
        return StoredArticleTerms.open(self.inputs.folder)

    @cached_property
    def _recommender(self) -> Recommender:
        return Recommender.open(
            self._retrieval,
            self.store.article,
            self.superseded,
            self._encode,
            self.inputs.questions,
        )

    def _articles(self, rows: Sequence[int]) -> list[Article | None]:
        """Return articles by row; None for one that has gone since the index was built."""
        ids = [self.reader.ids[row] for row in rows]
        found = self.store.articles_by_id(ids)
        return [a if (a := found.get(id)) is not None and a.published else None for id in ids]


def start_worker_process(inputs: BuildInputs) -> None:
    """Open the worker of this process, which ends with the process that started it."""
    global _worker
    _end_with_parent()
    threadpool_limits(1)  # there is a process for each core already
    _worker = Worker(inputs)


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended.

    A worker waits for its next chunk on a pipe that its siblings hold open, too: without this, the
    workers of a killed build would wait for ever.
    """
    parent = parent_process()
    if parent is None:
        return

    def wait_for_parent() -> None:
        parent.join()
        os._exit(1)  # at once: nobody is left to read what it would still compute

    threading.Thread(target=wait_for_parent, name="end with parent", daemon=True).start()


def run_task(task: str, rows: Sequence[int]) -> list[Any]:
    """Return what the worker of this process gives for a chunk."""
    assert _worker is not None, "start_process first"
    return _worker.run_task(task, rows)


_worker: Worker | None = None
