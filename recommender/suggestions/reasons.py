"""Reasons of a suggested question: who asks it, where it is answered, what it shares and adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from itertools import chain
from string import ascii_letters, digits

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import COMMON_WORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words
from corpus.models import Article
from recommender.bounded_cache import BoundedCache
from recommender.questions.bank import BankQuestion
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms
from recommender.types import Answer
from recommender.wording.flags import Flag

MAX_SHARED_WORDS, MAX_NEW_WORDS = 3, 2  # that a reason lists
# Weights of words in common, in units of the rarest word's. One rare word of headline or claim is
# enough (half of the archive's words are that rare); of the text it takes two or more.
MIN_TOPIC_WEIGHT, MIN_TEXT_WEIGHT = 0.45, 1.5
MAX_CACHED_QUESTIONS = 1 << 16  # each is shown in many lists

HeadlineOf = Callable[[str], str]
"""The headline of an article by its id; the id where the article is gone."""


def who_asks(question: BankQuestion, headline_of: HeadlineOf) -> tuple[str, ...]:
    """Return who asks or checks a question of the bank."""
    others = question.asked_by or question.headline_of
    verb = "asked by" if question.asked_by else "checked by"
    if len(others) > 1:
        return (f"{verb} {len(others)} other articles",)
    return tuple(f"{verb} “{headline_of(id)}”" for id in others)


def led_to(answer: Answer | None, headline_of: HeadlineOf) -> tuple[str, ...]:
    """Return where a question is answered, or that it is not."""
    if answer is None:
        return ("not answered in this archive yet",)
    where = f"section {answer.section}" if answer.section else "summary"
    return (f"answered by “{headline_of(answer.article_id)}”, {where}",)


def wording(faults: Iterable[Flag]) -> tuple[str, ...]:
    """Return the wording faults of a question as reasons."""
    return tuple(f"wording: {flag.reason}" for flag in faults)


class FacetWords:
    """The content words of questions, as they are written, with their term ids."""

    def __init__(self, terms: QuestionTerms) -> None:
        """``terms`` are the words of the bank and its archive."""
        self.terms = terms
        common = chain.from_iterable(map(terms.ids, (*COMMON_WORDS, *ascii_letters, *digits)))
        self.common = frozenset(common)
        self._cached = BoundedCache(
            partial(_content_words, terms, self.common), MAX_CACHED_QUESTIONS
        )

    def of(self, question: str) -> dict[int, str]:
        """Return the terms of a question that are not common, each as the question writes it."""
        return self._cached[question]


def _content_words(terms: QuestionTerms, common: frozenset[int], question: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for raw in raw_tokens(question):
        for _, start, end in raw_words(raw):
            for id in terms.ids(raw[start:end]):
                if id not in common:
                    found.setdefault(id, re.sub("['’]s$", "", raw[start:end]))
    return found


class Facets:
    """Compares questions with an article's topic: what they share with it, what they would add."""

    def __init__(self, article: Article, words: FacetWords, article_terms: ArticleTerms) -> None:
        """Take the topic from an article.

        Parameters
        ----------
        article
            The article at hand.
        words
            The content words of questions.
        article_terms
            The terms of ``article``.
        """
        self._words = words
        headline = article_terms.text[: article_terms.n_headline].tolist()
        claim = words.terms.ids(article.claim)
        self._topic = {*headline, *claim} - words.common
        self._text = frozenset(article_terms.text.tolist()) - words.common

    def near(self, question: NDArray[np.uint32]) -> bool:
        """Return whether a question, by its terms, belongs to the article's topic."""
        terms = question.tolist()
        return (
            self._weight(self._topic.intersection(terms)) >= MIN_TOPIC_WEIGHT
            or self._weight(self._text.intersection(terms)) >= MIN_TEXT_WEIGHT
        )

    def touches(self, question: NDArray[np.uint32]) -> bool:
        """Return whether a question shares any content word with headline or claim."""
        return not self._topic.isdisjoint(question.tolist())

    def _weight(self, terms: Collection[int]) -> float:
        """Return the sum of the weights of terms, in units of the rarest."""
        idf = self._words.terms.idf
        return float(sum(float(idf[id]) for id in terms)) / self._words.terms.rarest

    def reasons(self, question: str) -> tuple[str, ...]:
        """Return what a question shares and adds: "shares ICE, 287(g); new: training"."""
        written = self._words.of(question)
        parts = []
        topic = self._topic if self._topic & written.keys() else self._text
        if shared := self._rarest(written, topic, MAX_SHARED_WORDS):
            parts.append(f"shares {', '.join(shared)}")
        if new := self._rarest(written, written.keys() - self._text - self._topic, MAX_NEW_WORDS):
            parts.append(f"new: {', '.join(new)}")
        return ("; ".join(parts),) if parts else ()

    def _rarest(self, written: dict[int, str], among: Collection[int], n: int) -> Sequence[str]:
        """Return the ``n`` rarest words of a question, in the order of the question."""
        ids, idf = [id for id in written if id in among], self._words.terms.idf
        best = set(sorted(ids, key=lambda id: (-float(idf[id]), id))[:n])
        return [written[id] for id in ids if id in best]
