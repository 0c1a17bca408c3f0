"""Shortfall: why a page has fewer good questions than it should, or few that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.analysis.tokenizer import words
from recommender.questions.bank import normalise_bank_question
from recommender.questions.equivalence import equivalence_in_list
from recommender.report.quality import JudgedList

NO_OWN = "asks no follow-up of its own"
REPEATED = "own follow-ups repeat its headline or another question of the list"
LEFT_OUT = "own follow-ups are missing, and the page does not show why"
FLAGGED_OWN = "own follow-ups are flagged for their wording"
FLAGGED_OTHER = "questions of the archive are flagged for their wording"
NOTHING_NEAR = "the archive offers no further question for it"

REASONS = (
    NO_OWN,
    REPEATED,
    LEFT_OUT,
    FLAGGED_OWN,
    FLAGGED_OTHER,
    NOTHING_NEAR,
)
"""All reasons that ``why_short`` can give, in its order."""

OPEN = "own follow-ups that no article answers yet"
ANSWERED_HERE = "own follow-ups that the page itself answers"
NO_NEXT_READ = "no further check in the archive that is near and has a question"

FEW_LEAD_REASONS = (OPEN, ANSWERED_HERE, NO_NEXT_READ)
"""All reasons that ``why_few_lead`` can give, in its order."""


def why_short(judged: JudgedList, wanted: int) -> tuple[str, ...]:
    """Return the reasons why a list has fewer than ``wanted`` good questions, in their order.

    Empty where it has enough. "offers no further": no question of the bank leads to an article that
    is near enough, or only to one that stands on the page already; the list does not show which.
    """
    if judged.n_good >= wanted:
        return ()
    questions = judged.questions
    own = dict.fromkeys(
        normalise_bank_question(text, judged.article.language)
        for text in judged.article.followups
        if words(text)
    )
    found = set() if own else {NO_OWN}
    if len(questions) < wanted:  # a full list leaves out whatever does not fit
        shown = {q.text for q in questions}
        found |= set(_missing_from_short_list(judged, [text for text in own if text not in shown]))
    for question, faults in zip(questions, judged.faults, strict=True):
        if faults:
            found.add(FLAGGED_OWN if question.origin == "own" else FLAGGED_OTHER)
    if len(questions) < wanted:
        found.add(NOTHING_NEAR)
    return tuple(reason for reason in REASONS if reason in found)


def why_few_lead(judged: JudgedList) -> tuple[str, ...]:
    """Return the reasons why few questions of a page lead to another article, in their order."""
    found = {NO_NEXT_READ}  # else a question of the archive would fill the place
    for q in judged.questions:
        if q.answer is None:
            found.add(OPEN)
        elif q.answer.article_id == judged.article.id:
            found.add(ANSWERED_HERE)
    return tuple(reason for reason in FEW_LEAD_REASONS if reason in found)


def _missing_from_short_list(judged: JudgedList, texts: Sequence[str]) -> Iterator[str]:
    """Yield why each of ``texts``, the article's own follow-ups, is not in its list."""
    if not texts:
        return
    others = (judged.article.headline, *(q.text for q in judged.questions))
    for text in texts:
        repeats = any(equivalence_in_list(text, other) for other in others)
        yield REPEATED if repeats else LEFT_OUT
