"""Front matter is lines of key and value, no YAML, and never more than a block at the top."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.page.front_matter import (
    front_matter_flag,
    split_front_matter,
    split_front_matter_list,
)


def test_front_matter_is_no_yaml() -> None:
    values, lines = split_front_matter(
        ["", "---", "Claim: a: b, 'c'", "title: 'x'", "bad line", "tags:", "  - p", "  - q", "---"]
    )
    assert values == {"claim": "a: b, 'c'", "title": "x", "tags": "p, q"}
    assert lines == 9


def test_keys_are_folded_and_the_first_of_two_counts() -> None:
    values, _ = split_front_matter(["---", "Checked-On: a", "checked on: b", "  more", "---"])
    assert values == {"checked_on": "a"}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["", " "],
        ["---", "a: b"],
        ["text", "---", "a: b", "---"],
        ["---", *["a: b"] * 200, "---"],
    ],
)
def test_without_a_closed_block_at_the_top_there_is_none(lines: list[str]) -> None:
    assert split_front_matter(lines) == ({}, 0)


def test_a_list_is_split_at_commas_without_repetitions() -> None:
    assert split_front_matter_list("[a, 'b', a]") == ("a", "b")
    assert split_front_matter_list(" a ,, b ") == ("a", "b")
    assert split_front_matter_list("[]") == ()


def test_a_flag_is_true_or_false_or_an_error() -> None:
    for text in ("true", "Yes", "1"):
        assert front_matter_flag({"published": text}, "published", False) is True
    for text in ("FALSE", "no", "0"):
        assert front_matter_flag({"published": text}, "published", True) is False
    assert front_matter_flag({}, "published", True) is True
    assert front_matter_flag({"published": ""}, "published", False) is False
    with pytest.raises(ValueError, match="published is 'perhaps', neither true nor false"):
        front_matter_flag({"published": "perhaps"}, "published", True)


@given(st.lists(st.sampled_from(["---", "a: b", "- c", "  d", "", "e", "F-g:h", "i: 'j'"])))
def test_the_block_ends_at_its_second_rule(lines: list[str]) -> None:
    values, n = split_front_matter(lines)
    assert 0 <= n <= len(lines)
    if n:
        assert lines[n - 1].strip() == "---"
        assert [line.strip() for line in lines[:n]].count("---") == 2
    else:
        assert values == {}
