"""Phrase and any-of filters: which articles hold some terms, in this order or any of them."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.lexical.postings import Postings

Mask = NDArray[np.bool_]
Terms = NDArray[np.uint32]


def articles_with_phrase(
    phrase: Terms, postings: Postings, tokens: Terms, bounds: NDArray[np.int64]
) -> Mask:
    """Return which articles have the terms of ``phrase`` side by side in one field, bool [n].

    ``bounds`` int64 [n, n_fields + 1]: field f of article a is ``bounds[a, f]:bounds[a, f + 1]``
    of ``tokens``. Only articles that hold every term are read. An empty phrase is in none.

    Parameters
    ----------
    phrase
        Term ids in order.
    postings
        Articles of each term.
    tokens
        The forward index: term ids of all articles.
    bounds
        Where fields begin and end in it.
    """
    found = np.zeros(len(bounds), np.bool_)
    if len(phrase):
        holders = reduce(
            _articles_with_both_terms,
            sorted(
                (_articles_with_phrase_term(t, postings) for t in set(phrase.tolist())), key=len
            ),
        )
        found[holders] = True
        if len(phrase) > 1:
            _clear_without_phrase(found, holders, phrase, tokens, bounds)
    return found


def articles_with_any_term(terms: Terms, postings: Postings, n: int) -> Mask:
    """Return which of ``n`` articles hold at least one of ``terms``, bool [n].

    Parameters
    ----------
    terms
        Term ids.
    postings
        Articles of each term.
    n
        How many articles there are.
    """
    found = np.zeros(n, np.bool_)
    _mark_articles_with_terms(found, terms, postings.starts, postings.entries)
    return found


def _articles_with_phrase_term(term: int, postings: Postings) -> Terms:
    return postings.entries[postings.starts[term] : postings.starts[term + 1]]


def _articles_with_both_terms(one: Terms, other: Terms) -> Terms:
    return np.intersect1d(one, other, assume_unique=True)


@compiled(writes=("found",))
def _mark_articles_with_terms(
    found: Mask, terms: Terms, starts: NDArray[np.int64], entries: NDArray[np.uint32]
) -> None:
    for term in terms:
        for i in range(starts[term], starts[term + 1]):
            if entries[i] < found.shape[0]:  # a damaged file may name others
                found[entries[i]] = True


@compiled(writes=("found",))
def _clear_without_phrase(
    found: Mask, articles: Terms, phrase: Terms, tokens: Terms, bounds: NDArray[np.int64]
) -> None:
    """Clear ``found`` for those of ``articles`` in which ``phrase`` stands nowhere."""
    n = len(phrase)
    for article in articles:
        there = False
        for field in range(bounds.shape[1] - 1):
            for position in range(bounds[article, field], bounds[article, field + 1] - n + 1):
                same = 0
                while same < n and tokens[position + same] == phrase[same]:
                    same += 1
                if same == n:
                    there = True
                    break
            if there:
                break
        found[article] = there
