"""How good one list of suggestions is to read, and what is wrong with it.

Everything here is judged from the article and the list themselves, not from what the recommender
says about them: a fault of the recommender must not hide itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.utils import default_process

from corpus.analysis.tokenizer import content_terms, words
from corpus.models import Article
from recommender.questions.equivalence import ParsedQuestion, same_question
from recommender.related.profile import LEAD
from recommender.types import QuestionSuggestion, RelatedSuggestion, Suggestions
from recommender.wording.flags import Fault
from recommender.wording.review import false_claim
from recommender.wording.review import faults as flagged

Likeness = Literal["exact", "same question", "alike in letters"]

ALIKE = 90.0  # rapidfuzz token_sort_ratio of 100: two or three letters differ, or one short word
COMPARED = 50.0  # below, two questions share too few letters to ask the same in any wording
COMMON = 0.02  # share of the archive's questions: a word in more of them says nothing of nearness
FEWEST_COMMON = 10  # questions: in a small archive a topic's own words would be common
REMEMBERED = 1 << 15  # questions: the archive's stand in many lists


@dataclass(frozen=True, slots=True)
class JudgedList:
    """One article's list with what is wrong with each question.

    ``similarity`` is the mean of the pairs of questions in [0, 1], None for fewer than two.
    """

    article: Article
    questions: tuple[QuestionSuggestion, ...]
    related: tuple[RelatedSuggestion, ...]
    faults: tuple[tuple[Fault, ...], ...]
    similarity: float | None = None

    @property
    def n_good(self) -> int:
        """Return how many questions count: worded without fault, and no fallback."""
        pairs = zip(self.questions, self.faults, strict=True)
        return sum(q.origin != "fallback" and not found for q, found in pairs)


@dataclass(frozen=True, slots=True)
class ListQuality:
    """Four shares in [0, 1], higher is better; ``total`` is their mean.

    ``good``: of the places that a list should fill, those that a good question fills.
    ``answered``: of the questions, those that lead to an article that answers them.
    ``distinct``: 1 less the mean similarity of the pairs; a list without questions has 0.
    ``near``: of the questions, those that share two words, or one that is not common, with the
    headline, claim and summary (without a summary, the beginning of the body).
    Rank scores are left out: those of two lists do not compare.
    """

    good: float
    answered: float
    distinct: float
    near: float

    @property
    def total(self) -> float:
        """Return the mean of the four shares."""
        return (self.good + self.answered + self.distinct + self.near) / 4


def judge(article: Article, shown: Suggestions, similarity: float | None = None) -> JudgedList:
    """Return the list of an article with the faults of its questions."""
    wrong = tuple(faults(q.text, article) for q in shown.questions)
    return JudgedList(article, shown.questions, shown.related, wrong, similarity)


def quality(judged: JudgedList, least: int, common: frozenset[str] = frozenset()) -> ListQuality:
    """Return how good a list is that should hold ``least`` good questions; see ``common_terms``."""
    questions, article = judged.questions, judged.article
    if not questions:
        return ListQuality(0.0, 0.0, 0.0, 0.0)
    begin = article.summary[:LEAD] or article.body[:LEAD]
    here = telling(f"{article.headline} {article.claim[:LEAD]} {begin}")
    return ListQuality(
        min(judged.n_good / least, 1.0),
        sum(q.answer is not None for q in questions) / len(questions),
        1.0 - (judged.similarity or 0.0),
        sum(_near(here & telling(q.text), common) for q in questions) / len(questions),
    )


def _near(shared: frozenset[str], common: frozenset[str]) -> bool:
    return len(shared) > 1 or not shared <= common


def common_terms(texts: Iterable[str]) -> frozenset[str]:
    """Return the terms that are so common among ``texts`` that two texts may share one by chance.

    In an archive on politics "tax" alone makes no question belong to an article.
    """
    n, counts = 0, Counter[str]()
    for text in texts:
        n += 1
        counts.update(telling(text))
    most = max(COMMON * n, FEWEST_COMMON)
    return frozenset(term for term, count in counts.items() if count > most)


def telling(text: str) -> frozenset[str]:
    """Return the terms of ``text`` without stop words."""
    return frozenset(content_terms(text))


def faults(text: str, article: Article) -> tuple[Fault, ...]:
    """Return what is wrong with the wording of a question beside an article, each fault once."""
    return tuple(dict.fromkeys(flag.fault for flag in flagged(text, false_claim(article))))


def likeness(one: str, other: str) -> tuple[Likeness | None, float]:
    """Return how two questions repeat each other, None where not, and how like their letters are.

    The likeness of letters is in [0, 100], whatever the order of the words. "alike in letters" is
    for a person to read: the few letters that differ may be the point ("in 2023", "in 2024").
    """
    alike = token_sort_ratio(one, other, processor=default_process)
    if alike < COMPARED:
        return None, alike
    if words(one) == words(other):
        return "exact", alike
    if same_question(_asked(one), _asked(other), lambda term: 1.0):
        return "same question", alike
    return ("alike in letters" if alike >= ALIKE else None), alike


_asked = lru_cache(REMEMBERED)(ParsedQuestion.of)
