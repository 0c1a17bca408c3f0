"""Why a question is suggested, in plain words for readers and editors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from string import ascii_letters, digits

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.stopwords import COMMON_WORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words
from corpus.models import Article
from recommender.questions.bank import BankQuestion
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms
from recommender.types import Answer
from recommender.wording.flags import Flag

MOST_SHARED, MOST_NEW = 3, 2  # words that are told
BY_TOPIC, BY_TEXT = 0.45, 1.5  # weights of words in common, in units of the rarest word's

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
    """Return what is wrong with the wording of a question."""
    return tuple(f"wording: {flag.reason}" for flag in faults)


class FacetWords:
    """The words of questions that tell a topic; what was asked for is remembered."""

    def __init__(self, terms: QuestionTerms) -> None:
        self.terms = terms
        common = chain.from_iterable(map(terms.ids, (*COMMON_WORDS, *ascii_letters, *digits)))
        self.common = frozenset(common)

        @lru_cache(maxsize=1 << 16)
        def of(question: str) -> dict[int, str]:
            """Return the terms of a question that tell a topic, each as it is written."""
            found: dict[int, str] = {}
            for raw in raw_tokens(question):
                for _, start, end in raw_words(raw):
                    for id in terms.ids(raw[start:end]):
                        if id not in self.common:
                            found.setdefault(id, re.sub("['’]s$", "", raw[start:end]))
            return found

        self.of = of


class Facets:
    """Tells what a question shares with an article's topic, and what it would add to it."""

    def __init__(self, article: Article, words: FacetWords, told: ArticleTerms) -> None:
        """``told`` are the terms of ``article``."""
        self._words = words
        headline, claim = told.text[: told.n_headline].tolist(), words.terms.ids(article.claim)
        self._topic = {*headline, *claim} - words.common
        self._text = frozenset(told.text.tolist()) - words.common

    def near(self, question: NDArray[np.uint32]) -> bool:
        """Return whether a question, by its terms, belongs to the article's topic.

        One rare word of headline or claim is enough, or two that are less so; of words that only
        the text holds it takes more.
        """
        said = question.tolist()
        return (
            self._weight(self._topic.intersection(said)) >= BY_TOPIC
            or self._weight(self._text.intersection(said)) >= BY_TEXT
        )

    def touches(self, question: NDArray[np.uint32]) -> bool:
        """Return whether a question shares any telling word with headline or claim."""
        return not self._topic.isdisjoint(question.tolist())

    def _weight(self, terms: Collection[int]) -> float:
        """Return the sum of the weights of terms, in units of the rarest."""
        idf = self._words.terms.idf
        return float(sum(float(idf[id]) for id in terms)) / self._words.terms.rarest

    def reasons(self, question: str) -> tuple[str, ...]:
        """Return "shares ICE, 287(g); new: training", the most telling words first."""
        said, told = self._words.of(question), []
        about = self._topic if self._topic & said.keys() else self._text
        if shared := self._most_telling(said, about, MOST_SHARED):
            told.append(f"shares {', '.join(shared)}")
        if new := self._most_telling(said, said.keys() - self._text - self._topic, MOST_NEW):
            told.append(f"new: {', '.join(new)}")
        return ("; ".join(told),) if told else ()

    def _most_telling(
        self, found: dict[int, str], among: Collection[int], most: int
    ) -> Sequence[str]:
        ids, idf = [id for id in found if id in among], self._words.terms.idf
        best = set(sorted(ids, key=lambda id: (-float(idf[id]), id))[:most])
        return [found[id] for id in ids if id in best]  # in the order of the question
