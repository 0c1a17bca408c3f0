"""Similarity of the questions of one list: mean TF-IDF cosine of their pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from corpus.analysis.tokenizer import content_terms

N_HASH_COLUMNS = 1 << 20  # that words are hashed into: no vocabulary, hardly any collisions


class QuestionSimilarity:
    """Measures lists of questions; words that many of ``texts`` hold weigh less.

    Without ``texts`` every word weighs the same. Stop words do not count.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._counts = HashingVectorizer(
            analyzer=content_terms, n_features=N_HASH_COLUMNS, alternate_sign=False, norm=None
        )
        self._weights: TfidfTransformer | None = None
        if texts := list(texts):
            self._weights = TfidfTransformer().fit(self._counts.transform(texts))

    def means(self, lists: Sequence[Sequence[str]]) -> list[float | None]:
        """Return the mean cosine of all pairs of each list, in [0, 1]; None for fewer than two."""
        flat = [text for texts in lists for text in texts]
        if not flat:
            return [None] * len(lists)
        counted = self._counts.transform(flat)
        rows = self._weights.transform(counted) if self._weights else normalize(counted)
        one, other, owner = _pairs_for_similarity([len(texts) for texts in lists])
        cosines = np.asarray(rows[one].multiply(rows[other]).sum(axis=1), np.float64).ravel()
        sums = np.bincount(owner, cosines, len(lists))
        counts = np.bincount(owner, minlength=len(lists))
        return [
            min(float(total / n), 1.0) if n else None for total, n in zip(sums, counts, strict=True)
        ]


def _pairs_for_similarity(
    lengths: Sequence[int],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of both questions of each pair within a list, and whose list it is."""
    found: list[tuple[int, int, int]] = []
    start = 0
    for owner, n in enumerate(lengths):
        found += [(start + a, start + b, owner) for b in range(n) for a in range(b)]
        start += n
    table = np.array(found, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
