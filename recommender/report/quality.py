"""Quality of one list of suggestions, and the faults of its questions.

Judged from the article and from what its entries lead to, not from what the recommender says about
them: lists of another program are judged alike, and a fault of the recommender does not hide
itself. How well the judgement agrees with people is measured by ``benchmarks/report_truth.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.models import Article
from recommender.types import QuestionSuggestion, RelatedSuggestion, Suggestions
from recommender.wording.flags import Fault
from recommender.wording.review import false_claim_to_review, review_wording

NextReads = Callable[[Article, list[str]], Sequence[float]]
"""Returns the probability that each of some articles is a good next read after an article."""


@dataclass(frozen=True, slots=True)
class JudgedList:
    """One article's page, with the wording faults of each question.

    ``questions`` are all of the page, those below "Also checked" last. ``similarity`` is the mean
    over their pairs, in [0, 1], None for fewer than two. ``next_reads``: the id of each article
    that an entry leads to → the probability that it is a good next read.
    """

    article: Article
    questions: tuple[QuestionSuggestion, ...]
    related: tuple[RelatedSuggestion, ...]
    faults: tuple[tuple[Fault, ...], ...]
    similarity: float | None = None
    next_reads: Mapping[str, float] = field(default_factory=dict)

    @property
    def n_good(self) -> int:
        """Return how many questions are without wording faults."""
        pairs = zip(self.questions, self.faults, strict=True)
        return sum(not found for _, found in pairs)

    @property
    def n_leading(self) -> int:
        """Return how many questions lead to another article."""
        return sum(target_of_judged(q, self.article) is not None for q in self.questions)


@dataclass(frozen=True, slots=True)
class ListQuality:
    """How good a list is, ``total``, and three shares beside it; in [0, 1], higher is better.

    ``total``: the mean probability of a good next read over the entries that the archive has
    chosen, its questions and related articles; a question that leads nowhere has 0, as has a page
    without entries. The editors' own questions are not the archive's choice.
    ``good``: of the questions that a list should have, those without wording faults.
    ``answered``: of the questions, those that lead to an article, or to a section of the page.
    ``distinct``: 1 less the mean similarity of the pairs; a list without questions has 0.
    """

    total: float
    good: float
    answered: float
    distinct: float


def judge_list(
    article: Article,
    shown: Suggestions,
    next_reads: NextReads,
    similarity: float | None = None,
) -> JudgedList:
    """Return the page of an article with the faults of its questions.

    Parameters
    ----------
    article
        The article.
    shown
        What its page shows.
    next_reads
        Says how likely each article that an entry leads to is a good next read.
    similarity
        See ``JudgedList``.
    """
    questions = (*shown.questions, *shown.also_checked)
    wrong = tuple(faults_in_list(q.text, article) for q in questions)
    targets = [target for q in questions if (target := target_of_judged(q, article)) is not None]
    ids = list(dict.fromkeys([*targets, *(r.article_id for r in shown.related)]))
    likely = (float(value) for value in next_reads(article, ids))
    return JudgedList(
        article,
        questions,
        shown.related,
        wrong,
        similarity,
        dict(zip(ids, likely, strict=True)),
    )


def target_of_judged(question: QuestionSuggestion, article: Article) -> str | None:
    """Return the other article that a question leads to, None where it leads to none."""
    if question.answer is None or question.answer.article_id == article.id:
        return None
    return question.answer.article_id


def list_quality(judged: JudgedList, wanted: int) -> ListQuality:
    """Return how good a list is; ``wanted``: how many good questions it should have."""
    questions = judged.questions
    chosen = [target_of_judged(q, judged.article) for q in questions if q.origin != "own"]
    chosen += [r.article_id for r in judged.related]
    likely = [judged.next_reads[id] if id is not None else 0.0 for id in chosen]
    total = sum(likely) / len(likely) if likely else 0.0
    if not questions:
        return ListQuality(total, 0.0, 0.0, 0.0)
    return ListQuality(
        total,
        min(judged.n_good / wanted, 1.0),
        sum(q.answer is not None for q in questions) / len(questions),
        1.0 - (judged.similarity or 0.0),
    )


def faults_in_list(text: str, article: Article) -> tuple[Fault, ...]:
    """Return the wording faults of a question in the list of an article, each once."""
    return tuple(
        dict.fromkeys(
            flag.fault
            for flag in review_wording(text, false_claim_to_review(article), article.language)
        )
    )
