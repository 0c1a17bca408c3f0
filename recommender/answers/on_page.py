"""Questions that an article's own text already answers: a logistic model over shared words."""

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
from recommender.answers.passages import Passage, best_passage, content_words, passages
from recommender.questions.equivalence import ParsedQuestion, same_question

SHIPPED = Path(__file__).parent / "weights" / "on_page.json"
FEATURES = (
    "content words in one passage",
    "content words in the article",
    "content words in the lead",
    "content words in two sentences",
    "headline in the question",
    "content words",
)
"""Shares in [0, 1], but for the last: a count up to ``MAX_WORDS``."""

WINDOW = 30  # terms: two sentences
MAX_WORDS = 12  # content words of a question that count; few have more
# Content terms of the lead, a passage and a window: some three fifths of all terms.
LEAD_TERMS, PASSAGE_TERMS, WINDOW_TERMS = 100, 60, 18
MIN_COVERED = 0.81  # share of the content words: a page without one of five misses the point


@dataclass(frozen=True, slots=True)
class Page:
    """An article cut into passages and windows, to be compared with many questions."""

    passages: tuple[Passage, ...]
    sets: tuple[frozenset[str], ...]
    windows: tuple[frozenset[str], ...]
    everything: frozenset[str]
    headline: frozenset[str]
    asked: ParsedQuestion

    @staticmethod
    def of(article: Article) -> Page:
        """Return the page of ``article``."""
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
        """Return the features of ``question`` on this page, float64 [len(FEATURES)]."""
        asked = frozenset(content_words(question))
        n = max(len(asked), 1)
        return np.array(
            [
                _largest_overlap(asked, self.sets) / n,
                len(asked & self.everything) / n,
                len(asked & self.sets[0]) / n,
                _largest_overlap(asked, self.windows) / n,
                len(asked & self.headline) / max(len(self.headline), 1),
                min(len(asked), MAX_WORDS),
            ]
        )

    def answers(self, question: str) -> tuple[int, float] | None:
        """Return the section that answers ``question`` and the probability; None if none does.

        The section is 0 for the summary, n for the n-th one.
        """
        if same_question(ParsedQuestion.of(question), self.asked):
            return 0, 1.0  # it is what the page checks
        confidence = self.confidence(question)
        if confidence < _model().threshold:
            return None
        return best_passage(question, self.passages), confidence

    def confidence(self, question: str) -> float:
        """Return the probability that the text answers ``question``; 0 below ``MIN_COVERED``."""
        features = self.features(question)
        if features[FEATURES.index("content words in the article")] < MIN_COVERED:
            return 0.0
        return _confidence(features)


def confidence_by_terms(
    text: NDArray[np.uint32], n_headline: int, asked: NDArray[np.uint32]
) -> float:
    """Return about what ``Page.confidence`` would, from terms alone, in a hundredth of the time.

    Windows are a little wider than a page's, so what a page answers is hardly ever missed (0 of
    312, with 85 more than the page itself; 10,606 pairs).

    Parameters
    ----------
    text
        The content terms of an article in order, the headline first.
    n_headline
        How many of them are the headline's.
    asked
        The distinct content terms of a question.
    """
    n = len(asked)
    passage, window, covered, headline = _covered(
        text, n_headline, asked, PASSAGE_TERMS, WINDOW_TERMS
    )
    if not n or covered < MIN_COVERED * n:
        return 0.0
    lead = len(np.intersect1d(text[:LEAD_TERMS], asked))
    return _confidence(
        np.array([passage / n, covered / n, lead / n, window / n, headline, min(n, MAX_WORDS)])
    )


@compiled
def _covered(
    text: NDArray[np.uint32],
    n_headline: int,
    asked: NDArray[np.uint32],
    passage_terms: int,
    window_terms: int,
) -> tuple[int, int, int, float]:
    """Return how many of ``asked`` stand in the best passage, the best window and the whole text.

    And which share of the headline's terms is asked for.
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
    covered = int(np.sum(last >= 0))
    return passage, window, covered, headline / max(n_headline, 1)


def threshold() -> float:
    """Return the confidence from which a page counts as answering a question."""
    return _model().threshold


def _confidence(features: Floats) -> float:
    model = _model()
    return probability(float(_weights() @ features) + model.intercept)


@lru_cache(maxsize=1)
def _weights() -> Floats:
    return _model().vector(FEATURES)


def _largest_overlap(asked: frozenset[str], among: Collection[frozenset[str]]) -> int:
    return max((len(asked & terms) for terms in among), default=0)


@lru_cache(maxsize=1)
def _model() -> LogisticModel:
    return LogisticModel.load(SHIPPED)
