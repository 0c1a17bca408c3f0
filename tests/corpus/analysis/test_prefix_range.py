"""A prefix range holds the words that begin with the prefix, and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis.prefix_range import prefix_range

LETTERS = st.text("ab\u00e9\U0010ffff", max_size=4)


@given(st.lists(LETTERS), LETTERS)
def test_it_holds_all_words_that_begin_with_the_prefix(words: list[str], prefix: str) -> None:
    ordered = sorted(words)
    first, end = prefix_range(ordered.__getitem__, len(ordered), prefix)
    assert ordered[first:end] == [word for word in ordered if word.startswith(prefix)]


def test_an_absent_prefix_has_an_empty_range_where_it_would_stand() -> None:
    assert prefix_range(["bat", "tram"].__getitem__, 2, "ferry") == (1, 1)
