"""Each reason for a short list, by a list that is short for it alone."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.models import Article, Section
from recommender.report import shortfall
from recommender.report.quality import judge_list
from recommender.report.shortfall import why_few_lead, why_short
from recommender.types import Answer, Origin, QuestionSuggestion, Suggestions

GOOD = ("How do bats hunt moths?", "Do bats eat fruit?")


def no_next_reads(article: Article, ids: list[str]) -> list[float]:
    return [0.0] * len(ids)


def reasons(
    shown: Sequence[tuple[str, Origin]], followups: tuple[str, ...] = (), least: int = 2
) -> tuple[str, ...]:
    article = Article(
        "bats",
        "Are bats blind?",
        summary="No. Bats have working eyes.",
        sections=(Section("Sleep", "Most bats sleep in caves during the day."),),
        followups=followups,
    )
    questions = tuple(QuestionSuggestion(text, text, 1.0, origin) for text, origin in shown)
    return why_short(judge_list(article, Suggestions(questions, ()), no_next_reads), least)


def test_a_list_with_enough_needs_no_reason() -> None:
    assert reasons([(text, "own") for text in GOOD], GOOD) == ()


def test_no_follow_up_and_nothing_in_the_archive() -> None:
    assert reasons([]) == (shortfall.NO_OWN, shortfall.NOTHING_NEAR)


def test_follow_ups_that_repeat_the_headline_or_each_other() -> None:
    for again in ("Are bats blind?", "How do bats hunt the moths?", "1. How do bats hunt moths"):
        found = reasons([(GOOD[0], "own")], (GOOD[0], again))
        if again.startswith("1."):  # the same once its list mark is off: asked once, shown once
            assert found == (shortfall.NOTHING_NEAR,)
        else:
            assert found == (shortfall.REPEATED, shortfall.NOTHING_NEAR)


def test_a_follow_up_that_is_missing_without_a_visible_reason_is_said_to_be() -> None:
    assert shortfall.LEFT_OUT in reasons([(GOOD[0], "own")], GOOD)


def test_a_full_list_does_not_ask_what_else_there_was() -> None:
    found = reasons([(GOOD[0], "own"), ("What do they eat?", "own")], (*GOOD, "What do they eat?"))
    assert found == (shortfall.FLAGGED_OWN,)


def test_flagged_questions_of_the_archive() -> None:
    flagged: list[tuple[str, Origin]] = [(GOOD[0], "own"), ("What do they eat?", "archive")]
    assert reasons(flagged, GOOD[:1]) == (shortfall.FLAGGED_OTHER,)


def test_few_questions_lead_since_they_are_open_or_answered_here() -> None:
    shown = (
        QuestionSuggestion("a", GOOD[0], 1.0, "own"),
        QuestionSuggestion("b", GOOD[1], 1.0, "own", Answer("bats", 1, 0.9)),
    )
    article = Article("bats", "Are bats blind?")
    judged = judge_list(article, Suggestions(shown, ()), no_next_reads)
    assert why_few_lead(judged) == shortfall.FEW_LEAD_REASONS
    none = judge_list(article, Suggestions((), ()), no_next_reads)
    assert why_few_lead(none) == (shortfall.NO_NEXT_READ,)
