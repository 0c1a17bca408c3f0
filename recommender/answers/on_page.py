"""Answered on the page: whether an article's own text answers a question, and in which section.

A page about a subject uses the words of every question about it, so shared words alone say little.
What counts is where they stand: together in one passage, those among them that the headline lacks,
and what the expected type of answer looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, tokenize
from corpus.models import Article
from index.columns import base_language
from index.search.reader import IndexReader
from recommender.answers.answer_type import KINDS, answer_types_of_terms
from recommender.answers.calibration import Floats, LogisticModel, calibrated_probability
from recommender.answers.passage_evidence import (
    COVERED_BEYOND,
    IN_ARTICLE,
    IN_PASSAGE,
    MISSING,
    MISSING_IN_PASSAGE,
    NOT_ASKED,
    PASSAGE_FEATURES,
    POSITION,
    TYPE_IN_PASSAGE,
    passage_evidence,
)
from recommender.answers.passages import best_passage, passages
from recommender.answers.question_terms import TermStatistics, TermTable, Weight
from recommender.question_key import question_key
from recommender.questions.equivalence import ParsedQuestion, same_question

SHIPPED = Path(__file__).parent / "weights" / "on_page.json"
MAX_TERMS = 12  # of a question that are counted; few have more
MIN_COVERED = 0.6  # of the question's weight: a page that lacks more misses the point
MIN_LINK_CONFIDENCE = 0.9
"""From which an own question is linked to a section of its own page: no own follow-up of the sample
archive reaches it, while pages whose follow-ups repeat the headline come to .88."""

_BY_KIND = (IN_PASSAGE, COVERED_BEYOND, TYPE_IN_PASSAGE, NOT_ASKED)
_UNUSED = (MISSING, MISSING_IN_PASSAGE, POSITION)  # follow from the shares, or are chance
_USED = tuple(column for column in range(len(PASSAGE_FEATURES)) if column not in _UNUSED)
FEATURES = (
    *(PASSAGE_FEATURES[column] for column in _USED),
    "question terms",
    *(f"expects {kind}" for kind in KINDS),
    *(f"{PASSAGE_FEATURES[column]}, {kind}" for column in _BY_KIND for kind in KINDS),
)
"""Shares in [0, 1], but for the question's terms, counted up to ``MAX_TERMS``.

"…, cause": the same value for a question that expects a cause, else 0.
"""

_STOP_TERMS = frozenset(map(stem, STOPWORDS))
_FIRST_ROW = np.zeros(1, np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class Page:
    """An article ready to be compared with many questions.

    ``tokens`` uint32 and ``bounds`` int64 [1, 5]: headline, claim, summary and body as term ids, as
    in a ``ForwardIndex`` of this article alone.
    """

    article: Article
    statistics: TermStatistics
    tokens: NDArray[np.uint32]
    bounds: NDArray[np.int64]

    @staticmethod
    def of(article: Article, weight: Weight = lambda term: 1.0) -> Page:
        """Return any article, a draft too; ``weight`` gives the idf of a term in an archive."""
        ids: dict[str, int] = {}
        tokens: list[int] = []
        ends = [0]
        for text in (article.headline, article.claim, article.summary, article.body):
            tokens += [ids.setdefault(term, len(ids)) for term in tokenize(text)]
            ends.append(len(tokens))
        weights = [0.0 if term in _STOP_TERMS else weight(term) for term in ids]
        table = TermTable(np.array(weights, np.float32), answer_types_of_terms(ids))
        return Page(
            article,
            TermStatistics(ids.get, table, weight),
            np.array(tokens, np.uint32),
            np.array([ends], np.int64),
        )

    @staticmethod
    def of_index(article: Article, reader: IndexReader, statistics: TermStatistics) -> Page:
        """Return an article by its tokens in the index, without reading its text again.

        Parameters
        ----------
        article
            One of the index.
        reader
            The index.
        statistics
            ``TermStatistics.of_index`` of the same index.
        """
        bounds = reader.forward_index.bounds[reader.row(article.id)]
        tokens = np.asarray(reader.forward_index.tokens[bounds[0] : bounds[-1]])
        return Page(article, statistics, tokens, (bounds - bounds[0])[None, :])

    def features(self, text: str) -> Floats:
        """Return the features of a question on this page, float64 [len(FEATURES)]."""
        question = self.statistics.question(text)
        row = passage_evidence(
            self.tokens, self.bounds, self.statistics.table, _FIRST_ROW, question
        )[0]
        kind, n = KINDS.index(question.expected.kind), len(_USED) + 1
        found = np.zeros(len(FEATURES))
        found[: n - 1] = row[list(_USED)]
        found[n - 1] = min(len(question), MAX_TERMS)
        found[n + kind] = 1.0
        found[n + len(KINDS) + kind :: len(KINDS)] = row[list(_BY_KIND)]
        return found

    def confidence(self, question: str) -> float:
        """Return the probability that the text answers ``question``; 0 below ``MIN_COVERED``.

        0 for an article in another language than English: what the model learned is English.
        """
        if base_language(self.article.language) != "en":
            return 0.0
        features = self.features(question)
        if features[IN_ARTICLE] < MIN_COVERED:
            return 0.0
        return calibrated_probability(
            float(_on_page_weights() @ features) + _on_page_model().intercept
        )

    def answers(self, question: str) -> tuple[int, float] | None:
        """Return the section that answers ``question`` and the probability; None if none does.

        The section is 0 for the summary, n for the n-th one.
        """
        if self._is_headline(question):
            return 0, 1.0  # it is what the page checks
        confidence = self.confidence(question)
        if confidence < on_page_threshold():
            return None
        return best_passage(question, passages(self.article)), confidence

    def _is_headline(self, question: str) -> bool:
        headline = self.article.headline
        if base_language(self.article.language) != "en":
            return question_key(question) == question_key(headline)
        return same_question(ParsedQuestion.of(question), ParsedQuestion.of(headline))

    def contributions(self, question: str) -> dict[str, float]:
        """Return what each feature adds to the logit of the confidence; they add up to it."""
        values = (_on_page_weights() * self.features(question)).tolist()
        parts = {name: value for name, value in zip(FEATURES, values, strict=True) if value}
        return {"intercept": _on_page_model().intercept, **parts}


def on_page_threshold() -> float:
    """Return the confidence from which a page counts as answering a question."""
    return _on_page_model().threshold


@lru_cache(maxsize=1)
def _on_page_weights() -> Floats:
    return _on_page_model().vector(FEATURES)


@lru_cache(maxsize=1)
def _on_page_model() -> LogisticModel:
    return LogisticModel.load(SHIPPED)
