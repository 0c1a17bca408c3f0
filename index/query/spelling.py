"""Spelling correction: the words of the archive that are nearest to a misspelt one.

Every word of similar length is compared, which sounds slow and is not: a 64-bit signature of a
word's letters rules out nearly all of them in a few machine instructions, and only the rest are
compared letter by letter. So there is nothing to build, and 8 bytes a word to keep.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import fold, stem
from index.jit import compiled
from index.storage.arrays import (
    array_path,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    save_arrays,
)
from index.storage.packed_strings import PackedStrings

_NAME = "spelling"
_WORDS = "spelling.words"
_MAX_WORD_LETTERS = 64  # as long as the tokeniser makes words
# An archive word is taken for a typo of its neighbour if it occurs at most _MAX_TYPO_COUNT times,
# has _MIN_TYPO_LETTERS letters or more, and the neighbour is _MIN_COUNT_RATIO times as frequent.
# Without the first test, electron becomes election.
_MAX_TYPO_COUNT = 2
_MIN_TYPO_LETTERS = 6
_MIN_COUNT_RATIO = 500

MAX_SHORT_LETTERS = 4  # wifi is a letter away from wife, and meant as it is

Variant = tuple[str, int, int]


def allowed_spelling_distance(word: str) -> int:
    """Return how many typing errors are forgiven: none up to 3 letters, 1 up to 7, then 2.

    A word with a digit is a date, an amount or a model: one digit off is another thing, so none.
    """
    if any(c.isdigit() for c in word):
        return 0
    return 0 if len(word) <= 3 else 1 if len(word) <= 7 else 2


@dataclass(frozen=True, eq=False, slots=True)
class SpellingIndex:
    """The words of the archive, by length, then by letters, with how often each occurs.

    ``lengths`` int64 [66]: words of n letters are ``lengths[n]:lengths[n + 1]``; ``counts`` int64
    [n_words]; ``signatures`` uint64 [n_words], see ``_spelling_signature``.
    """

    words: PackedStrings
    counts: NDArray[np.int64]
    signatures: NDArray[np.uint64]
    lengths: NDArray[np.int64]

    @classmethod
    def build(cls, words: Sequence[str], counts: NDArray[np.int64]) -> SpellingIndex:
        """Return the index of distinct folded ``words``, word i occurring ``counts[i]`` times.

        Raises
        ------
        ValueError
            Not one count per word.
        """
        if len(words) != len(counts):
            raise ValueError(f"{len(words)} words but {len(counts)} counts: give one count a word")
        order = sorted(
            (i for i, word in enumerate(words) if 0 < len(word) <= _MAX_WORD_LETTERS),
            key=lambda i: (len(words[i]), words[i]),
        )
        packed = PackedStrings.of([words[i] for i in order], "utf-32-le")
        sizes = np.diff(packed.starts)
        return cls(
            packed,
            frozen_array(np.asarray(counts, np.int64)[order]),
            frozen_array(_spelling_signatures(packed.units, packed.starts)),
            frozen_array(np.searchsorted(sizes, np.arange(_MAX_WORD_LETTERS + 2)).astype(np.int64)),
        )

    def variants(self, word: str, limit: int = 10) -> list[Variant]:
        """Return up to ``limit`` (word, distance, count) that ``word`` may have meant, best first.

        The distance counts letters added, lost, replaced, and neighbours swapped, and is at most
        ``allowed_distance(word)``. The exact word comes first, then the nearer, then those with
        the same first letter (it is seldom wrong), then the more frequent, then by the alphabet.
        A capitalised word that is in the archive as it stands is a name: it has no variants.
        """
        folded = fold(word)
        if not 0 < len(folded) <= _MAX_WORD_LETTERS:
            return []
        letters = np.array([ord(c) for c in folded], np.uint32)
        name = word[:1].isupper()
        if name and (exact := self._near_spellings(letters, 0)):
            return exact[:limit]
        found = self._near_spellings(letters, allowed_spelling_distance(folded))
        if len(folded) <= MAX_SHORT_LETTERS:
            found = [v for v in found if v[1] == 0 or not _replaces_a_letter(folded, v[0])]
        found.sort(key=lambda v: (v[1], v[0][0] != folded[0], -v[2], v[0]))
        return found[: max(limit, 0)]

    def did_you_mean(
        self, query_words: Sequence[str], known: Container[str] = ()
    ) -> list[str] | None:
        """Return the words of a query with the mistyped ones put right, None if none is.

        ``known`` holds folded words that are right whether the archive has them or not.

        A word of the archive stays, unless it is so much rarer than a word one error away that it
        looks like a typo in the archive (another form of the same word never does).
        A word that nothing resembles stays too. A corrected query comes back folded.
        """
        better = [
            fold(word) if self.is_right(word, known) else self._corrected_spelling(word)
            for word in query_words
        ]
        return (
            better if any(b != fold(w) for b, w in zip(better, query_words, strict=True)) else None
        )

    def is_right(self, word: str, known: Container[str]) -> bool:
        """Return whether a word that the archive lacks, or hardly has, is one of ``known``."""
        folded = fold(word)
        return self.occurrences(folded) <= _MAX_TYPO_COUNT and folded in known

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which exists."""
        self.words.save(folder, _WORDS)
        arrays = {"counts": self.counts, "signatures": self.signatures, "lengths": self.lengths}
        save_arrays(folder, _NAME, **arrays)

    @classmethod
    def open(cls, folder: Path) -> SpellingIndex:
        """Return the index that ``save`` wrote, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        words = PackedStrings.open(folder, _WORDS, "utf-32-le")
        arrays = open_arrays(
            folder, _NAME, counts=(np.int64, 1), signatures=(np.uint64, 1), lengths=(np.int64, 1)
        )
        for name in ("counts", "signatures"):
            check_array_shape(array_path(folder, _NAME, name), arrays[name], len(words))
        lengths = array_path(folder, _NAME, "lengths")
        check_array_starts(lengths, arrays["lengths"], _MAX_WORD_LETTERS + 1, len(words))
        return cls(words, **arrays)

    def _near_spellings(self, letters: NDArray[np.uint32], most: int) -> list[Variant]:
        """Return all words at most ``most`` errors away, unordered."""
        first = self.lengths[max(len(letters) - most, 0)]
        last = self.lengths[min(len(letters) + most + 1, _MAX_WORD_LETTERS + 1)]
        found, distances = _compare_spellings(
            letters, most, self.words.units, self.words.starts, self.signatures, first, last
        )
        return [
            (self.words[i], d, int(self.counts[i]))
            for i, d in zip(found.tolist(), distances.tolist(), strict=True)
        ]

    def occurrences(self, folded: str) -> int:
        """Return how often a word occurs, 0 for one that is not there."""
        first = int(self.lengths[min(len(folded), _MAX_WORD_LETTERS + 1)])
        last = int(self.lengths[min(len(folded) + 1, _MAX_WORD_LETTERS + 1)])
        at = bisect_left(range(last), folded, first, last, key=self.words.__getitem__)
        return int(self.counts[at]) if at < last and self.words[at] == folded else 0

    def _corrected_spelling(self, word: str) -> str:
        folded = fold(word)
        own = self.occurrences(folded)
        if own > _MAX_TYPO_COUNT:  # most words: no neighbour is looked for
            return folded
        near = self.variants(word, limit=1_000)  # of a name of the archive: the name alone
        for other, distance, count in near:
            if distance == 0:
                continue
            if own == 0:
                return other
            doubtful = (
                own <= _MAX_TYPO_COUNT
                and len(folded) >= _MIN_TYPO_LETTERS
                and stem(other) != stem(folded)
            )
            if doubtful and distance == 1 and count >= _MIN_COUNT_RATIO * own:
                return other
        return folded


def _replaces_a_letter(word: str, other: str) -> bool:
    """Return whether another word of the same letters but one stands for a short ``word``.

    In short words a letter is left out, doubled or swapped by mistake; another letter, and another
    first one, makes another word.
    """
    return other[0] != word[0] or (len(other) == len(word) and sorted(other) != sorted(word))


@compiled
def _spelling_signature(letters: NDArray[np.uint32]) -> np.uint64:
    """Return which letters occur (bits 0-31, letter modulo 32) and which twice (bits 32-63).

    One typing error sets or clears at most one bit of a kind: words d errors apart have at most d
    bits that only the one has, and at most d that only the other has.
    """
    signature = np.uint64(0)
    for letter in letters:
        once = np.uint64(1) << np.uint64(letter & 31)
        signature |= (once << np.uint64(32)) if signature & once else once
    return signature


@compiled
def _spelling_signatures(
    units: NDArray[np.uint32], starts: NDArray[np.int64]
) -> NDArray[np.uint64]:
    signatures = np.zeros(len(starts) - 1, np.uint64)
    for i in range(len(signatures)):
        signatures[i] = _spelling_signature(units[starts[i] : starts[i + 1]])
    return signatures


@compiled
def _compare_spellings(
    letters: NDArray[np.uint32],
    most: int,
    units: NDArray[np.uint32],
    starts: NDArray[np.int64],
    signatures: NDArray[np.uint64],
    first: int,
    last: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the positions in ``first:last`` at most ``most`` errors away, and how many errors."""
    one = np.uint64(1)
    own = _spelling_signature(letters)
    found = []
    distances = []
    for i in range(first, last):
        gained = signatures[i] & ~own
        lost = own & ~signatures[i]
        for _ in range(most):
            gained &= gained - one  # takes the lowest bit away
            lost &= lost - one
        if gained or lost:
            continue
        distance = _spelling_distance(letters, units[starts[i] : starts[i + 1]], most)
        if distance <= most:
            found.append(i)
            distances.append(distance)
    return np.array(found, np.int64), np.array(distances, np.int64)


@compiled
def _spelling_distance(a: NDArray[np.uint32], b: NDArray[np.uint32], most: int) -> int:
    """Return the optimal string alignment distance, or ``most + 1`` if it is larger.

    Only the ``2 * most + 1`` diagonals that can stay within ``most`` are computed.
    """
    rows = np.full((3, len(b) + 1), most + 1, np.int64)
    for j in range(min(most, len(b)) + 1):
        rows[0, j] = j
    for i in range(1, len(a) + 1):
        row, above, two_above = rows[i % 3], rows[(i - 1) % 3], rows[(i - 2) % 3]
        row[:] = most + 1
        if i <= most:
            row[0] = i
        least = row[0]
        for j in range(max(1, i - most), min(len(b), i + most) + 1):
            value = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                value = min(value, two_above[j - 2] + 1)
            row[j] = min(value, most + 1)
            least = min(least, value)
        if least > most:
            # A swap reaches over this row, but gains nothing: it costs 1 more than the row above,
            # whose least is at most 1 below this one's.
            return most + 1
    return int(rows[len(a) % 3, len(b)])
