"""Verbs take the endings that the rules are sure of."""

from __future__ import annotations

import pytest

from recommender.grammar.inflection import past_tense, third_person


@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("sell", "sold"),
        ("Bake", "baked"),
        ("carry", "carried"),
        ("play", "played"),
        ("jump", "jumped"),
        ("plan", "planned"),
        ("wax", "waxed"),
        ("be", ""),
        ("jog", ""),  # jogged: whether a letter doubles is not known
    ],
)
def test_past_tenses(verb: str, past: str) -> None:
    assert past_tense(verb) == past


@pytest.mark.parametrize(
    ("verb", "third"),
    [
        ("show", "shows"),
        ("teach", "teaches"),
        ("carry", "carries"),
        ("have", "has"),
        ("go", "goes"),
    ],
)
def test_third_persons(verb: str, third: str) -> None:
    assert third_person(verb) == third
