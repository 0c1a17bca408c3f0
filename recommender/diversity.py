"""Diversity: maximal marginal relevance, and how similar the facets of questions are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray


class MarginalRelevance:
    """Candidates by ``score - weight * (largest similarity to one already chosen)``.

    Carbonell and Goldstein 1998, with the largest similarity subtracted, so that what is lost for
    it is one more contribution to the score. Ties are in the order of the candidates. A loss only
    grows, so most pairs are never compared.
    """

    def __init__(
        self, scores: Mapping[int, float], similarity: Callable[[int, int], float], weight: float
    ) -> None:
        """Begin with nothing chosen.

        Parameters
        ----------
        scores
            Each candidate's score, by its number.
        similarity
            How similar two candidates are by their numbers, >= 0.
        weight
            What a candidate loses for a similarity of 1.
        """
        self._scores, self._similarity, self._weight = scores, similarity, weight
        self._heap = [(-score, number) for number, score in scores.items()]
        heapify(self._heap)
        self._losses = dict.fromkeys(scores, 0.0)
        self._compared = dict.fromkeys(scores, 0)  # with how many of the chosen
        self._chosen: list[int] = []

    def choose(self, number: int) -> None:
        """Count a candidate as chosen: from now on those similar to it lose."""
        self._chosen.append(number)

    def take(self) -> tuple[int, float] | None:
        """Return the best candidate that was not taken yet and what it loses; None: no more."""
        while self._heap:
            _, number = heappop(self._heap)
            for other in self._chosen[self._compared[number] :]:
                loss = self._weight * self._similarity(number, other)
                self._losses[number] = max(self._losses[number], loss)
            if self._compared[number] == len(self._chosen):
                return number, self._losses[number]
            self._compared[number] = len(self._chosen)
            heappush(self._heap, (self._losses[number] - self._scores[number], number))
        return None


def facet_cosines(
    texts: Sequence[NDArray[np.uint32]], idf: NDArray[np.float32], known: NDArray[np.uint32]
) -> NDArray[np.float32]:
    """Return how similar the facets are that questions ask about, float32 [n, n] in [0, 1].

    Parameters
    ----------
    texts
        The distinct terms of each question.
    idf
        The weight of each term, float32 [n_terms].
    known
        The terms of the article's headline. All of its questions share them, so they say nothing,
        unless a question has no others.
    """
    lengths = np.array([len(text) for text in texts], np.int64)
    terms = np.concatenate([*texts, np.zeros(0, np.uint32)]).astype(np.uint32)
    owners = np.repeat(np.arange(len(texts)), lengths)
    weights = idf[terms].copy()
    in_headline = np.isin(terms, known)
    n_others = np.bincount(owners[~in_headline], minlength=len(texts))
    weights[in_headline & (n_others[owners] > 0)] = 0.0
    distinct, columns = np.unique(terms, return_inverse=True)
    vectors = np.zeros((len(texts), len(distinct)), np.float32)
    vectors[owners, columns] = weights
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors @ vectors.T, np.float32)
