"""Forward index: the terms of all articles in order, as one stream of ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import SECTION_BORDER
from corpus.models import Article
from index.jit import compiled
from index.storage.arrays import (
    array_path,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    save_arrays,
)
from index.storage.growing_array import ArrayInMemory, GrowingArray
from index.terms.term_dictionary import TermDictionary

_NAME = "forward-index"
N_FIELDS = 4  # headline, claim, summary, body
MIN_BATCH_CHARACTERS = 1 << 20  # of texts whose terms are looked up at once: faster than singly


@dataclass(frozen=True, eq=False, slots=True)
class ForwardIndex:
    """Headline, claim, summary and body of each article, one after the other.

    ``tokens`` uint32; ``bounds`` int64 [n_articles, 5]: field f of an article is
    ``tokens[bounds[a, f]:bounds[a, f + 1]]``; ``weights`` float32 [n_terms]: see
    ``informative_weights``; ``mean_lengths`` float32 [4]: of each field in terms, over the articles
    that have it; ``short_weights`` float32 [n_articles, 2]: the sum of the weights of the terms of
    headline and of claim.
    """

    tokens: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    weights: NDArray[np.float32]
    mean_lengths: NDArray[np.float32]
    short_weights: NDArray[np.float32]

    @staticmethod
    def of(
        tokens: NDArray[np.uint32], bounds: NDArray[np.int64], weights: NDArray[np.float32]
    ) -> ForwardIndex:
        """Return the forward index of a token stream.

        Parameters
        ----------
        tokens, bounds
            As ``ForwardIndexWriter.finish`` returns them.
        weights
            From ``informative_weights``.
        """
        lengths = np.diff(bounds, axis=1)
        means = [column[column > 0].mean() if (column > 0).any() else 1.0 for column in lengths.T]
        short = _forward_index_weights(tokens, bounds, weights, 2)
        return ForwardIndex(tokens, bounds, weights, np.array(means, np.float32), short)


class ForwardIndexWriter:
    """Collects the texts of articles as term ids."""

    def __init__(self, lexicon: TermDictionary, folder: Path | None = None) -> None:
        """Take the ``lexicon`` that learns their terms.

        The tokens go into the forward index of ``folder``, which exists, and not into memory; None
        keeps them in memory.
        """
        self._lexicon = lexicon
        self._folder = folder
        self._waiting: list[str] = []
        self._languages: list[str] = []  # of the articles that wait
        self._n_waiting = 0
        self._tokens = (
            GrowingArray(array_path(folder, _NAME, "tokens"), np.uint32)
            if folder
            else ArrayInMemory(np.uint32)
        )
        self._ends = array("q", [0])

    def add(self, fields: tuple[str, str, str, str], language: str = "en") -> None:
        """Add headline, claim, summary and body of the next article, in an ISO 639-1 language."""
        self._waiting += fields
        self._languages.append(language)
        self._n_waiting += sum(map(len, fields))
        if self._n_waiting >= MIN_BATCH_CHARACTERS:
            self._learn_tokens()

    def finish(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Return ``tokens`` and ``bounds`` of all articles, as in ``ForwardIndex``.

        With a folder, its forward index is written by that (``open_token_stream``).
        """
        self._learn_tokens()
        ends = np.frombuffer(self._ends, np.int64)
        bounds = np.column_stack([ends[field : len(ends) - 4 + field : 4] for field in range(5)])
        bounds = frozen_array(bounds)
        if self._folder:
            save_arrays(self._folder, _NAME, bounds=bounds)
        return frozen_array(self._tokens.finish()), bounds

    def _learn_tokens(self) -> None:
        """Learn the waiting articles, those of one language at once; add them in their order."""
        read: dict[str, Iterator[NDArray[np.uint32]]] = {}
        for language in dict.fromkeys(self._languages):
            texts = [
                text
                for n, own in enumerate(self._languages)
                if own == language
                for text in self._waiting[N_FIELDS * n : N_FIELDS * (n + 1)]
            ]
            ids, ends = self._lexicon.learn(texts, language)
            if len(set(self._languages)) == 1:
                self._ends.frombytes((len(self._tokens) + ends).tobytes())
                self._tokens.extend(ids)
            else:
                read[language] = iter(np.split(ids, ends[:-1]))
        if read:
            for language in self._languages:
                for _ in range(N_FIELDS):
                    self._tokens.extend(next(read[language]))
                    self._ends.append(len(self._tokens))
        self._waiting.clear()
        self._languages.clear()
        self._n_waiting = 0


def indexed_fields(article: Article) -> tuple[str, str, str, str]:
    """Return headline, claim, summary and body as they are indexed.

    No phrase goes on from a section to the next, nor from a heading to its text.
    """
    body = SECTION_BORDER.join(
        part for section in article.sections for part in (section.heading, section.text) if part
    )
    return article.headline, article.claim, article.summary, body


def open_token_stream(
    folder: Path, n_articles: int
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the tokens and bounds of ``n_articles`` articles, memory-mapped.

    Tokens are not compared with the number of terms: that would read the whole file, which its
    checksum covers.

    Raises
    ------
    ArchiveError
        A file is missing or damaged.
    """
    found = open_arrays(folder, _NAME, tokens=(np.uint32, 1), bounds=(np.int64, 2))
    tokens, bounds = found["tokens"], found["bounds"]
    path = array_path(folder, _NAME, "bounds")
    check_array_shape(path, bounds, n_articles, N_FIELDS + 1)
    ends = np.concatenate((np.zeros(1, np.int64), bounds.ravel()))
    check_array_starts(path, ends, bounds.size, len(tokens))
    return tokens, bounds


def informative_weights(idf: NDArray[np.float32], stop: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the weight of each term, float32 [n_terms]: its idf, 0 for a stop word."""
    return np.where(stop, 0.0, idf).astype(np.float32)


@compiled
def _forward_index_weights(
    tokens: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    weights: NDArray[np.float32],
    n_fields: int,
) -> NDArray[np.float32]:
    total = np.zeros((bounds.shape[0], n_fields), np.float32)
    for article in range(bounds.shape[0]):
        for field in range(n_fields):
            for position in range(bounds[article, field], bounds[article, field + 1]):
                term = tokens[position]
                if (
                    term < weights.shape[0]
                ):  # a damaged file may name others; bounds are not checked
                    total[article, field] += weights[term]
    return total
