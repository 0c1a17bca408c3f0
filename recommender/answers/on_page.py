"""Does an article already answer a question in its own text? Then nobody needs to ask it there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import content_terms
from corpus.models import Article
from index.jit import compiled
from recommender.answers.calibration import Floats, LogisticModel, probability
from recommender.answers.passages import Passage, best_passage, passages, telling
from recommender.questions.equivalence import ParsedQuestion, same_question

SHIPPED = Path(__file__).parent / "weights" / "on_page.json"
FEATURES = (
    "telling words in one passage",
    "telling words in the article",
    "telling words in the lead",
    "telling words in two sentences",
    "headline in the question",
    "telling words",
)
"""Shares in [0, 1], but for the last: a count up to ``MOST_WORDS``."""

WINDOW = 30  # terms: two sentences
MOST_WORDS = 12
LEAD_TERMS, PASSAGE_TERMS, WINDOW_TERMS = 100, 60, 18  # telling terms of lead, passage, window
LEAST_HELD = 0.81  # share of the telling words: a page that lacks one of five lacks the point


@dataclass(frozen=True, slots=True)
class Page:
    """An article ready to be held against many questions."""

    passages: tuple[Passage, ...]
    sets: tuple[frozenset[str], ...]
    windows: tuple[frozenset[str], ...]
    everything: frozenset[str]
    headline: frozenset[str]
    asked: ParsedQuestion

    @staticmethod
    def of(article: Article) -> Page:
        """Return ``article`` cut into passages and windows."""
        cut = passages(article)
        windows = [
            frozenset(passage.terms[start : start + WINDOW])
            for passage in cut
            for start in range(0, max(len(passage.terms) - WINDOW // 2, 1), WINDOW // 2)
        ]
        sets = tuple(frozenset(passage.terms) for passage in cut)
        headline = frozenset(content_terms(article.headline))
        return Page(
            cut,
            sets,
            tuple(windows),
            frozenset().union(*sets),
            headline,
            ParsedQuestion.of(article.headline),
        )

    def features(self, question: str) -> Floats:
        """Return what speaks for the page answering ``question``, float64 [len(FEATURES)]."""
        asked = frozenset(telling(question))
        n = max(len(asked), 1)
        return np.array(
            [
                _most(asked, self.sets) / n,
                len(asked & self.everything) / n,
                len(asked & self.sets[0]) / n,
                _most(asked, self.windows) / n,
                len(asked & self.headline) / max(len(self.headline), 1),
                min(len(asked), MOST_WORDS),
            ]
        )

    def answers(self, question: str) -> tuple[int, float] | None:
        """Return the section that answers ``question`` and how sure that is, None if none does."""
        if same_question(ParsedQuestion.of(question), self.asked, lambda term: 1.0):
            return 0, 1.0  # it is what the page checks
        confidence = self.confidence(question)
        if confidence < _model().threshold:
            return None
        return best_passage(question, self.passages), confidence

    def confidence(self, question: str) -> float:
        """Return how sure it is that the text answers ``question``; 0 where it lacks the point."""
        features = self.features(question)
        if features[FEATURES.index("telling words in the article")] < LEAST_HELD:
            return 0.0
        return _confidence(features)


def confidence_by_terms(
    text: NDArray[np.uint32], n_headline: int, asked: NDArray[np.uint32]
) -> float:
    """Return about what ``Page.confidence`` would, from terms alone, in a hundredth of the time.

    ``text`` are the telling terms of an article in order, the headline first; ``asked`` the
    distinct ones of a question. Windows are a little wider than a page's, so what a page answers
    is hardly ever missed (0 of 312, with 85 more than the page itself; 10,606 pairs).
    """
    n = len(asked)
    passage, window, held, headline = _held(text, n_headline, asked, PASSAGE_TERMS, WINDOW_TERMS)
    if not n or held < LEAST_HELD * n:
        return 0.0
    lead = len(np.intersect1d(text[:LEAD_TERMS], asked))
    return _confidence(
        np.array([passage / n, held / n, lead / n, window / n, headline, min(n, MOST_WORDS)])
    )


@compiled
def _held(
    text: NDArray[np.uint32],
    n_headline: int,
    asked: NDArray[np.uint32],
    passage_terms: int,
    window_terms: int,
) -> tuple[int, int, int, float]:
    """Return how many of ``asked`` the best passage, the best window and the whole text hold.

    And the share of the headline's terms that are asked for.
    """
    last = np.full(len(asked), -1_000_000, np.int64)
    passage, window, headline = 0, 0, 0
    for at in range(len(text)):
        found = -1
        for i in range(len(asked)):
            if asked[i] == text[at]:
                found = i
        if found < 0:
            continue
        last[found] = at
        headline += at < n_headline
        passage = max(passage, int(np.sum(last > at - passage_terms)))
        window = max(window, int(np.sum(last > at - window_terms)))
    held = int(np.sum(last >= 0))
    return passage, window, held, headline / max(n_headline, 1)


def answered_on_page(question: str, article: Article) -> tuple[int, float] | None:
    """Return the section of ``article`` that answers ``question`` and how sure that is.

    The section is 0 for the summary, n for the n-th section; the confidence is a probability in
    [0, 1]. None where the article's own text does not answer it. For many questions of one article
    use ``Page.of(article).answers``.
    """
    return Page.of(article).answers(question)


def threshold() -> float:
    """Return from which confidence a page is said to answer a question."""
    return _model().threshold


def _confidence(features: Floats) -> float:
    model = _model()
    return probability(float(_weights() @ features) + model.intercept)


@lru_cache(maxsize=1)
def _weights() -> Floats:
    return _model().vector(FEATURES)


def _most(asked: frozenset[str], among: Collection[frozenset[str]]) -> int:
    return max((len(asked & terms) for terms in among), default=0)


@lru_cache(maxsize=1)
def _model() -> LogisticModel:
    return LogisticModel.load(SHIPPED)
