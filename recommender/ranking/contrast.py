"""Contrast features: how much closer a question is to this article than to the other articles.

A question that is as near to ten other articles says little about this one; one that is nearer to
this article than to any other belongs to it. The nearest articles of each question are stored by
number, so that an article is never compared with itself, or a changed one with its old version.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.storage.arrays import frozen_array
from recommender.ranking.features import MEASURED

TINY = 1e-6  # instead of a best value of 0, to divide by
N_USUAL = 10  # other articles whose mean is usual for a question

ENCODED_FIELDS = ("meaning headline", "meaning article")
MEASURES = (*MEASURED, *ENCODED_FIELDS)
USUAL = ("words headline", "words article", "letters article", *ENCODED_FIELDS)
NEXT = ("words article", *ENCODED_FIELDS)
_VALUES = (
    *MEASURES,
    *(f"{name}, above usual" for name in USUAL),
    *(f"{name}, above next" for name in NEXT),
)
FEATURES = (*_VALUES, *(f"{name}, of best" for name in _VALUES))
"""``X, above usual``: X less its mean over the 10 other articles nearest to the question;
``X, above next``: X less its value for the nearest other article; ``X, of best``: X in units of its
largest value among the candidates."""

_USUAL = np.array([MEASURES.index(name) for name in USUAL])
_NEXT = np.array([USUAL.index(name) for name in NEXT])


@dataclass(frozen=True, eq=False, slots=True)
class NearestArticles:
    """The nearest articles of each question by each of ``USUAL``, nearest first.

    ``values`` float32 [n_questions, len(USUAL), N_USUAL + 1], 0 where there are no more, and
    ``articles`` int32 of the same shape, the number of each article, -1 where there are no more.
    One more than ``N_USUAL``, because the article at hand is left out.
    """

    values: NDArray[np.float32]
    articles: NDArray[np.int32]

    @staticmethod
    def empty(n_questions: int) -> NearestArticles:
        """Return arrays without articles, writable, for ``note``."""
        shape = (n_questions, len(USUAL), N_USUAL + 1)
        return NearestArticles(np.zeros(shape, np.float32), np.full(shape, -1, np.int32))

    def note(self, article: int, rows: NDArray[np.int64], measures: NDArray[np.float32]) -> None:
        """Enter an article among the nearest of its questions; of equally near ones the first stay.

        Parameters
        ----------
        article
            The number of the article.
        rows
            Its candidates, by row in the bank.
        measures
            Their measures, float32 [n, len(MEASURES)].
        """
        _note_for_contrast(self.values, self.articles, article, rows, measures, _USUAL)

    def frozen(self) -> NearestArticles:
        """Return the same, read-only, as if it were memory-mapped."""
        return NearestArticles(frozen_array(self.values), frozen_array(self.articles))

    def features(
        self, article: int, rows: NDArray[np.int64], measures: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the features of candidates, float32 [n, len(FEATURES)].

        Parameters
        ----------
        article
            The number of the article at hand, which is left out; -1 for a draft.
        rows
            Its candidates, by row in the bank.
        measures
            Their measures, float32 [n, len(MEASURES)].
        """
        return _contrast_features(
            self.values, self.articles, article, rows, measures, _USUAL, _NEXT
        )


@compiled(writes=("values", "articles"))
def _note_for_contrast(
    values: NDArray[np.float32],
    articles: NDArray[np.int32],
    article: int,
    places: NDArray[np.int64],
    measures: NDArray[np.float32],
    usual: NDArray[np.int64],
) -> None:
    for row in range(places.shape[0]):
        place = places[row]
        for i in range(usual.shape[0]):
            value = measures[row, usual[i]]
            at = values.shape[2] - 1
            if value <= values[place, i, at]:
                continue
            while at > 0 and values[place, i, at - 1] < value:
                values[place, i, at] = values[place, i, at - 1]
                articles[place, i, at] = articles[place, i, at - 1]
                at -= 1
            values[place, i, at] = value
            articles[place, i, at] = article


@compiled
def _contrast_with_nearest(
    values: NDArray[np.float32],
    articles: NDArray[np.int32],
    article: int,
    place: int,
    i: int,
) -> tuple[np.float32, np.float32]:
    """Return the mean of a question's nearest other articles by measure ``i``, and the nearest."""
    total, count, nearest = np.float32(0.0), 0, np.float32(0.0)
    for at in range(values.shape[2]):
        if articles[place, i, at] != article or article < 0:
            if count == 0:
                nearest = values[place, i, at]
            total += values[place, i, at]
            count += 1
            if count == values.shape[2] - 1:
                break
    return total / np.float32(count), nearest


@compiled
def _contrast_features(
    values: NDArray[np.float32],
    articles: NDArray[np.int32],
    article: int,
    places: NDArray[np.int64],
    measures: NDArray[np.float32],
    usual: NDArray[np.int64],
    following: NDArray[np.int64],
) -> NDArray[np.float32]:
    n, n_measures, n_usual = places.shape[0], measures.shape[1], usual.shape[0]
    n_columns = n_measures + n_usual + following.shape[0]
    out = np.zeros((n, 2 * n_columns), np.float32)
    nearest = np.zeros(n_usual, np.float32)
    best = np.zeros(n_columns, np.float32)
    for column in range(n_columns):
        best[column] = TINY
    for row in range(n):
        place = places[row]
        for column in range(n_measures):  # one by one: NumPy's slices take two seconds to compile
            out[row, column] = measures[row, column]
        column = n_measures
        for i in range(n_usual):
            mean, nearest[i] = _contrast_with_nearest(values, articles, article, place, i)
            out[row, column] = measures[row, usual[i]] - mean
            column += 1
        for j in range(following.shape[0]):
            i = following[j]
            out[row, column] = measures[row, usual[i]] - nearest[i]
            column += 1
        for i in range(n_columns):
            best[i] = max(best[i], abs(out[row, i]))
    for row in range(n):
        for i in range(n_columns):
            out[row, n_columns + i] = out[row, i] / best[i]
    return out
