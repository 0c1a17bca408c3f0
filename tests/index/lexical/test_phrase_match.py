"""Matching: exactly the articles that hold the words in this order, as a plain loop finds them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical.phrase_match import articles_with_any_term, articles_with_phrase
from index.lexical.postings import build_postings

N_TERMS = 4
Field = st.lists(st.integers(0, N_TERMS - 1), max_size=6)
ForwardIndex = st.lists(st.tuples(Field, Field), min_size=1, max_size=6)


def archive(texts: list[tuple[list[int], list[int]]]):  # type: ignore[no-untyped-def]
    tokens = np.array([term for text in texts for part in text for term in part], np.uint32)
    ends = np.cumsum([0, *(len(part) for text in texts for part in text)])
    bounds = np.array([[ends[2 * i], ends[2 * i + 1], ends[2 * i + 2]] for i in range(len(texts))])
    return tokens, bounds, build_postings(tokens, bounds[:, [0, 2]], N_TERMS)


@given(ForwardIndex, st.lists(st.integers(0, N_TERMS - 1), max_size=4))
def test_a_phrase_is_found_where_its_words_stand_side_by_side_in_one_field(
    texts: list[tuple[list[int], list[int]]], phrase: list[int]
) -> None:
    tokens, bounds, postings = archive(texts)
    found = articles_with_phrase(np.array(phrase, np.uint32), postings, tokens, bounds)
    n = len(phrase)
    expected = [
        n > 0 and any(part[i : i + n] == phrase for part in text for i in range(len(part)))
        for text in texts
    ]
    assert found.tolist() == expected


@given(ForwardIndex, st.sets(st.integers(0, N_TERMS - 1)))
def test_any_of_some_terms(texts: list[tuple[list[int], list[int]]], terms: set[int]) -> None:
    _, _, postings = archive(texts)
    found = articles_with_any_term(np.array(sorted(terms), np.uint32), postings, len(texts))
    assert found.tolist() == [bool(terms & {*first, *second}) for first, second in texts]
