"""Where suggestions are made: one process with one generation opened, given chunks of work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from corpus.models import Article
from corpus.storage.store import Store
from index.dense.encoding_cache import EncodingCache
from index.dense.load_encoder import Encoder, load_encoder
from index.ranking.linear_ranker import SHIPPED, LinearRanker
from index.search.reader import Index
from recommender.answers.bank_answers import find_answer
from recommender.answers.finder import AnswerFinder
from recommender.precompute.article_terms import StoredArticleTerms
from recommender.questions.bank import QuestionBank
from recommender.ranking.question_ranker import SHIPPED as QUESTIONS
from recommender.ranking.question_ranker import Encode
from recommender.recommend import Recommender
from recommender.related.finder import RelatedFinder
from recommender.suggestions.stored import MOST, questions_record, related_record
from recommender.types import Answer

RECIPE = 1  # raise it when lists come out otherwise for the same articles and weights
_REMEMBERED = 100_000  # articles of which a worker knows what they are about: some 400 MB


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a worker opens. ``encoder`` is a setting of ``load_encoder``, "none" for words alone.

    ``encodings`` is the cache of vectors; ``search`` and ``questions`` are what an operator trained
    for this archive, None for what is shipped.
    """

    store: Path
    folder: Path
    encoder: str = "none"
    encodings: Path | None = None
    search: LinearRanker | None = None
    questions: LinearRanker | None = None

    def recipe(self) -> str:
        """Return what stands for all but the articles that lists are made of."""
        digest = blake2b(f"{RECIPE} {self.encoder}".encode(), digest_size=16)
        for folder in (SHIPPED.parent, QUESTIONS.parent):
            for path in sorted(folder.glob("*.json")):
                digest.update(path.read_bytes())
        digest.update(repr((self.search, self.questions)).encode())
        return digest.hexdigest()


class Worker:
    """One generation opened for work; each part is opened when a task needs it first."""

    def __init__(self, generation: BuildInputs) -> None:
        self.generation = generation
        self.store = Store.open(generation.store, read_only=True)
        self.superseded = self.store.superseded()

    def work(self, task: str, places: Sequence[int]) -> list[Any]:
        """Return what ``related``, ``answers`` or ``questions`` gives for a chunk."""
        tasks: dict[str, Callable[[Sequence[int]], list[Any]]] = {
            "related": self.related,
            "answers": self.answers,
            "questions": self.questions,
        }
        return tasks[task](places)

    def related(self, places: Sequence[int]) -> list[bytes]:
        """Return the stored form of the related articles of articles, by place in the index."""
        return [
            related_record(self._related.related(article, MOST, stored=True) if article else ())
            for article in self._articles(places)
        ]

    def answers(self, places: Sequence[int]) -> list[tuple[Answer, bool] | None]:
        """Return where questions are answered most likely, by place in the bank."""
        return [find_answer(self._bank[place], self._finder) for place in places]

    def questions(self, places: Sequence[int]) -> list[bytes]:
        """Return the stored form of the follow-up questions of articles, by place in the index."""
        return [
            questions_record(
                self._recommender.questions(article, MOST, self._told.get(article.id))
                if article
                else ()
            )
            for article in self._articles(places)
        ]

    @cached_property
    def index(self) -> Index:
        """The generation's index."""
        return Index(self.generation.folder, self._encoder, self.generation.search)

    @cached_property
    def _encoder(self) -> Encoder | None:
        return load_encoder(self.generation.encoder)

    @cached_property
    def _encode(self) -> Encode | None:
        encoder, path = self._encoder, self.generation.encodings
        if encoder is None or path is None:
            return None
        cache = EncodingCache.open(path)
        return lambda texts: cache.encode_cached(encoder, texts)

    @cached_property
    def _bank(self) -> QuestionBank:
        return QuestionBank.open(self.generation.folder)

    @cached_property
    def _finder(self) -> AnswerFinder:
        return AnswerFinder(self.index, self.store.article, self.superseded)

    @cached_property
    def _related(self) -> RelatedFinder:
        return RelatedFinder(self.index, self.store.article, self.superseded, _REMEMBERED)

    @cached_property
    def _told(self) -> StoredArticleTerms:
        return StoredArticleTerms.open(self.generation.folder)

    @cached_property
    def _recommender(self) -> Recommender:
        return Recommender.open(
            self.index,
            self.store.article,
            self.superseded,
            self._encode,
            self.generation.questions,
        )

    def _articles(self, places: Sequence[int]) -> list[Article | None]:
        """Return articles by place; None for one that has gone since the index was built."""
        ids = [self.index.ids[place] for place in places]
        found = self.store.articles_by_id(ids)
        return [a if (a := found.get(id)) is not None and a.published else None for id in ids]


def start(generation: BuildInputs) -> None:
    """Open the bench of a worker process."""
    global _bench
    threadpool_limits(1)  # the processes are the threads
    _bench = Worker(generation)


def work(task: str, places: Sequence[int]) -> list[Any]:
    """Do a chunk of work on the bench of this process."""
    assert _bench is not None, "start first"
    return _bench.work(task, places)


_bench: Worker | None = None
