"""Answer finder: the article and section that answer a question, with a calibrated confidence.

Search gives the candidates; the passages of the first ``N_CANDIDATES`` are read; a linear model
ranks them, and a logistic model says how likely the first of them answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import words
from corpus.languages import function_words, query_language
from corpus.models import Article
from index.columns import base_language
from index.ranking.features import FEATURES as SEARCH_FEATURES
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from recommender.answers.answer_features import (
    BEST_FEATURES,
    COVERED,
    MIN_COVERED,
    N_CANDIDATES,
    RANK_FEATURES,
    AnswerCandidates,
    answer_question_features,
)
from recommender.answers.answer_model import AnswerModel, Mode
from recommender.answers.calibration import Floats, LogisticModel, calibrated_probability
from recommender.answers.passage_evidence import passage_evidence
from recommender.answers.passages import best_passage, passages
from recommender.answers.question_terms import TermStatistics, WeightedQuestion
from recommender.types import Answer

MIN_FOREIGN_WORDS = 2  # of its own in a question that is not English: the model knows English


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to be answered. ``context``: words of the conversation that it depends on."""

    question: str
    context: str = ""
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Best:
    """The best article for a question; ``features`` float64 [len(BEST_FEATURES)]."""

    article_id: str
    features: Floats

    @property
    def is_covered(self) -> bool:
        """Whether the article holds enough of the question to answer it at all."""
        return bool(self.features[COVERED] >= MIN_COVERED)


