"""Which article of the archive answers a question, where in it, and how sure that is."""

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
from index.search.reader import Index
from recommender.answers.calibration import Floats, LogisticModel, probability
from recommender.answers.passages import best_passage, passages
from recommender.types import Answer

SHIPPED = Path(__file__).parent / "weights" / "answers.json"
SHIPPED_NEURAL = Path(__file__).parent / "weights" / "answers-encoder.json"
LEAST_COVERED = (
    0.4  # share of the telling words: an article that lacks more answers another question
)
FEATURES = (
    *SEARCH_FEATURES,
    *(f"{name} ahead" for name in SEARCH_FEATURES),
    "score",
    "score ahead",
    "known words",
)
"""What is known about the best article. "ahead": how far before the next. Known words: the share of
the question's telling words that the archive holds at all."""

_COVERAGE = SEARCH_FEATURES.index("coverage")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to be answered. ``context``: words of the conversation, if it needs them."""

    question: str
    context: str = ""
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Best:
    """The best article for a question, with ``features`` float64 [len(FEATURES)]."""

    article_id: str
    features: Floats


class AnswerFinder:
    """Finds answers in one generation; safe for several threads.

    ``article_of`` returns an article by id; KeyError: there is none any more. ``superseded`` holds
    the ids of old checks: never an answer, though their successors may be.
    """

    def __init__(
        self,
        index: Index,
        article_of: Callable[[str], Article],
        superseded: Collection[str] = (),
        model: LogisticModel | None = None,
    ) -> None:
        """``model`` defaults to the shipped one for an index with or without meanings."""
        shipped = SHIPPED_NEURAL if index.encoder and SHIPPED_NEURAL.exists() else SHIPPED
        self._model = model or LogisticModel.load(shipped)
        self._index, self._article_of = index, article_of
        self._superseded = frozenset(superseded)
        self._search = LinearRanker(self._model.search).vector(SEARCH_FEATURES)
        self._weights = self._model.vector(FEATURES)

    def answer(
        self, question: str, context: str = "", exclude: Collection[str] = ()
    ) -> Answer | None:
        """Return where ``question`` is answered, None where nothing is sure enough.

        ``exclude`` are articles that may not answer: the one that asks. Pass ``context`` only for
        a question that does not stand alone: it draws towards whatever shares the context's topic.
        """
        found = self.likely(question, context, exclude)
        return found[0] if found and found[1] else None

    def likely(
        self, question: str, context: str = "", exclude: Collection[str] = ()
    ) -> tuple[Answer, bool] | None:
        """Return the article most likely to answer, and whether that is sure enough to be shown.

        None where no article shares a word with the question.
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
            sure = confidence >= self._model.threshold and _covered(best)
            section = best_passage(question, passages(article)) if sure else 0
            return Answer(best.article_id, section, confidence), sure
        return None

    def answers(self, asks: Iterable[Ask], threads: int = 2) -> Iterator[Answer | None]:
        """Yield the answer of each of ``asks``, in order; the compiled loops run side by side."""
        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(lambda a: self.answer(a.question, a.context, a.exclude), asks)

    def best(self, question: str, context: str = "", exclude: Collection[str] = ()) -> Best | None:
        """Return the best article for ``question`` and what is known about it; None without one."""
        text = f"{question} {context}".strip()
        found = self._index.candidates(text)
        scores = found.features @ self._search
        order = [
            row
            for row in np.argsort(-scores, kind="stable").tolist()
            if (id := self._index.ids[int(found.places[row])]) not in exclude
            and id not in self._superseded
        ][:2]
        if not order:
            return None
        nobody = np.zeros(len(SEARCH_FEATURES) + 1)
        first, second = (
            np.append(found.features[row], scores[row]) if row is not None else nobody
            for row in (order[0], order[1] if len(order) > 1 else None)
        )
        content = {word for word in words(text) if word not in STOPWORDS}
        known = min(len(self._index.terms(text)) / max(len(content), 1), 1.0)
        ahead = first - second
        features = np.concatenate([first[:-1], ahead[:-1], [first[-1], ahead[-1], known]])
        return Best(self._index.ids[int(found.places[order[0]])], features.astype(np.float64))

    def confidence(self, best: Best) -> float:
        """Return the probability that the best article answers, in [0, 1]."""
        return probability(float(self._weights @ best.features) + self._model.intercept)

    def contributions(self, best: Best) -> Mapping[str, float]:
        """Return what each feature adds to the logit of the confidence; their sum is the logit."""
        shares = (self._weights * best.features).tolist()
        parts = {name: share for name, share in zip(FEATURES, shares, strict=True) if share}
        return {"intercept": self._model.intercept, **parts}


def _covered(best: Best) -> bool:
    return float(best.features[_COVERAGE] * best.features[-1]) >= LEAST_COVERED
