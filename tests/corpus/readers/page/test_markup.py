"""Markup goes and words stay; what was torn from a sentence returns to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.page.markup import (
    citation_links_in_markup,
    join_lines_without_markup,
    line_without_markup,
)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("A [link](https://a.example/x_(y)) here", "A link here"),
        ('An ![image](a.png "title") too', "An image too"),
        ("as [[3]](https://a.example)[4](https://b.example) say", "as [3][4] say"),
        ("**bold**, *slanted*, __both__ and snake_case_name 2*3*4", None),
        ("&lt;b&gt;Trams&lt;/b&gt; &amp; buses &#233;", "Trams & buses é"),
        ("?a=1&copy=2 stays", "?a=1&copy=2 stays"),
        ("x < y and y > z, see <https://a.example>", "x < y and y > z, see https://a.example"),
        ("  •\u00a0 wide   space\u200b ", "- wide space"),
        ("\u202egnorw\u202c side", "gnorw side"),
        ("* * *", ""),
        ("1\\. Point", "1. Point"),
    ],
)
def test_markup_goes_and_words_stay(line: str, clean: str | None) -> None:
    wanted = "bold, slanted, both and snake_case_name 2*3*4" if clean is None else clean
    assert line_without_markup(line) == wanted


def test_torn_punctuation_and_citations_return_to_their_sentence() -> None:
    assert join_lines_without_markup(["A b", ".", "[1] [2]", "- c", ""]) == "A b. [1] [2]\n- c"


def test_lines_without_text_are_left_out_and_headings_lose_their_sign() -> None:
    assert join_lines_without_markup(["## Why", "", "-", "Wheels"]) == "Why\nWheels"
    assert join_lines_without_markup([]) == ""
    assert join_lines_without_markup([".", "A b"]) == ".\nA b"


def test_the_first_address_of_a_citation_counts() -> None:
    text = "a [[1]](https://a.example) b [[2]](ftp://b.example) c [[1]](https://c.example)"
    assert citation_links_in_markup(text) == {1: "https://a.example"}


@given(st.text())
def test_a_cleaned_line_is_one_line_of_visible_text(line: str) -> None:
    clean = line_without_markup(line)
    assert "\n" not in clean
    assert "  " not in clean
    assert "\u200b" not in clean
    assert clean == clean.strip()
    clean.encode()


@given(st.text(alphabet="abc 123.,"))
def test_plain_words_stay(line: str) -> None:
    assert line_without_markup(line) == " ".join(line.split())


@pytest.mark.parametrize("piece", ["*", "[", "](", "<a ", "_", "&", "\\", "**a", "[[1]]("])
def test_a_hostile_line_takes_no_longer_than_its_length(piece: str) -> None:
    assert len(line_without_markup(piece * 50_000)) <= 50_000 * len(piece)
