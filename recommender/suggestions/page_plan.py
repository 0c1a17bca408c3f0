"""Page plan: which of an article's questions and related articles stand on its page, and where.

The two boxes of a page are planned together, from the stored lists of the article. No article is
the target of two entries of a page. The editors' own questions stand first and whole. What they
lead to is not repeated under the related articles, and where too few of them lead to an article,
questions of the archive that do follow as a list of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.types import PAGE_SIZE, QuestionSuggestion, RelatedSuggestion, Suggestions

Unanswered = Literal["keep", "last", "hide"]
"""What becomes of own questions that no article answers yet: they keep their place, stand behind
the others, or are not shown."""

MIN_LEADING = 3  # questions of a page that lead to an article; below, "Also checked" follows
MAX_ALSO_CHECKED = 3  # questions of that list


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How much a page shows: questions and related articles, and what of open questions.

    ``questions`` bounds what the archive adds: the editors' own questions stand whole.
    """

    questions: int = PAGE_SIZE
    related: int = PAGE_SIZE
    unanswered: Unanswered = "keep"


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
    own = _arranged([q for q in questions if q.origin == "own"], limits.unanswered)
    archive = [q for q in questions if q.origin != "own"]
    shown = list(own)
    taken = {target for q in own if (target := _target(q, article_id))}
    room = max(limits.questions - len(own), 0)
    chosen, left = _without_repeats(archive, room, article_id, taken)
    shown += chosen
    leading = sum(_target(q, article_id) is not None for q in shown)
    also: list[QuestionSuggestion] = []
    if own and leading < MIN_LEADING:
        also, _ = _without_repeats(
            [q for q in left if _target(q, article_id)], MAX_ALSO_CHECKED, article_id, taken
        )
    rest = [r for r in related if r.article_id not in taken]
    return Suggestions(tuple(shown), tuple(rest[: limits.related]), tuple(also))


def without(
    found: Suggestions,
    is_banned_question: Callable[[str, str], bool],
    is_banned_article: Callable[[str], bool],
) -> Suggestions:
    """Return suggestions without what is banned, in their order.

    An own question that a banned article answers stays, without the link; a question of the
    archive goes, since it stands there for its answer.

    Parameters
    ----------
    found
        Candidates of one article.
    is_banned_question
        Whether the question of an id and a text is banned.
    is_banned_article
        Whether the article of an id is banned, withdrawn or otherwise not to be named.
    """

    def allowed(questions: Iterable[QuestionSuggestion]) -> Iterable[QuestionSuggestion]:
        for q in questions:
            if is_banned_question(q.id, q.text):
                continue
            if q.answer is None or not is_banned_article(q.answer.article_id):
                yield q
            elif q.origin == "own":
                yield q.unanswered()

    return Suggestions(
        tuple(allowed(found.questions)),
        tuple(r for r in found.related if not is_banned_article(r.article_id)),
        tuple(allowed(found.also_checked)),
    )


def _arranged(
    own: Sequence[QuestionSuggestion], unanswered: Unanswered
) -> list[QuestionSuggestion]:
    if unanswered == "keep":
        return list(own)
    answered = [q for q in own if q.answer]
    return answered if unanswered == "hide" else answered + [q for q in own if not q.answer]


def _target(question: QuestionSuggestion, article_id: str) -> str | None:
    """Return the other article that a question leads to, None where it leads to none."""
    if question.answer is None or question.answer.article_id == article_id:
        return None
    return question.answer.article_id


def _without_repeats(
    questions: Iterable[QuestionSuggestion], n: int, article_id: str, taken: set[str]
) -> tuple[list[QuestionSuggestion], list[QuestionSuggestion]]:
    """Return the first ``n`` whose targets are not taken, and the others; adds to ``taken``."""
    chosen: list[QuestionSuggestion] = []
    left: list[QuestionSuggestion] = []
    for question in questions:
        target = _target(question, article_id)
        if len(chosen) < n and target not in taken:
            chosen.append(question)
            if target:
                taken.add(target)
        elif target not in taken:
            left.append(question)
    return chosen, left
