"""Segments are the sentences of a text; none of its words is lost or cut."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from index.search.segments import cut_text, text_segments


def parts(text: str, most: int = 60) -> list[str]:
    return [text[start:end] for start, end in text_segments(text, most)]


def test_a_sentence_ends_at_its_mark_and_a_line_at_its_end() -> None:
    assert parts("One. Two! Three?\nFour") == ["One.", "Two!", "Three?\n", "Four"]
    assert parts("電車は飛ばない。街を走る。") == ["電車は飛ばない。", "街を走る。"]
    assert parts('He said "No." Then he left.') == ['He said "No."', "Then he left."]


def test_initials_and_decimals_end_no_sentence() -> None:
    assert parts("J. Smith of the U.S. Navy paid 3.50 dollars.") == [
        "J. Smith of the U.S. Navy paid 3.50 dollars."
    ]


def test_a_long_sentence_is_cut_between_words() -> None:
    assert parts("one two three four five", 10) == ["one two ", "three four", "five"]


@given(st.text("ab .\n\tÉé。\u0301", max_size=80), st.integers(4, 30))
def test_segments_are_in_order_bounded_and_hold_every_letter(text: str, most: int) -> None:
    found = text_segments(text, most)
    assert all(0 < end - start <= most for start, end in found)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text("ab \t", min_size=5, max_size=40))
def test_a_cut_is_between_words_where_there_is_a_blank(text: str) -> None:
    cut = cut_text(text, 0, 4)
    blanks = [i for i in range(1, 5) if text[i : i + 1].isspace() or text[i - 1].isspace()]
    assert cut == (max(blanks) if blanks else 4) or cut == len(text)
