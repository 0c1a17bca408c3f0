"""Choose few of many so that no two say the same: maximal marginal relevance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray


class MarginalRelevance:
    """Candidates by ``score - weight * (largest likeness to one already chosen)``, ties in order.

    Carbonell and Goldstein 1998, with the largest likeness subtracted, so that what is lost for it
    is one more contribution to the score. ``alike(i, j)`` is >= 0. A loss only grows, so most
    pairs are never compared.
    """

    def __init__(
        self, scores: Mapping[int, float], alike: Callable[[int, int], float], weight: float
    ) -> None:
        self._scores, self._alike, self._weight = scores, alike, weight
        self._heap = [(-score, place) for place, score in scores.items()]
        heapify(self._heap)
        self._losses = dict.fromkeys(scores, 0.0)
        self._compared = dict.fromkeys(scores, 0)  # with how many of the chosen
        self._chosen: list[int] = []

    def choose(self, place: int) -> None:
        """Count a candidate as chosen, or what stands above them all: those like it lose now."""
        self._chosen.append(place)

    def take(self) -> tuple[int, float] | None:
        """Return the best candidate that was not taken yet and what it loses; None: no more."""
        while self._heap:
            _, place = heappop(self._heap)
            for other in self._chosen[self._compared[place] :]:
                loss = self._weight * self._alike(place, other)
                self._losses[place] = max(self._losses[place], loss)
            if self._compared[place] == len(self._chosen):
                return place, self._losses[place]
            self._compared[place] = len(self._chosen)
            heappush(self._heap, (self._losses[place] - self._scores[place], place))
        return None


def facet_cosines(
    texts: Sequence[NDArray[np.uint32]], idf: NDArray[np.float32], known: NDArray[np.uint32]
) -> NDArray[np.float32]:
    """Return how alike the facets are that questions ask about, float32 [n, n] in [0, 1].

    ``texts`` hold the distinct terms of each question; ``known`` are the article's headline's,
    which all of its questions share and which therefore say nothing, unless a question has no
    others.
    """
    lengths = np.array([len(text) for text in texts], np.int64)
    terms = np.concatenate([*texts, np.zeros(0, np.uint32)]).astype(np.uint32)
    owners = np.repeat(np.arange(len(texts)), lengths)
    weights = idf[terms].copy()
    said = np.isin(terms, known)
    others = np.bincount(owners[~said], minlength=len(texts))
    weights[said & (others[owners] > 0)] = 0.0
    distinct, columns = np.unique(terms, return_inverse=True)
    vectors = np.zeros((len(texts), len(distinct)), np.float32)
    vectors[owners, columns] = weights
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors @ vectors.T, np.float32)
