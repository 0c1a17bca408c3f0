from __future__ import annotations

import pytest

from recommender.grammar.media import MEDIA, PICTURES, media_phrase
from tests.recommender.grammar.sentences import token

PHOTO, PHOTOS = token("photo/NN/nsubj"), token("photos/photo/NNS/nsubj")


@pytest.mark.parametrize(
    ("rest", "phrase"),
    [
        ("photo", "a photo"),
        ("viral photo", "a photo"),
        ("Doctored photo of a whale", "a photo of a whale"),
        ("aerial photo", "an aerial photo"),
    ],
)
def test_one_picture_gets_an_article(rest: str, phrase: str) -> None:
    assert media_phrase(PHOTO, rest) == phrase


def test_several_pictures_get_none() -> None:
    assert media_phrase(PHOTOS, "viral photos of a flood") == "photos of a flood"


@pytest.mark.parametrize("mass", ["footage", "audio"])
def test_what_cannot_be_counted_gets_none(mass: str) -> None:
    assert media_phrase(token(f"{mass}/NN/nsubj"), f"edited {mass}") == mass


def test_an_image_is_not_a_image() -> None:
    assert media_phrase(token("image/NN/nsubj"), "image") == "an image"


def test_every_picture_is_a_medium_that_may_be_shown() -> None:
    assert PICTURES < MEDIA
    assert not {"post", "letter", "quote"} & PICTURES
