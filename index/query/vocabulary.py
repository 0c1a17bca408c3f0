"""Vocabulary: the words of the archive as they are spelt, for corrections and prefixes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.prefix_range import prefix_range
from index.query.spelling import SpellingIndex
from index.storage.arrays import (
    array_path,
    check_array_ids,
    check_array_shape,
    frozen_array,
    open_arrays,
    save_arrays,
)

MAX_PREFIX_TERMS = 16  # terms of a prefix that count in the ranking; articles with any are found
MAX_LETTER_PAIRS = 64  # that a letter of a script without spaces is searched by
_NAME = "vocabulary"


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """The words of an archive as they are spelt, with the term that each is found by.

    ``alphabet`` int32 [n]: positions in ``spelling.words``, by the alphabet; ``terms`` uint32 [n]:
    the term of word ``alphabet[i]``.
    """

    spelling: SpellingIndex
    alphabet: NDArray[np.int32]
    terms: NDArray[np.uint32]

    @classmethod
    def build(cls, term_of: Mapping[str, int], occurrences: NDArray[np.int64]) -> Vocabulary:
        """Return the vocabulary of folded words; ``occurrences`` int64 [n_terms] counts each term.

        A word counts as often as all forms of it together.
        """
        spelt = list(term_of)
        counts = occurrences[np.fromiter(term_of.values(), np.int64, len(spelt))]
        spelling = SpellingIndex.build(spelt, counts)
        indexed = [spelling.words[i] for i in range(len(spelling.words))]
        alphabet = sorted(range(len(indexed)), key=indexed.__getitem__)
        return cls(
            spelling,
            frozen_array(np.array(alphabet, np.int32)),
            frozen_array(np.array([term_of[indexed[i]] for i in alphabet], np.uint32)),
        )

    def save(self, folder: Path) -> None:
        """Write the vocabulary into ``folder``, which exists."""
        self.spelling.save(folder)
        save_arrays(folder, _NAME, alphabet=self.alphabet, terms=self.terms)

    @classmethod
    def open(cls, folder: Path, n_terms: int) -> Vocabulary:
        """Return the vocabulary that ``save`` wrote for ``n_terms`` terms, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        spelling = SpellingIndex.open(folder)
        arrays = open_arrays(folder, _NAME, alphabet=(np.int32, 1), terms=(np.uint32, 1))
        for (name, array), n in zip(arrays.items(), (len(spelling.words), n_terms), strict=True):
            check_array_shape(array_path(folder, _NAME, name), array, len(spelling.words))
            check_array_ids(array_path(folder, _NAME, name), array, n)
        return cls(spelling, **arrays)

    def beginning(self, prefix: str) -> tuple[NDArray[np.uint32], list[str]]:
        """Return the terms of all words that begin with ``prefix``, and the most frequent words.

        The terms are distinct and ascending. Of the words there is one for each term, for at most
        ``MAX_PREFIX_TERMS`` terms, the most frequent first, ties by the alphabet.
        """
        first, last = prefix_range(self._word_by_alphabet, len(self.alphabet), prefix)
        terms, at = np.unique(self.terms[first:last], return_index=True)  # one word for each term
        counts = self.spelling.counts[self.alphabet[first + at]]
        order = np.lexsort((at, -counts))[:MAX_PREFIX_TERMS]
        best = [self.spelling.words[int(self.alphabet[first + i])] for i in at[order].tolist()]
        return terms, best

    def pairs_with(self, letter: str) -> list[str]:
        """Return the pairs of letters that ``letter`` is in, the most frequent first.

        At most ``MAX_LETTER_PAIRS``, ties by the alphabet. A letter is one character: scripts
        without spaces are read by pairs, so that a letter alone is a term of its own only where it
        is a clause.
        """
        spelling = self.spelling
        first, last = int(spelling.lengths[2]), int(spelling.lengths[3])
        starts = spelling.words.starts[first:last]
        units, code = spelling.words.units, ord(letter)
        found = np.flatnonzero((units[starts] == code) | (units[starts + 1] == code)) + first
        order = np.lexsort((found, -spelling.counts[found]))[:MAX_LETTER_PAIRS]
        return [spelling.words[int(i)] for i in found[order]]

    def _word_by_alphabet(self, position: int) -> str:
        return self.spelling.words[int(self.alphabet[position])]
