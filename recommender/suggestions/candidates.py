"""The questions that a list may show: the editors' own, and those of the bank that belong here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from recommender.answers.bank_answers import BankAnswers
from recommender.questions.bank import BankQuestion, QuestionBank, normalise
from recommender.ranking.question_ranker import QuestionRanker, RankedQuestion
from recommender.suggestions.reasons import Facets
from recommender.types import Answer, Origin
from recommender.wording.flags import Flag
from recommender.wording.review import false_claim, faults

ANSWERED_HERE = 0.2  # from which confidence a page is left without what others ask
ALIKE_IN_MEANING = 0.5  # cosine with the headline that is enough without a common word
LEAST_MEANT, LOOSELY_MEANT = 0.3, 0.25  # … below which common words, all is by chance
BEHIND = 1.0  # how far below the last of the others a flagged question stands, at least


@dataclass(frozen=True, eq=False, slots=True)
class QuestionCandidate:
    """A question that may be shown; ``extra`` adds to what its ranking gives."""

    text: str
    origin: Origin
    score: float
    terms: NDArray[np.uint32]
    entry: BankEntry | None
    faults: tuple[Flag, ...]
    extra: Mapping[str, float]
    ranked: RankedQuestion | None = None

    @property
    def contributions(self) -> dict[str, float]:
        return {**(self.ranked.contributions if self.ranked else {}), **self.extra}


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A question of the bank, its answer, and the article most likely to answer it."""

    asked: BankQuestion
    answer: Answer | None
    likely: Answer | None


class CandidateSource:
    """Gathers what may be shown for an article; safe for several threads."""

    def __init__(self, bank: QuestionBank, answered: BankAnswers, ranker: QuestionRanker) -> None:
        self._bank, self._ranker = bank, ranker

        @lru_cache(maxsize=1 << 16)
        def entry(place: int) -> BankEntry:
            return BankEntry(bank[place], answered[place], answered.likely(place))

        self._entry = entry

    def own(self, article: Article, ranking: Sequence[RankedQuestion]) -> list[QuestionCandidate]:
        """Return what the article's editors ask; it stands above everything from the bank."""
        score = 1.0 + max([0.0, *(found.score for found in ranking[:1])])
        offers = []
        for text in dict.fromkeys(map(normalise, article.followups)):
            place = self._bank.place(text)
            entry = self._entry(place) if place is not None else None
            terms = np.unique(np.array(self._ranker.terms.ids(text), np.uint32))
            wrong = faults(text, false_claim(article))
            parts = {"own follow-up": score}
            offers.append(QuestionCandidate(text, "own", score, terms, entry, wrong, parts))
        return offers

    def archive(
        self, article: Article, ranking: Sequence[RankedQuestion], facets: Facets
    ) -> list[QuestionCandidate]:
        """Return what others ask: the flagged behind the others, the far ones behind all."""
        offers = []
        span = BEHIND + (ranking[0].score - ranking[-1].score if ranking else 0.0)
        claim = false_claim(article)
        for found in ranking:
            entry, terms = self._entry(found.place), self._ranker.vectors.of(found.place)
            question = entry.asked
            if article.id in question.asked_by or article.id in question.headline_of:
                continue
            likely = entry.likely
            if likely and likely.article_id == article.id and likely.confidence >= ANSWERED_HERE:
                continue
            wrong = faults(question.text, claim)
            origin = self._origin(found, terms, facets)
            if origin is None:
                continue
            extra = {"flagged wording": -span} if wrong else {}
            if origin == "fallback":
                extra["only loosely related"] = -2.0 * span
            score = found.score + sum(extra.values())
            offers.append(
                QuestionCandidate(question.text, origin, score, terms, entry, wrong, extra, found)
            )
        return offers

    def _origin(
        self, found: RankedQuestion, terms: NDArray[np.uint32], facets: Facets
    ) -> Origin | None:
        """Return whether a question belongs to the article's topic, loosely, or not at all (None).

        By its words, and by its meaning where that is known: common words may be there by chance.
        """
        near = facets.near(terms)
        if self._ranker.by_meaning:
            meant = found.value("meaning headline")
            if meant >= ALIKE_IN_MEANING or (near and meant >= LEAST_MEANT):
                return "archive"
            return "fallback" if meant >= LOOSELY_MEANT else None
        if near:
            return "archive"
        return "fallback" if facets.touches(terms) else None
