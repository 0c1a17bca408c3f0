from __future__ import annotations

import pytest

from recommender.question_generation.headlines import (
    Clause,
    cleaned_headline,
    headline_clauses,
    headline_sentences,
)


@pytest.mark.parametrize(
    ("headline", "clause"),
    [
        (
            "Jane Roe says the port loses $2 million a year",
            Clause(
                "the port loses $2 million a year",
                said=True,
                speaker="Jane Roe",
                who="Jane Roe",
                verb="says",
                statement="Jane Roe says the port loses $2 million a year",
            ),
        ),
        (
            "the port loses $2 million a year, Jane Roe says",
            Clause(
                "the port loses $2 million a year",
                said=True,
                speaker="Jane Roe",
                statement="the port loses $2 million a year, Jane Roe says",
            ),
        ),
        (
            "Jane Roe: The port was sold to a bank",
            Clause("The port was sold to a bank", said=True, speaker="Jane Roe"),
        ),
        (
            "claim that owls are deaf is false",
            Clause("owls are deaf", said=True),
        ),
        (
            "there is no evidence that owls are deaf",
            Clause("owls are deaf", said=True),
        ),
        ("No, owls are not deaf", Clause("owls are not deaf", denied=True)),
        (
            "old photo shared as a flood in Bern",
            Clause(
                "a photo does not show a flood in Bern",
                said=True,
                shown=True,
                medium="photo",
                content="a flood in Bern",
            ),
        ),
    ],
)
def test_the_clause_that_is_checked_is_found(headline: str, clause: Clause) -> None:
    assert headline_clauses(headline)[0] == clause


def test_somebody_who_did_not_say_it_says_nothing() -> None:
    assert headline_clauses("Jane Roe did not say owls are deaf") == [
        Clause("Jane Roe did not say owls are deaf")
    ]


def test_marks_are_cleaned() -> None:
    assert cleaned_headline("Owls &amp; bees don’t “sing“") == "Owls & bees don't “sing”"


def test_an_abbreviation_ends_no_sentence() -> None:
    assert headline_sentences("Gov. Roe sold it. Nobody knew.") == [
        "Gov. Roe sold it.",
        "Nobody knew.",
    ]
