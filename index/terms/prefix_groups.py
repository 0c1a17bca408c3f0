"""Prefix groups: terms that share their first letters: "vaccin" partly matches "vaccinia"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.arrays import (
    array_path,
    check_array_ids,
    check_array_shape,
    check_array_starts,
    open_arrays,
    save_arrays,
)

_NAME = "prefix-groups"
PREFIX_LENGTH = 5  # letters; a longer prefix is rarely shared, a shorter one is shared by chance


@dataclass(frozen=True, eq=False, slots=True)
class PrefixGroups:
    """Which terms of an archive share a prefix.

    ``number`` uint32 [n_terms]: of each term's prefix; the terms whose prefix is number b are
    ``terms[starts[b]:starts[b + 1]]``, ascending; ``terms`` int64 [n_terms].
    """

    number: NDArray[np.uint32]
    terms: NDArray[np.int64]
    starts: NDArray[np.int64]

    @staticmethod
    def of(terms: Sequence[str]) -> PrefixGroups:
        """Return the groups of ``terms``; one with digits or signs is a group of its own."""
        numbers: dict[str, int] = {}
        prefixes = (term[:PREFIX_LENGTH] if term.isalpha() else term for term in terms)
        number = np.fromiter(
            (numbers.setdefault(prefix, len(numbers)) for prefix in prefixes), np.uint32
        )
        starts = np.concatenate(([0], np.cumsum(np.bincount(number)))).astype(np.int64)
        return PrefixGroups(number, np.argsort(number, kind="stable"), starts)

    def save(self, folder: Path) -> None:
        """Write the arrays into ``folder``, which exists."""
        save_arrays(folder, _NAME, number=self.number, terms=self.terms, starts=self.starts)

    @staticmethod
    def open(folder: Path, n_terms: int) -> PrefixGroups:
        """Return what ``save`` wrote for ``n_terms`` terms, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        arrays = open_arrays(
            folder, _NAME, number=(np.uint32, 1), terms=(np.int64, 1), starts=(np.int64, 1)
        )
        groups = PrefixGroups(**arrays)
        check_array_shape(array_path(folder, _NAME, "number"), groups.number, n_terms)
        check_array_starts(array_path(folder, _NAME, "starts"), groups.starts, -1, n_terms)
        check_array_ids(array_path(folder, _NAME, "number"), groups.number, len(groups.starts) - 1)
        check_array_shape(array_path(folder, _NAME, "terms"), groups.terms, n_terms)
        check_array_ids(array_path(folder, _NAME, "terms"), groups.terms, n_terms)
        return groups

    def like(self, term: int) -> NDArray[np.int64]:
        """Return the terms that share the prefix of ``term``, itself among them, ascending."""
        number = self.number[term]
        return self.terms[self.starts[number] : self.starts[number + 1]]
