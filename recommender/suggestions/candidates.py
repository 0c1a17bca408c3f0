"""Candidate questions of one list: the editors' own, and the archive's that lead to next reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article
from recommender.answers.bank_answers import BankAnswers
from recommender.bounded_cache import BoundedCache
from recommender.questions.bank import BankQuestion, QuestionBank, normalise_bank_question
from recommender.ranking.question_ranker import QuestionRanker
from recommender.types import Answer, Origin, RelatedSuggestion
from recommender.wording.flags import Flag
from recommender.wording.review import false_claim_to_review, review_wording

MAX_SAME_CLAIM = 0.3  # probability from which an article has nothing to ask; benchmarks/README.md
MAX_RANKED = 200  # questions of the bank that the question ranker compares for one article
OWN_QUESTION_BONUS = 1.0  # of the ranker's score: the check's own question surely leads to it
MAX_CACHED_ENTRIES = 1 << 16  # questions of the bank: each stands in many lists


@dataclass(frozen=True, eq=False, slots=True)
class QuestionCandidate:
    """A question that may be shown; ``contributions`` add up to its score.

    ``terms`` are the distinct terms of its text, uint32. ``read`` is the article it leads to as a
    next read, None for the editors' own.
    """

    text: str
    origin: Origin
    terms: NDArray[np.uint32]
    entry: BankEntry | None
    faults: tuple[Flag, ...]
    contributions: Mapping[str, float]
    read: RelatedSuggestion | None = None

    @property
    def score(self) -> float:
        """Return the sum of the contributions."""
        return sum(self.contributions.values())


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A question of the bank and its answer, None where it is unanswered."""

    asked: BankQuestion
    answer: Answer | None


def may_be_candidate(read: RelatedSuggestion) -> bool:
    """Return whether an article has something to ask: it is hardly a check of the same claim."""
    return not read.is_same_claim and read.same_claim < MAX_SAME_CLAIM


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
        self._bank, self._answers, self._ranker = bank, answers, ranker
        self._entries = BoundedCache(partial(_candidate_entry, bank, answers), MAX_CACHED_ENTRIES)

    def own(self, article: Article) -> list[QuestionCandidate]:
        """Return what the article's editors ask, in their order; each above the archive's."""
        candidates = []
        language = article.language
        texts = list(dict.fromkeys(normalise_bank_question(q, language) for q in article.followups))
        for n, text in enumerate(texts):
            row = self._bank.row(text)
            entry = self._entries[row] if row is not None else None
            terms = np.unique(np.array(self._ranker.terms.ids(text), np.uint32))
            found = review_wording(text, false_claim_to_review(article), language)
            parts = {"own follow-up": float(MAX_GAIN + len(texts) - n)}
            candidates.append(QuestionCandidate(text, "own", terms, entry, found, parts))
        return candidates

    def archive(
        self, article: Article, related: Sequence[RelatedSuggestion], ranked: Mapping[int, float]
    ) -> list[QuestionCandidate]:
        """Return one question for each related article, in the order of ``related``.

        Never for another check of the article's own claim, and none with a wording fault.

        Parameters
        ----------
        article
            The article at hand.
        related
            Its related articles, best first.
        ranked
            The question ranker's scores of the bank's rows for it; rows without one are far.
        """
        candidates = []
        for read in related:
            if not may_be_candidate(read):
                continue
            row = self._best_candidate_question(article, read.article_id, ranked)
            if row is None:
                continue
            entry = self._entries[row]
            terms = self._ranker.index.vectors.of(row)
            candidates.append(
                QuestionCandidate(
                    entry.asked.text,
                    "archive",
                    terms,
                    entry,
                    (),
                    # stored lists keep no contributions
                    read.contributions or {"next read": read.score},
                    read,
                )
            )
        return candidates

    def _best_candidate_question(
        self, article: Article, target: str, ranked: Mapping[int, float]
    ) -> int | None:
        """Return the row of the question that leads from an article to ``target``, None: none.

        The one that the ranker puts first; where it knows none, the target's own question.
        """
        claim = false_claim_to_review(article)
        best: tuple[float, int] | None = None
        for row in self._answers.rows_of(target):
            asked = self._entries[row].asked
            if article.id in asked.asked_by or article.id in asked.headline_of:
                continue
            own = target in asked.headline_of
            if row not in ranked and not own:
                continue
            if review_wording(asked.text, claim, article.language):
                continue
            score = ranked.get(row, -np.inf) + OWN_QUESTION_BONUS * own
            if best is None or score > best[0]:
                best = score, row
        return best[1] if best else None


MAX_GAIN = 7  # 2 ** 3 - 1: the highest score of a next read; the editors' own stand above it


def _candidate_entry(bank: QuestionBank, answers: BankAnswers, row: int) -> BankEntry:
    return BankEntry(bank[row], answers[row])
