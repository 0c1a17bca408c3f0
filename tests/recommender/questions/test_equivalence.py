"""Other words, same question; other number, name, direction or doubt, another question."""

from __future__ import annotations

import pytest

from recommender.questions.deduplication import group
from recommender.questions.equivalence import ParsedQuestion, same_question


def _same(one: str, other: str) -> bool:
    return same_question(ParsedQuestion.of(one), ParsedQuestion.of(other), lambda term: 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How old are the rings of Saturn?", "How old are Saturn's rings thought to be?"),
        ("Is Antarctica losing or gaining ice?", "Is Antarctica gaining or losing ice?"),
        ("Which colour do bulls see?", "What color do bulls see?"),
        ("How many judges does Kenya have?", "How many judges are there in Kenya?"),
        ("Did Trump say he will resign?", "Did Trump say he would resign?"),
    ],
)
def test_other_words_are_the_same_question(one: str, other: str) -> None:
    assert _same(one, other) and _same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Was 2023 the hottest year?", "Was 2024 the hottest year?"),
        ("Did the mayor of Oslo resign?", "Did the mayor of Bergen resign?"),
        ("Did the mayor resign?", "Did the mayor of Bergen resign?"),
        ("Does zinc shorten a cold?", "Does honey shorten a cold?"),
        ("Do cats fear dogs?", "Do dogs fear cats?"),
        ("Why is Pluto no planet?", "Is Pluto no planet?"),
        ("Should shops refuse cash?", "Do shops refuse cash?"),
        ("Do taxes increase wages?", "Do taxes decrease wages?"),
        ("Are GM crops safe?", "Are GM crops not safe?"),
        ("How old is Mars?", "How far is Mars?"),
        ("Does wine raise blood pressure?", "Does wine lower blood pressure?"),
    ],
)
def test_another_point_is_another_question(one: str, other: str) -> None:
    assert not _same(one, other) and not _same(other, one)


def test_a_question_joins_the_first_that_asks_the_same_and_no_chain_forms() -> None:
    texts = [
        "How many old wooden bridges are there in the hills of Kenya?",
        "How many wooden bridges are there in the hills of Kenya?",
        "How many wooden bridges are there in Kenya?",
        "Who built the bridges?",
    ]
    leaders = group(texts)
    assert leaders[0] == 0 and leaders[3] == 3
    assert all(leaders[leader] == leader for leader in leaders)


def test_no_questions_make_no_groups() -> None:
    assert group([]) == []
    assert group(["?", "Is it?", ""]) == [0, 1, 2]
