"""Word sums: an article or a headline as the sum of the static vectors of its terms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from recommender.related.content import HEADLINE_MASK, Bytes, Floats, Terms, damped_content_count


@compiled
def word_sum(terms: Terms, counts: Bytes, idf: Floats, words: NDArray[np.int8]) -> Floats:
    """Return the sum of the vectors of ``terms``, each as long as in TF-IDF; of length 1 or 0.

    Parameters
    ----------
    terms, counts
        The terms of an article and their occurrences; those with none are left out.
    idf
        The weight of each term.
    words
        The vector of each term, int8 [n_terms, dim], of any length.
    """
    total = np.zeros(words.shape[1], np.float32)
    for at in range(terms.shape[0]):
        _add_to_word_sum(words, terms[at], counts[at], idf, total)
    squares = 0.0
    for column in range(total.shape[0]):
        squares += total[column] ** 2
    if squares > 0.0:
        length = np.float32(np.sqrt(squares))
        for column in range(total.shape[0]):
            total[column] /= length
    return total


@compiled(writes=("total",))
def _add_to_word_sum(
    words: NDArray[np.int8], term: int, count: int, idf: Floats, total: Floats
) -> None:
    """Add the vector of a term, as long as in TF-IDF, to ``total``."""
    squares = np.int32(0)  # whole numbers can be summed in any order, eight at a time
    for column in range(words.shape[1]):
        squares += np.int32(words[term, column]) * np.int32(words[term, column])
    if squares == 0 or count == 0:
        return
    weight = np.float32(damped_content_count(count) * np.sqrt(idf[term] / np.float32(squares)))
    for column in range(words.shape[1]):
        total[column] += weight * np.float32(words[term, column])


@compiled
def headline_word_sums(
    starts: NDArray[np.int64], terms: Terms, near: Bytes, idf: Floats, words: NDArray[np.int8]
) -> tuple[NDArray[np.int8], Floats]:
    """Return the word vectors of all headlines, codes and scales as in ``Int8Vectors``.

    Parameters
    ----------
    starts, terms, near
        What ``article_contents`` gives.
    idf
        The weight of each term.
    words
        The vector of each term, int8 [n_terms, dim], of any length.
    """
    codes = np.zeros((starts.shape[0] - 1, words.shape[1]), np.int8)
    scales = np.zeros(starts.shape[0] - 1, np.float32)
    in_headline = np.empty(near.shape[0], np.uint8)
    for at in range(near.shape[0]):
        in_headline[at] = near[at] & HEADLINE_MASK
    for article in range(starts.shape[0] - 1):
        first, end = starts[article], starts[article + 1]
        vector = word_sum(terms[first:end], in_headline[first:end], idf, words)
        most = np.float32(0.0)
        for column in range(vector.shape[0]):
            most = max(most, abs(vector[column]))
        if most > 0.0:
            scales[article] = most / np.float32(127.0)
            for column in range(words.shape[1]):
                codes[article, column] = np.int8(np.rint(vector[column] / scales[article]))
    return codes, scales
