"""Reasons that a reader would give, and remarks that an editor needs."""

from __future__ import annotations

import pytest

from recommender.suggestions.reasons import (
    ArticleLabel,
    archive_reasons,
    own_reasons,
    reasons_for_editors,
)
from recommender.types import Answer, RelatedSuggestion
from recommender.wording.flags import Flag

LABELS = {"tea": ArticleLabel("Does tea keep people awake?", "Mostly True")}


def label_of(id: str) -> ArticleLabel:
    return LABELS.get(id, ArticleLabel(id))


def read(id: str) -> RelatedSuggestion:
    return RelatedSuggestion(id, 1.0, "same topic", reasons=("also about tea",))


def test_a_question_of_the_archive_says_what_was_found() -> None:
    assert archive_reasons("Does black tea hold caffeine?", read("tea"), label_of) == (
        "also checked: “Does tea keep people awake?”, mostly true",
        "also about tea",
    )


def test_the_headline_is_not_said_twice_and_no_verdict_is_made_up() -> None:
    found = archive_reasons("Does tea keep people awake?", read("tea"), label_of)
    assert found[0] == "also checked, mostly true"
    assert archive_reasons("Is it?", read("coffee"), label_of)[0] == "also checked: “coffee”"


def test_an_own_question_says_who_asks_and_what_answers() -> None:
    assert own_reasons(None, "page", label_of) == ("asked by this article",)
    assert own_reasons(Answer("page", 2, 0.9), "page", label_of) == ("asked by this article",)
    assert own_reasons(Answer("tea", 0, 0.9), "page", label_of) == (
        "asked by this article",
        "answered by “Does tea keep people awake?”",
    )


@pytest.mark.parametrize(
    ("answer", "here", "expected"),
    [
        (None, None, ("not answered in this archive yet",)),
        (Answer("tea", 1, 0.9), None, ()),
        (None, Answer("page", 2, 0.8), ("this page itself seems to answer it: section 2",)),
        (None, Answer("page", 0, 0.8), ("this page itself seems to answer it: summary",)),
    ],
)
def test_editors_are_told_what_the_answer_is(
    answer: Answer | None, here: Answer | None, expected: tuple[str, ...]
) -> None:
    assert reasons_for_editors(answer, here, ()) == expected


def test_editors_are_told_what_is_wrong_with_the_wording() -> None:
    flags = (Flag("not neutral", "“lies” takes sides"),)
    assert reasons_for_editors(Answer("tea", 1, 0.9), None, flags) == (
        "wording: “lies” takes sides",
    )
