"""New articles alone: the newest segments beside a generation, read as an index of their own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.dense.int8_vectors import Int8Vectors
from index.lexical.postings import sum_postings
from index.live.segment import Segment
from index.search.reader import IndexReader


class NewArticlesReader(IndexReader):
    """The articles of some segments by row, with the terms and weights of the generation.

    Only what related articles are found by: columns, embeddings, sums over the postings, and the
    token stream (``tokens``, ``bounds``). An article that was replaced or withdrawn is not among
    them.
    """

    def __init__(
        self, base: IndexReader, segments: Sequence[Segment], alive: Sequence[NDArray[np.bool_]]
    ) -> None:
        """Read ``segments``, those rows of each that are ``alive``.

        Parameters
        ----------
        base
            The generation.
        segments
            At least one.
        alive
            For each segment bool [n].
        """
        self.folder, self.encoder, self.terms = base.folder, base.encoder, base.terms
        self.window_similarity, self.idf = base.window_similarity, base.idf
        self._segments, self.languages = segments, base.languages
        ids = [text.article.id for segment in segments for text in segment.texts]
        living = np.concatenate(alive).tolist()
        # A dead row keeps its place under a name that no article has.
        self.ids = [id if is_alive else "" for id, is_alive in zip(ids, living, strict=True)]
        self._row = {id: row for row, id in enumerate(self.ids) if id}
        self.alive = self._alive = np.array(living, np.bool_)
        self.tokens = np.concatenate([segment.tokens for segment in segments])
        offsets = np.cumsum([0, *(len(segment.tokens) for segment in segments)])
        self.bounds = np.concatenate(
            [s.bounds + offset for s, offset in zip(segments, offsets, strict=False)]
        )
        self.columns = segments[0].columns
        for segment in segments[1:]:
            self.columns = self.columns.followed_by(segment.columns)
        self.embeddings = {
            name: Int8Vectors(
                np.concatenate([s.embeddings[name].codes for s in segments if len(s)]),
                np.concatenate([s.embeddings[name].scales for s in segments if len(s)]),
            )
            for name in base.embeddings
        }

    def add_scores(
        self,
        name: str,
        ids: NDArray[np.uint32],
        weights: NDArray[np.float32],
        scores: NDArray[np.float32],
    ) -> None:
        first = 0
        for segment in self._segments:
            postings, own = segment.postings[name], scores[first : first + len(segment)]
            sum_postings(postings.starts, postings.entries, postings.weights, ids, weights, own)
            first += len(segment)
        scores[~self._alive] = 0.0
