from __future__ import annotations

import pytest

from recommender.question_generation.asked import (
    ASKED_AND_ANSWERED,
    asked_media_first,
    first_asked_question,
)


@pytest.mark.parametrize(
    ("headline", "question"),
    [
        ("Did Jane Roe sell the port?", "Did Jane Roe sell the port?"),
        ("Did Jane Roe sell the port? No, she did not", "Did Jane Roe sell the port?"),
        ("“Is garlic a cure?” Not at all", "Is garlic a cure?"),
        ("Ulm for sale: did Jane Roe sell the port?", "Did Jane Roe sell the port?"),
        ("Does garlic really cure malaria?", "Does garlic cure malaria?"),
        ("Does this viral photo show a whale in Ulm?", "Does a photo show a whale in Ulm?"),
        ("Is this an image of a whale?", "Does an image show a whale?"),
        ("Do these videos show a flood in Bern?", "Do videos show a flood in Bern?"),
        ("Does this footage show a flood?", "Does footage show a flood?"),
    ],
)
def test_the_question_of_a_headline_without_what_it_adds(headline: str, question: str) -> None:
    assert first_asked_question(headline) == question


@pytest.mark.parametrize("headline", ["Jane Roe sold the port", ""])
def test_a_headline_that_asks_nothing_has_none(headline: str) -> None:
    assert first_asked_question(headline) == ""


@pytest.mark.parametrize(
    ("headline", "statement"),
    [
        ("This is not a photo of a whale", "this photo does not show a whale"),
        ("No, this isn’t a viral video of Ulm", "No, this video does not show Ulm"),
        ("These are not photos of a flood", "these photos do not show a flood"),
        ("This old image is not of a whale", "this image does not show a whale"),
        ("This is not a whale", "This is not a whale"),
        ("This is a photo of a whale", "This is a photo of a whale"),
    ],
)
def test_a_denied_picture_becomes_its_subject(headline: str, statement: str) -> None:
    assert asked_media_first(headline) == statement


def test_an_opening_that_asks_answers_itself() -> None:
    match = ASKED_AND_ANSWERED.match("Did Jane Roe sell the port? No. She rented it out.")
    assert match is not None
    assert match.group(1) == "Did Jane Roe sell the port?"
    assert ASKED_AND_ANSWERED.match("Did Jane Roe sell the port? Many want to know.") is None
    assert ASKED_AND_ANSWERED.match("Who sold the port of Ulm? Not Jane Roe.") is None
