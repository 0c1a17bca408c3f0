"""Candidate questions of one list: the editors' own, and those of the bank that fit the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from recommender.answers.bank_answers import BankAnswers
from recommender.bounded_cache import BoundedCache
from recommender.questions.bank import BankQuestion, QuestionBank, normalise
from recommender.ranking.question_ranker import QuestionRanker, RankedQuestion
from recommender.suggestions.reasons import Facets
from recommender.types import Answer, Origin
from recommender.wording.flags import Flag
from recommender.wording.review import false_claim, faults

MIN_ANSWERED_HERE = 0.2  # confidence that this page answers: from there others' questions stay out
MIN_COSINE = 0.5  # of question and headline: enough without a word in common
MIN_COSINE_NEAR = 0.3  # where words are shared; below, they are shared by chance
MIN_COSINE_LOOSE = 0.25  # below, a question has nothing to do with the article
FLAGGED_GAP = 1.0  # a flagged question scores at least so much below the last unflagged one
MAX_CACHED_ENTRIES = 1 << 16  # questions of the bank: each is shown in many lists


@dataclass(frozen=True, eq=False, slots=True)
class QuestionCandidate:
    """A question that may be shown. ``extra`` contributions are added to those of its ranking."""

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
        """Return named parts of the score; they add up to it."""
        return {**(self.ranked.contributions if self.ranked else {}), **self.extra}


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A question of the bank, its answer, and the article most likely to answer it."""

    asked: BankQuestion
    answer: Answer | None
    likely: Answer | None


class CandidateSource:
    """Gathers what may be shown for an article; safe for several threads."""

    def __init__(self, bank: QuestionBank, answers: BankAnswers, ranker: QuestionRanker) -> None:
        """Take candidates from a bank.

        Parameters
        ----------
        bank
            The questions of the archive.
        answers
            Their answers, in the order of the bank.
        ranker
            Their ranking, in the order of the bank.
        """
        self._bank, self._ranker = bank, ranker
        self._entries = BoundedCache(partial(_entry, bank, answers), MAX_CACHED_ENTRIES)

    def own(self, article: Article, ranking: Sequence[RankedQuestion]) -> list[QuestionCandidate]:
        """Return what the article's editors ask; it scores above everything from the bank."""
        score = 1.0 + max([0.0, *(found.score for found in ranking[:1])])
        candidates = []
        for text in dict.fromkeys(map(normalise, article.followups)):
            row = self._bank.row(text)
            entry = self._entries[row] if row is not None else None
            terms = np.unique(np.array(self._ranker.terms.ids(text), np.uint32))
            found = faults(text, false_claim(article))
            parts = {"own follow-up": score}
            candidates.append(QuestionCandidate(text, "own", score, terms, entry, found, parts))
        return candidates

    def archive(
        self, article: Article, ranking: Sequence[RankedQuestion], facets: Facets
    ) -> list[QuestionCandidate]:
        """Return candidates from the bank, in the order of ``ranking``.

        Questions with wording flags score below all others, loosely related ones lowest.

        Parameters
        ----------
        article
            The article at hand.
        ranking
            The bank's questions for it, best first.
        facets
            What the article is about.
        """
        candidates = []
        span = FLAGGED_GAP + (ranking[0].score - ranking[-1].score if ranking else 0.0)
        claim = false_claim(article)
        for ranked in ranking:
            entry, terms = self._entries[ranked.row], self._ranker.index.vectors.of(ranked.row)
            if _is_own(article, entry):
                continue
            found = faults(entry.asked.text, claim)
            origin = self._origin(ranked, terms, facets)
            if origin is None:
                continue
            extra = {"flagged wording": -span} if found else {}
            if origin == "fallback":
                extra["only loosely related"] = -2.0 * span
            score = ranked.score + sum(extra.values())
            text = entry.asked.text
            candidates.append(
                QuestionCandidate(text, origin, score, terms, entry, found, extra, ranked)
            )
        return candidates

    def _origin(
        self, ranked: RankedQuestion, terms: NDArray[np.uint32], facets: Facets
    ) -> Origin | None:
        """Return "archive" for the article's topic, "fallback" for a loose relation, else None.

        By words, and by embeddings where there are any: words may be shared by chance.
        """
        near = facets.near(terms)
        if self._ranker.is_dense:
            cosine = ranked.value("meaning headline")
            if cosine >= MIN_COSINE or (near and cosine >= MIN_COSINE_NEAR):
                return "archive"
            return "fallback" if cosine >= MIN_COSINE_LOOSE else None
        if near:
            return "archive"
        return "fallback" if facets.touches(terms) else None


def _entry(bank: QuestionBank, answers: BankAnswers, row: int) -> BankEntry:
    return BankEntry(bank[row], answers[row], answers.likely(row))


def _is_own(article: Article, entry: BankEntry) -> bool:
    """Return whether the article asks, checks or answers a question itself."""
    asked, likely = entry.asked, entry.likely
    if article.id in asked.asked_by or article.id in asked.headline_of:
        return True
    if likely is None or likely.article_id != article.id:
        return False
    return likely.confidence >= MIN_ANSWERED_HERE
