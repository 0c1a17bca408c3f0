"""Spellings are joined and split as the archive has them, and not otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.analysis.tokenizer import stem, tokenize
from index.query.joined_spellings import JoinedSpellings, spelt_words

TEXTS = [
    "A SARS-2 test by a Ph.D. in a U-turn",
    "The B-52 and X-ray of a T-shirt",
    "WhatsApp and DeepMind wrote long COVID",
    "The play group met; playgroup playgroup",
    "A car park, a carpark in the car park",
]


@pytest.fixture
def joined() -> JoinedSpellings:
    texts = [tokenize(text) for text in TEXTS]

    def with_phrase(terms: Sequence[str]) -> int:
        n = len(terms)
        return sum(any(text[i : i + n] == list(terms) for i in range(len(text))) for text in texts)

    return JoinedSpellings(stem, lambda term: sum(term in text for text in texts), with_phrase)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("sars2", ("sars", "2")),
        ("b52", ("b", "52")),
        ("phd", ("ph", "d")),
        ("uturn", ("u", "turn")),
        ("xray", ("x", "ray")),
        ("tshirts", ("t", "shirts")),
        ("longcovid", ("long", "covid")),
        ("whatsapp", None),
        ("whats", None),
        ("zebra", None),
        ("it", None),
        ("sars3", None),
        ("x" * 80, None),
    ],
)
def test_a_word_is_split_where_the_archive_splits_it(
    joined: JoinedSpellings, word: str, parts: tuple[str, str] | None
) -> None:
    assert joined.split(word) == parts


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ("whats", "app", "whatsapp"),
        ("deep", "mind", "deepmind"),
        ("play", "group", None),  # as often in two
        ("long", "covid", None),
        ("a", "b", None),
    ],
)
def test_two_words_are_joined_where_the_archive_joins_them(
    joined: JoinedSpellings, one: str, other: str, word: str | None
) -> None:
    assert joined.joined(one, other) == word


def test_variants_of_a_text_keep_the_rest(joined: JoinedSpellings) -> None:
    assert joined.variants("the b52 flew") == ["the b 52 flew"]
    assert joined.variants("the whats app call") == ["the whatsapp call"]
    assert joined.variants("nothing here") == []


def test_words_are_given_with_their_places() -> None:
    text = "The Queen's café, 5bn https://a.example/b"
    assert [(one.word, text[one.start : one.end]) for one in spelt_words(text)] == [
        ("the", "The"),
        ("queen", "Queen's"),
        ("cafe", "café"),
        ("5", "5"),
        ("billion", "bn"),
    ]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("masernimpfung", ("masern", "impfung")),
        ("wahlsbetrug", ("wahl", "betrug")),
        ("blumenwiese", ("blumen", "wiese")),
        ("impfung", None),
        ("masernzebra", None),
    ],
)
def test_a_compound_is_two_words_of_the_archive(word: str, parts: tuple[str, str] | None) -> None:
    known = {"masern", "impfung", "wahl", "betrug", "blumen", "wiese"}
    joined = JoinedSpellings(str, lambda term: int(term in known), lambda terms: 0)
    assert joined.compound(word) == parts