class AnswerFinder:
    """Finds answers in one generation; safe for several threads."""

    def __init__(
        self,
        retrieval: Retrieval,
        article_of: Callable[[str], Article],
        superseded: Collection[str] = (),
        model: AnswerModel | None = None,
    ) -> None:
        """Find answers in one generation.

        Parameters
        ----------
        retrieval
            The generation.
        article_of
            Returns an article by id; KeyError: it is gone.
        superseded
            Ids of superseded articles: never an answer, though their successors may be.
        model
            None: the shipped one, which serves an index with or without an encoder.
        """
        self.model = model or AnswerModel.load()
        self.reader = retrieval.reader
        self._retrieval, self._article_of = retrieval, article_of
        self._superseded = frozenset(superseded)
        self._search = LinearRanker(self.model.search).vector(SEARCH_FEATURES)
        self._modes = {
            False: _ModeWeights(self.model.alone),
            True: _ModeWeights(self.model.context),
        }
        self.statistics = TermStatistics.of_index(self.reader)

    def with_superseded(self, superseded: Collection[str]) -> AnswerFinder:
        """Return this finder where other articles are superseded."""
        other = copy(self)
        other._superseded = frozenset(superseded)
        return other

    def answer(
        self, question: str, context: str = "", exclude: Collection[str] = ()
    ) -> Answer | None:
        """Return the answer of ``question``; None where nothing is sure enough.

        Parameters
        ----------
        question
            In words.
        context
            What came before in a conversation. Only for a question that does not stand alone: it
            favours whatever shares the context's topic.
        exclude
            Articles that may not answer: the one that asks.
        """
        found = self.likely(question, context, exclude)
        return found[0] if found and found[1] else None

    def likely(
        self, question: str, context: str = "", exclude: Collection[str] = ()
    ) -> tuple[Answer, bool] | None:
        """Return the most likely answer, and whether it is sure enough to be shown.

        None where no article shares a word with the question. A question in another language than
        English is answered in that language alone, and not where it has hardly a word of its own.

        Parameters
        ----------
        question, context, exclude
            See ``answer``.
        """
        language = query_language(question, self.reader.languages)
        is_foreign = language not in ("", "en")
        if is_foreign and not _tells_its_subject(question, language):
            return None
        out = set(exclude)
        candidates, mode = self.candidates(question, context), self._modes[bool(context)]
        while (best := self._best_answer_of(candidates, out)) is not None:
            try:
                article = self._article_of(best.article_id)
            except KeyError:
                article = None
            stays = not is_foreign or (article and base_language(article.language) == language)
            if article is None or not article.published or not stays:
                out.add(best.article_id)
                continue
            confidence = mode.probability(best)
            sure = confidence >= mode.confidence.threshold and best.is_covered
            section = best_passage(question, passages(article)) if sure else 0
            return Answer(best.article_id, section, confidence), sure
        return None

    def answers(self, asks: Iterable[Ask], threads: int = 2) -> Iterator[Answer | None]:
        """Yield the answer of each of ``asks``, in order; ``threads`` are answered at a time."""
        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(lambda a: self.answer(a.question, a.context, a.exclude), asks)

    def candidates(self, question: str, context: str = "") -> AnswerCandidates:
        """Return the candidates for ``question`` with their features; none is superseded."""
        text = f"{question} {context}".strip()
        found = self._retrieval.candidates(self._retrieval.rewrite(text))
        scores = (found.features @ self._search).astype(np.float64)
        order = np.argsort(-scores, kind="stable")
        if self._superseded:
            ids = [self.reader.ids[row] for row in found.rows[order].tolist()]
            order = order[np.array([id not in self._superseded for id in ids], np.bool_)]
        order = order[:N_CANDIDATES]
        rows = found.rows[order].astype(np.int64)
        terms = self.statistics.question(question)
        alone = self._evidence_of_answers(rows, terms)
        joint = (
            self._evidence_of_answers(rows, self.statistics.question(text)) if context else alone
        )
        features = np.column_stack([found.features[order], scores[order], alone, joint])
        features = features.astype(np.float64)
        rank = self._modes[bool(context)].rank
        return AnswerCandidates(
            rows, features, features @ rank, answer_question_features(question, terms)
        )

    def best(self, question: str, context: str = "", exclude: Collection[str] = ()) -> Best | None:
        """Return the best article for ``question`` with its features; None without one.

        Parameters
        ----------
        question, context, exclude
            See ``answer``.
        """
        return self._best_answer_of(self.candidates(question, context), exclude)

    def confidence(self, best: Best, with_context: bool = False) -> float:
        """Return the probability that the best article answers, in [0, 1]."""
        return self._modes[with_context].probability(best)

    def contributions(self, best: Best, with_context: bool = False) -> Mapping[str, float]:
        """Return what each feature adds to the logit of the confidence; they add up to it."""
        mode = self._modes[with_context]
        values = (mode.weights * best.features).tolist()
        parts = {name: value for name, value in zip(BEST_FEATURES, values, strict=True) if value}
        return {"intercept": mode.confidence.intercept, **parts}

    def _best_answer_of(
        self, candidates: AnswerCandidates, exclude: Collection[str]
    ) -> Best | None:
        ids = [self.reader.ids[row] for row in candidates.rows.tolist()]
        allowed = np.array([id not in exclude for id in ids], np.bool_)
        best = candidates.best(allowed, len(self.reader))
        return None if best is None else Best(self.reader.ids[best[0]], best[1])

    def _evidence_of_answers(
        self, rows: NDArray[np.int64], question: WeightedQuestion
    ) -> NDArray[np.float32]:
        texts = self.reader.forward_index
        return passage_evidence(texts.tokens, texts.bounds, self.statistics.table, rows, question)


def _tells_its_subject(question: str, language: str) -> bool:
    """Return whether a question has words enough besides function words: "Why?" has none."""
    return len({*words(question, language)} - function_words(language)) >= MIN_FOREIGN_WORDS


class _ModeWeights:
    """The weights of one mode in the order of the features."""

    def __init__(self, mode: Mode) -> None:
        self.confidence: LogisticModel = mode.confidence
        self.rank = LinearRanker(mode.rank).vector(RANK_FEATURES).astype(np.float64)
        self.weights = mode.confidence.vector(BEST_FEATURES)

    def probability(self, best: Best) -> float:
        return calibrated_probability(
            float(self.weights @ best.features) + self.confidence.intercept
        )
