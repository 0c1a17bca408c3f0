"""Other words, same question; other number, name, direction or doubt, another question."""

from __future__ import annotations

import pytest

from recommender.questions.equivalence import (
    ParsedQuestion,
    equivalence_by_letters,
    equivalence_in_list,
    same_question,
)


def _same(one: str, other: str) -> bool:
    return same_question(ParsedQuestion.of(one), ParsedQuestion.of(other))


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
    assert _same(one, other)
    assert _same(other, one)


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
    assert not _same(one, other)
    assert not _same(other, one)


def test_a_small_addition_of_common_words_is_the_same_question() -> None:
    one = ParsedQuestion.of("How many wooden bridges are there in Kenya?")
    other = ParsedQuestion.of("How many old wooden bridges are there in Kenya?")
    assert not same_question(one, other)
    light = same_question(one, other, lambda term: 0.1 if term == "old" else 1.0)
    assert light
    assert same_question(other, one, lambda term: 0.1 if term == "old" else 1.0)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("How do bats hunt?", "How do bats  hunt ?", "exact"),
        ("How old are the rings of Saturn?", "How old are Saturn's rings?", "same question"),
        (
            "Was 2023 the hottest year so far?",
            "Was 2024 the hottest year so far?",
            "alike in letters",
        ),
        ("Do bulls hate red?", "Is red hated by bulls?", "same question"),
        ("How do bats hunt?", "How do bats sleep?", None),
        ("Are bats blind?", "Who built the Great Wall of China?", None),
    ],
)
def test_two_questions_of_a_list_repeat_each_other_or_not(
    one: str, other: str, kind: str | None
) -> None:
    assert equivalence_in_list(one, other) == kind
    assert equivalence_in_list(other, one) == kind


def test_letter_similarity_is_of_content_words_in_any_order() -> None:
    assert equivalence_by_letters("Do bulls hate red?", "Is red hated by bulls?") == 100.0
    assert equivalence_by_letters("Are bats blind?", "Who built the Great Wall?") < 50.0
