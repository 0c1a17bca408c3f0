from __future__ import annotations

import pytest

from recommender.grammar.parser import EnglishParser
from recommender.question_generation.pictures import Picture, picture_in


@pytest.mark.parametrize(
    ("headline", "question"),
    [
        (
            "this viral video shows a whale stranded in Vienna",
            "What is behind a video that shows a whale stranded in Vienna?",
        ),
        (
            "No, these images actually show a flood in Bern",
            "What is behind images that show a flood in Bern?",
        ),
        (
            "this is an old photo of a mill on fire in Ulm.",
            "What is behind a photo of a mill on fire in Ulm?",
        ),
        (
            "these are real photos of a mill on fire in Ulm",
            "What is behind photos of a mill on fire in Ulm?",
        ),
        (
            "this is an image of a mill on fire in Ulm",
            "What is behind an image of a mill on fire in Ulm?",
        ),
    ],
)
def test_a_headline_about_a_picture_asks_what_is_behind_it(headline: str, question: str) -> None:
    picture = picture_in(headline, None)
    assert picture is not None
    assert picture.question() == question


@pytest.mark.parametrize(
    "headline",
    ["Jane Roe sold the port of Ulm", "a video game shows owls", "this photo was taken in Ulm"],
)
def test_a_headline_about_something_else_has_no_picture(headline: str) -> None:
    assert picture_in(headline, None) is None


@pytest.mark.parametrize(
    "content",
    [
        "a mill in Ulm, not a fire in Bern",  # the verdict as well
        "a whale which sank near Bern",
        "a flood in Bern; it was in Ulm",
        "our flood in Bern",  # not fit
        "a flood in Bern yesterday",
    ],
)
def test_content_with_a_verdict_or_unfit_words_is_no_question(content: str) -> None:
    assert Picture("photo", False, content, "picture that shows").question() == ""


def test_the_subject_of_a_headline_may_be_a_picture(parser: EnglishParser) -> None:
    headline = "old video of a mill on fire is not from Ulm"
    picture = picture_in(headline, next(parser.parse([headline])))
    assert picture is not None
    assert (picture.noun, picture.plural, picture.content) == ("video", False, "a mill on fire")
    assert picture.question() == "What is behind a video of a mill on fire?"


@pytest.mark.parametrize("headline", ["the video is not from Ulm", "the mayor of Ulm is asleep"])
def test_a_subject_without_content_is_no_picture(parser: EnglishParser, headline: str) -> None:
    assert picture_in(headline, next(parser.parse([headline]))) is None


@pytest.mark.parametrize(
    ("headline", "question"),
    [
        (
            "This video shows farmers storming a bank in Ulm",
            "What is behind a video that shows farmers storming a bank in Ulm?",
        ),
        (
            "This is an old photo of farmers in a bank in Ulm",
            "What is behind a photo of farmers in a bank in Ulm?",
        ),
        (
            "Video of farmers storming a bank was filmed in Bern",
            "What is behind a video of farmers storming a bank?",
        ),
    ],
)
def test_what_it_shows_is_kept(parser: EnglishParser, headline: str, question: str) -> None:
    picture = picture_in(headline, next(iter(parser.parse([headline]))))
    assert picture is not None
    assert picture.question() == question


def test_two_sides_are_no_picture(parser: EnglishParser) -> None:
    headline = "This photo shows a bank in Bern, not a bridge in Ulm"
    picture = picture_in(headline, None)
    assert picture is not None
    assert picture.question() == ""
    assert picture_in("Farmers storm a bank in Ulm", None) is None
