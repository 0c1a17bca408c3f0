"""Page plan: which of an article's questions and related articles stand on its page, and where.

The two boxes of a page are planned together, from the stored lists of the article. No article is
the target of two entries of a page. The editors' own questions stand first and whole. What they
lead to is not repeated under the related articles, and where too few of them lead to an article,
questions of the archive that do follow as a list of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from recommender.types import (
    PAGE_SIZE,
    QuestionSuggestion,
    RelatedSuggestion,
    Suggestions,
    Unanswered,
)

MIN_PROBABILITY = 0.33  # of a good next read, from which the archive asks; benchmarks/README.md
MIN_LEADING = 3  # questions of a page that lead to an article; below, "Also checked" follows
MAX_ALSO_CHECKED = 3  # questions of that list


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How much a page shows: questions and related articles, and what of open questions.

    ``questions`` bounds what the archive adds: the editors' own questions stand whole.
    ``related_alone``: the related articles stand on a page without questions.
    """

    questions: int = PAGE_SIZE
    related: int = PAGE_SIZE
    unanswered: Unanswered = "keep"
    related_alone: bool = False


def plan_page(
    article_id: str,
    questions: Sequence[QuestionSuggestion],
    related: Sequence[RelatedSuggestion],
    limits: PageLimits,
) -> Suggestions:
    """Return what the page of an article shows.

    Parameters
    ----------
    article_id
        The article of the page: a link to its own sections is no target.
    questions
        Candidates, best first: the editors' own (origin ``own``), then the archive's.
    related
        Candidates, best first.
    limits
        How much is shown.
    """
    own = _arranged_on_page([q for q in questions if q.origin == "own"], limits.unanswered)
    archive = [q for q in questions if q.origin != "own"]
    good = [q for q in archive if q.probability >= MIN_PROBABILITY]
    shown = list(own)
    taken = {target for q in own if (target := _target_on_page(q, article_id))}
    room = max(limits.questions - len(own), 0)
    chosen = _page_without_repeats(good, room, article_id, taken)
    shown += chosen
    leading = sum(_target_on_page(q, article_id) is not None for q in shown)
    also: list[QuestionSuggestion] = []
    if own and leading < MIN_LEADING:
        also = _page_without_repeats(archive, MAX_ALSO_CHECKED, article_id, taken)
    rest = [r for r in related if limits.related_alone or r.article_id not in taken]
    return Suggestions(tuple(shown), tuple(rest[: limits.related]), tuple(also))


def page_without(
    found: Suggestions,
    is_banned: Callable[[QuestionSuggestion], bool],
    gone: Container[str],
) -> Suggestions:
    """Return suggestions without what may not be named, in their order.

    An own question that such an article answers stays, without the link; a question of the archive
    goes, since it stands there for its answer.

    Parameters
    ----------
    found
        Candidates of one article.
    is_banned
        Whether a question is banned.
    gone
        Ids of the articles that are banned or withdrawn.
    """

    def allowed_on_page(questions: Iterable[QuestionSuggestion]) -> Iterable[QuestionSuggestion]:
        for q in questions:
            if is_banned(q):
                continue
            if q.answer is None or q.answer.article_id not in gone:
                yield q
            elif q.origin == "own":
                yield q.unanswered()

    return Suggestions(
        tuple(allowed_on_page(found.questions)),
        tuple(r for r in found.related if r.article_id not in gone),
        tuple(allowed_on_page(found.also_checked)),
    )


def _arranged_on_page(
    own: Sequence[QuestionSuggestion], unanswered: Unanswered
) -> list[QuestionSuggestion]:
    if unanswered == "keep":
        return list(own)
    answered = [q for q in own if q.answer]
    return answered if unanswered == "hide" else answered + [q for q in own if not q.answer]


def _target_on_page(question: QuestionSuggestion, article_id: str) -> str | None:
    """Return the other article that a question leads to, None where it leads to none."""
    if question.answer is None or question.answer.article_id == article_id:
        return None
    return question.answer.article_id


def _page_without_repeats(
    questions: Iterable[QuestionSuggestion], n: int, article_id: str, taken: set[str]
) -> list[QuestionSuggestion]:
    """Return the first ``n`` that lead to an article that is not taken; adds those to ``taken``."""
    chosen: list[QuestionSuggestion] = []
    for question in questions:
        target = _target_on_page(question, article_id)
        if len(chosen) < n and target is not None and target not in taken:
            chosen.append(question)
            taken.add(target)
    return chosen
