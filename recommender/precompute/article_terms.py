"""Article terms on disk: read once by the build, memory-mapped by its worker processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.arrays import ArrayType, open_arrays, save_arrays
from index.storage.packed_strings import PackedStrings
from recommender.ranking.tfidf import ArticleTerms

_NAME, _IDS = "article-terms", "article-terms.ids"
_ARRAYS: dict[str, ArrayType] = {
    "text": (np.uint32, 1),
    "sentence": (np.uint8, 1),
    "starts": (np.int64, 1),
    "n_headline": (np.int64, 1),
}


@dataclass(frozen=True, eq=False, slots=True)
class PackedTerms:
    """The terms of many articles in one array.

    Article i has ``text[starts[i]:starts[i + 1]]``; see ``ArticleTerms`` for the rest.
    """

    text: NDArray[np.uint32]
    sentence: NDArray[np.uint8]
    starts: NDArray[np.int64]
    n_headline: NDArray[np.int64]

    @classmethod
    def of(cls, articles: Sequence[ArticleTerms]) -> PackedTerms:
        """Return the terms of ``articles``, in their order."""
        starts = np.zeros(len(articles) + 1, np.int64)
        np.cumsum([len(one.text) for one in articles], out=starts[1:])
        return cls(
            np.concatenate([*(one.text for one in articles), np.zeros(0, np.uint32)]),
            np.concatenate([*(one.sentence for one in articles), np.zeros(0, np.uint8)]),
            starts,
            np.array([one.n_headline for one in articles], np.int64),
        )

    def __getitem__(self, row: int) -> ArticleTerms:
        rows = slice(int(self.starts[row]), int(self.starts[row + 1]))
        return ArticleTerms(self.text[rows], self.sentence[rows], int(self.n_headline[row]))


class StoredArticleTerms:
    """Article id → its terms."""

    def __init__(self, ids: PackedStrings, terms: PackedTerms) -> None:
        """Use ``of`` or ``open``."""
        self._ids, self._terms = ids, terms
        self._rows = {ids[row]: row for row in range(len(ids))}

    @classmethod
    def of(cls, articles: Mapping[str, ArticleTerms]) -> StoredArticleTerms:
        """Return the terms of ``articles``, by id."""
        return cls(PackedStrings.of(list(articles)), PackedTerms.of(list(articles.values())))

    def get(self, id: str) -> ArticleTerms | None:
        """Return the terms of an article, None for an unknown one."""
        row = self._rows.get(id)
        return None if row is None else self._terms[row]

    def save(self, folder: Path) -> None:
        """Write files whose names begin with ``article-terms`` into ``folder``."""
        self._ids.save(folder, _IDS)
        save_arrays(folder, _NAME, **{name: getattr(self._terms, name) for name in _ARRAYS})

    @classmethod
    def open(cls, folder: Path) -> StoredArticleTerms:
        """Return what ``save`` wrote, memory-mapped."""
        terms = PackedTerms(**open_arrays(folder, _NAME, **_ARRAYS))
        return cls(PackedStrings.open(folder, _IDS), terms)

    @staticmethod
    def remove(folder: Path) -> None:
        """Delete what ``save`` wrote: only a build needs it."""
        for path in folder.glob(f"{_NAME}.*.npy"):
            path.unlink()
