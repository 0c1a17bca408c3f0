"""Prefix range: where the words that begin alike stand in a sorted list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable


def prefix_range(word_at: Callable[[int], str], n: int, prefix: str) -> tuple[int, int]:
    """Return the first position of a word that begins with ``prefix``, and the first after those.

    Both are the same where no word does: then it is where such a word would stand.

    Parameters
    ----------
    word_at
        Returns the word at a position; they ascend.
    n
        How many words there are.
    prefix
        Of any length.
    """

    def key(position: int) -> str:
        return word_at(position)[: len(prefix)]

    return bisect_left(range(n), prefix, key=key), bisect_right(range(n), prefix, key=key)
