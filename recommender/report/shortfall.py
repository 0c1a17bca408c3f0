"""Why does an article have fewer good questions than it should? Read from article and list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import token_sort_ratio

from corpus.analysis.tokenizer import words
from recommender.answers.on_page import Page
from recommender.questions.bank import normalise
from recommender.report.quality import JudgedList, likeness, telling

NO_OWN = "asks no follow-up of its own"
ON_PAGE = "own follow-ups are answered on its page"
REPEATED = "own follow-ups repeat its headline or another question of the list"
LEFT_OUT = "own follow-ups are missing, and the page does not show why"
FLAGGED_OWN = "own follow-ups are flagged for their wording"
FLAGGED_OTHER = "questions of the archive are flagged for their wording"
FALLBACK = "fallback questions fill the list"
NOTHING_NEAR = "the archive offers no further question for it"

REASONS = (
    NO_OWN,
    ON_PAGE,
    REPEATED,
    LEFT_OUT,
    FLAGGED_OWN,
    FLAGGED_OTHER,
    FALLBACK,
    NOTHING_NEAR,
)
"""All that ``why_short`` can say, in its order."""

REPEATS = 85.0  # token_sort_ratio of telling terms: more is kept out than counts as a repetition


def why_short(judged: JudgedList, least: int) -> tuple[str, ...]:
    """Return what explains that a list has fewer than ``least`` good questions, most at once.

    Empty where it has enough. "offers no further": none of the bank is near the article, or those
    that are near are answered on its page or asked already; the list does not tell which.
    """
    if judged.n_good >= least:
        return ()
    questions = judged.questions
    own = dict.fromkeys(normalise(text) for text in judged.article.followups if words(text))
    found = set() if own else {NO_OWN}
    if len(questions) < least:  # a full list leaves out what no longer fits, and that explains it
        shown = {q.text for q in questions}
        found |= set(_missing(judged, [text for text in own if text not in shown]))
    for question, faults in zip(questions, judged.faults, strict=True):
        if question.origin == "fallback":
            found.add(FALLBACK)
        elif faults:
            found.add(FLAGGED_OWN if question.origin == "own" else FLAGGED_OTHER)
    if sum(q.origin != "fallback" for q in questions) < least:
        found.add(NOTHING_NEAR)
    return tuple(reason for reason in REASONS if reason in found)


def _missing(judged: JudgedList, texts: Sequence[str]) -> Iterator[str]:
    """Yield why each of the article's own follow-ups does not stand in its list."""
    if not texts:
        return
    page = Page.of(judged.article)
    others = (judged.article.headline, *(q.text for q in judged.questions))
    for text in texts:
        if any(_repeats(text, other) for other in others):
            yield REPEATED
        else:
            yield ON_PAGE if page.answers(text) is not None else LEFT_OUT


def _repeats(text: str, other: str) -> bool:
    here, there = (" ".join(sorted(telling(one))) for one in (text, other))
    return likeness(text, other)[0] is not None or token_sort_ratio(here, there) >= REPEATS
