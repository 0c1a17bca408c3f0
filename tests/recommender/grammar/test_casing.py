from __future__ import annotations

import pytest

from recommender.grammar.casing import CasingTable, is_title_case

TEXTS = [
    "He saw a green bridge in Ulm, and the old bridge was sold. They met Rosa Green in New Ulm.",
    "In the town of New Ulm, a new bridge did not fall. The British mayor and a British king met.",
    "We saw the mayor, the king and Rosa Green in New Ulm, where the bridge was sold again.",
    "Later the mayor told Rosa Green in New Ulm that a new bridge, a green one, was sold.",
    "It was said that the British king met Rosa Green near New Ulm, and the old mayor too.",
    "They saw a new bridge, a new port, a new mill and a new barn, and a new king with a new law.",
] * 4


@pytest.fixture(scope="module")
def table() -> CasingTable:
    return CasingTable.learn(TEXTS)


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Mayor Did NOT Sell The Old Bridge", "mayor did not Sell the old bridge"),
        ("The British King Sold A Bridge", "the British king sold a bridge"),
        ("Rosa Green Met The Mayor", "Rosa Green met the mayor"),
        ("A New Bridge In New Ulm Was Sold", "a new bridge in New Ulm was sold"),
        ("the bridge in Ulm was sold", "the bridge in Ulm was sold"),
    ],
)
def test_names_keep_their_capitals_and_words_lose_them(
    table: CasingTable, headline: str, sentence: str
) -> None:
    assert table.sentence_case(headline, TEXTS[0]) == sentence


def test_a_word_that_is_always_written_large_is_restored() -> None:
    table = CasingTable.learn(["He met a British king, then a British mayor."] * 20)
    assert table.restore_names("Did a british king die?") == "Did a British king die?"


def test_title_case_is_told_from_sentence_case() -> None:
    assert is_title_case("The Mayor Sold A Bridge Twice")
    assert not is_title_case("The mayor sold a bridge in Ulm")
