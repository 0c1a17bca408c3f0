"""Compiled loops of autocomplete: one error in a prefix, matches in order, binary search."""

from __future__ import annotations

import numpy as np
import pytest

from index.autocomplete.prefix_match import (
    first_not_before,
    first_prefix_matches,
    match_mistyped_prefix,
)
from index.storage.packed_strings import PackedStrings


def allowed_words(typed: str, words: list[str]) -> list[str]:
    packed = PackedStrings.of(words, "utf-32-le")
    allowed = np.zeros(len(words), np.uint32)
    letters = np.array([ord(c) for c in typed], np.uint32)
    match_mistyped_prefix(allowed, 3, letters, packed.units, packed.starts)
    assert set(allowed.tolist()) <= {0, 1 << 3}
    return [word for word, bits in zip(words, allowed.tolist(), strict=True) if bits]


@pytest.mark.parametrize(
    ("typed", "word", "is_near"),
    [
        ("garl", "garlic", True),  # no error
        ("gairl", "garlic", True),  # a letter added
        ("grlic", "garlic", True),  # lost
        ("gaxlic", "garlic", True),  # replaced
        ("gralic", "garlic", True),  # neighbours swapped
        ("agrlic", "garlic", True),
        ("gxxlic", "garlic", False),
        ("lic", "garlic", False),
    ],
)
def test_one_error_in_a_prefix_is_forgiven(typed: str, word: str, is_near: bool) -> None:
    assert allowed_words(typed, [word]) == ([word] if is_near else [])


# Entries by rank as the numbers of their words: 0 is "bats", 1 "eat", 2 "what".
ENTRIES = [[2, 0, 1], [1, 0], [0], [0, 1]]
STARTS = np.cumsum([0, *map(len, ENTRIES)]).astype(np.int64)
WORDS = np.array([word for entry in ENTRIES for word in entry], np.int32)
POSTING_STARTS = np.array([0, 4, 7, 8], np.int64)
POSTINGS = np.array([0, 1, 2, 3, 0, 1, 3, 0], np.int32)


def matches(typed: list[int], limit: int) -> tuple[list[int], list[int]]:
    allowed = np.zeros(3, np.uint32)
    for bit, word in enumerate(typed):
        allowed[word] |= np.uint32(1 << bit)
    found = first_prefix_matches(
        allowed, len(typed), limit, STARTS, WORDS, POSTING_STARTS, POSTINGS
    )
    return found[0].tolist(), found[1].tolist()


def test_entries_in_the_typed_order_are_apart_from_the_others() -> None:
    assert matches([0, 1], 9) == ([0, 3], [1])
    assert matches([1, 0], 9) == ([1], [0, 3])
    assert matches([2], 9) == ([0], [])


def test_the_best_come_first_and_no_more_than_the_limit() -> None:
    assert matches([0], 2)[0] == [0, 1]


def test_the_first_entry_that_does_not_sort_before_a_key() -> None:
    by_text = np.array(sorted(range(len(ENTRIES)), key=ENTRIES.__getitem__), np.int32)
    for key, position in (([0], 0), ([0, 1], 1), ([1], 2), ([2], 3), ([3], 4)):
        assert first_not_before(np.array(key, np.int32), by_text, STARTS, WORDS) == position
