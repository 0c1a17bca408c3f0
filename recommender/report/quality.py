"""Quality of one list of suggestions, and the faults of its questions.

Judged from the article and the list themselves, not from what the recommender says about them: a
fault of the recommender must not hide itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.analysis.tokenizer import content_terms
from corpus.models import Article
from recommender.related.profile import MAX_LEAD_CHARACTERS
from recommender.types import QuestionSuggestion, RelatedSuggestion, Suggestions
from recommender.wording.flags import Fault
from recommender.wording.review import false_claim
from recommender.wording.review import faults as flagged

MAX_TERM_SHARE = 0.02  # of the archive's questions: a term of more of them is shared by chance
MIN_COMMON_QUESTIONS = 10  # that hold a common term: in a small archive a topic's own are not rare


@dataclass(frozen=True, slots=True)
class JudgedList:
    """One article's list, with the wording faults of each question.

    ``similarity`` is the mean over the pairs of questions, in [0, 1], None for fewer than two.
    """

    article: Article
    questions: tuple[QuestionSuggestion, ...]
    related: tuple[RelatedSuggestion, ...]
    faults: tuple[tuple[Fault, ...], ...]
    similarity: float | None = None

    @property
    def n_good(self) -> int:
        """Return how many questions are without wording faults."""
        pairs = zip(self.questions, self.faults, strict=True)
        return sum(not found for _, found in pairs)


@dataclass(frozen=True, slots=True)
class ListQuality:
    """Four shares in [0, 1], higher is better; ``total`` is their mean.

    ``good``: of the entries that a list should have, those with a good question.
    ``answered``: of the questions, those that lead to an article that answers them.
    ``distinct``: 1 less the mean similarity of the pairs; a list without questions has 0.
    ``near``: of the questions, those that share two terms, or one that is not common, with the
    headline, claim and summary (without a summary, the beginning of the body).
    Ranking scores are left out: those of two lists are not comparable.
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
    """Return the list of an article with the faults of its questions.

    Parameters
    ----------
    article
        The article.
    shown
        What its page shows.
    similarity
        See ``JudgedList``.
    """
    wrong = tuple(faults(q.text, article) for q in shown.questions)
    return JudgedList(article, shown.questions, shown.related, wrong, similarity)


def quality(judged: JudgedList, wanted: int, common: frozenset[str] = frozenset()) -> ListQuality:
    """Return how good a list is.

    Parameters
    ----------
    judged
        The list.
    wanted
        How many good questions it should have.
    common
        Terms that do not make a question near an article; see ``common_terms``.
    """
    questions, article = judged.questions, judged.article
    if not questions:
        return ListQuality(0.0, 0.0, 0.0, 0.0)
    begin = article.summary[:MAX_LEAD_CHARACTERS] or article.body[:MAX_LEAD_CHARACTERS]
    here = content(f"{article.headline} {article.claim[:MAX_LEAD_CHARACTERS]} {begin}")
    return ListQuality(
        min(judged.n_good / wanted, 1.0),
        sum(q.answer is not None for q in questions) / len(questions),
        1.0 - (judged.similarity or 0.0),
        sum(_near(here & content(q.text), common) for q in questions) / len(questions),
    )


def _near(shared: frozenset[str], common: frozenset[str]) -> bool:
    return len(shared) > 1 or not shared <= common


def common_terms(texts: Iterable[str]) -> frozenset[str]:
    """Return the terms so common among ``texts`` that two of these may share one by chance.

    In an archive on politics "tax" alone makes no question belong to an article.
    """
    n, counts = 0, Counter[str]()
    for text in texts:
        n += 1
        counts.update(content(text))
    most = max(MAX_TERM_SHARE * n, MIN_COMMON_QUESTIONS)
    return frozenset(term for term, count in counts.items() if count > most)


def content(text: str) -> frozenset[str]:
    """Return the terms of ``text`` without stop words."""
    return frozenset(content_terms(text))


def faults(text: str, article: Article) -> tuple[Fault, ...]:
    """Return the wording faults of a question in the list of an article, each once."""
    return tuple(dict.fromkeys(flag.fault for flag in flagged(text, false_claim(article))))
