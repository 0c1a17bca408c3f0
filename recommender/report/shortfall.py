"""Shortfall: why an article has fewer good questions than it should, read from its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.analysis.tokenizer import words
from recommender.answers.on_page import Page
from recommender.questions.bank import normalise
from recommender.questions.equivalence import repetition
from recommender.report.quality import JudgedList

NO_OWN = "asks no follow-up of its own"
ON_PAGE = "own follow-ups are answered on its page"
REPEATED = "own follow-ups repeat its headline or another question of the list"
LEFT_OUT = "own follow-ups are missing, and the page does not show why"
FLAGGED_OWN = "own follow-ups are flagged for their wording"
FLAGGED_OTHER = "questions of the archive are flagged for their wording"
NOTHING_NEAR = "the archive offers no further question for it"

REASONS = (
    NO_OWN,
    ON_PAGE,
    REPEATED,
    LEFT_OUT,
    FLAGGED_OWN,
    FLAGGED_OTHER,
    NOTHING_NEAR,
)
"""All reasons that ``why_short`` can give, in its order."""


def why_short(judged: JudgedList, wanted: int) -> tuple[str, ...]:
    """Return the reasons why a list has fewer than ``wanted`` good questions, in their order.

    Empty where it has enough. "offers no further": no question of the bank is near the article, or
    those that are near are answered on its page or in the list; the list does not show which.
    """
    if judged.n_good >= wanted:
        return ()
    questions = judged.questions
    own = dict.fromkeys(normalise(text) for text in judged.article.followups if words(text))
    found = set() if own else {NO_OWN}
    if len(questions) < wanted:  # a full list leaves out whatever does not fit
        shown = {q.text for q in questions}
        found |= set(_missing(judged, [text for text in own if text not in shown]))
    for question, faults in zip(questions, judged.faults, strict=True):
        if faults:
            found.add(FLAGGED_OWN if question.origin == "own" else FLAGGED_OTHER)
    if len(questions) < wanted:
        found.add(NOTHING_NEAR)
    return tuple(reason for reason in REASONS if reason in found)


def _missing(judged: JudgedList, texts: Sequence[str]) -> Iterator[str]:
    """Yield why each of ``texts``, the article's own follow-ups, is not in its list."""
    if not texts:
        return
    page = Page.of(judged.article)
    others = (judged.article.headline, *(q.text for q in judged.questions))
    for text in texts:
        if any(repetition(text, other) for other in others):
            yield REPEATED
        else:
            yield ON_PAGE if page.answers(text) is not None else LEFT_OUT
