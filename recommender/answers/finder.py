"""Answer finder: the article and section that answer a question, with a calibrated confidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words
from corpus.models import Article
from index.ranking.features import FEATURES as SEARCH_FEATURES
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from recommender.answers.calibration import Floats, LogisticModel, probability
from recommender.answers.passages import best_passage, passages
from recommender.types import Answer

SHIPPED = Path(__file__).parent / "weights" / "answers.json"
SHIPPED_NEURAL = Path(__file__).parent / "weights" / "answers-encoder.json"
MIN_COVERED = 0.4  # share of the content words: an article with fewer answers another question
FEATURES = (
    *SEARCH_FEATURES,
    *(f"{name} ahead" for name in SEARCH_FEATURES),
    "score",
    "score ahead",
    "known words",
)
"""Features of the best article. "ahead": its value less that of the second best. "known words": the
share of the question's content words that the archive contains at all."""

_COVERAGE = SEARCH_FEATURES.index("coverage")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to be answered. ``context``: words of the conversation that it depends on."""

    question: str
    context: str = ""
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Best:
    """The best article for a question; ``features`` float64 [len(FEATURES)]."""

    article_id: str
    features: Floats


class AnswerFinder:
    """Finds answers in one generation; safe for several threads."""

    def __init__(
        self,
        retrieval: Retrieval,
        article_of: Callable[[str], Article],
        superseded: Collection[str] = (),
        model: LogisticModel | None = None,
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
            None: the shipped one, for an index with or without an encoder.
        """
        neural = retrieval.reader.encoder is not None and SHIPPED_NEURAL.exists()
        shipped = SHIPPED_NEURAL if neural else SHIPPED
        self._model = model or LogisticModel.load(shipped)
        self._retrieval, self._article_of = retrieval, article_of
        self._superseded = frozenset(superseded)
        self._search = LinearRanker(self._model.search).vector(SEARCH_FEATURES)
        self._weights = self._model.vector(FEATURES)

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

        None where no article shares a word with the question.

        Parameters
        ----------
        question, context, exclude
            See ``answer``.
        """
        out = set(exclude)
        while (best := self.best(question, context, out)) is not None:
            confidence = self.confidence(best)
            try:
                article = self._article_of(best.article_id)
            except KeyError:
                article = None
            if article is None or not article.published:
                out.add(best.article_id)
                continue
            sure = confidence >= self._model.threshold and _is_covered(best)
            section = best_passage(question, passages(article)) if sure else 0
            return Answer(best.article_id, section, confidence), sure
        return None

    def answers(self, asks: Iterable[Ask], threads: int = 2) -> Iterator[Answer | None]:
        """Yield the answer of each of ``asks``, in order; ``threads`` are answered at a time."""
        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(lambda a: self.answer(a.question, a.context, a.exclude), asks)

    def best(self, question: str, context: str = "", exclude: Collection[str] = ()) -> Best | None:
        """Return the best article for ``question`` with its features; None without one.

        Parameters
        ----------
        question, context, exclude
            See ``answer``.
        """
        text = f"{question} {context}".strip()
        found = self._retrieval.candidates(self._retrieval.rewrite(text))
        ids = self._retrieval.reader.ids
        scores = found.features @ self._search
        order = [
            row
            for row in np.argsort(-scores, kind="stable").tolist()
            if (id := ids[int(found.rows[row])]) not in exclude and id not in self._superseded
        ][:2]
        if not order:
            return None
        missing = np.zeros(len(SEARCH_FEATURES) + 1)
        first, second = (
            np.append(found.features[row], scores[row]) if row is not None else missing
            for row in (order[0], order[1] if len(order) > 1 else None)
        )
        content = {word for word in words(text) if word not in STOPWORDS}
        known = min(len(self._retrieval.reader.informative_terms(text)) / max(len(content), 1), 1.0)
        ahead = first - second
        features = np.concatenate([first[:-1], ahead[:-1], [first[-1], ahead[-1], known]])
        return Best(ids[int(found.rows[order[0]])], features.astype(np.float64))

    def confidence(self, best: Best) -> float:
        """Return the probability that the best article answers, in [0, 1]."""
        return probability(float(self._weights @ best.features) + self._model.intercept)

    def contributions(self, best: Best) -> Mapping[str, float]:
        """Return what each feature adds to the logit of the confidence; they add up to it."""
        values = (self._weights * best.features).tolist()
        parts = {name: value for name, value in zip(FEATURES, values, strict=True) if value}
        return {"intercept": self._model.intercept, **parts}


def _is_covered(best: Best) -> bool:
    return float(best.features[_COVERAGE] * best.features[-1]) >= MIN_COVERED
