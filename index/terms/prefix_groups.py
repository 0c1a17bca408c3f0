"""Words that begin alike: "vaccin" is met where "vaccinia" stands, a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.packed_strings import mapped

BEGINNING = 5  # letters; a longer beginning is rarely shared, a shorter one by chance


@dataclass(frozen=True, eq=False, slots=True)
class PrefixGroups:
    """Which terms of an archive begin alike.

    ``number`` uint32 [n_terms]: of each term's beginning; the terms whose beginning is number b are
    ``terms[starts[b]:starts[b + 1]]``, ascending; ``terms`` int64 [n_terms].
    """

    number: NDArray[np.uint32]
    terms: NDArray[np.int64]
    starts: NDArray[np.int64]

    @staticmethod
    def of(terms: Sequence[str]) -> PrefixGroups:
        """Return the beginnings of ``terms``; one with digits or signs begins like no other."""
        numbers: dict[str, int] = {}
        begun = (term[:BEGINNING] if term.isalpha() else term for term in terms)
        number = np.fromiter(
            (numbers.setdefault(beginning, len(numbers)) for beginning in begun), np.uint32
        )
        starts = np.concatenate(([0], np.cumsum(np.bincount(number)))).astype(np.int64)
        return PrefixGroups(number, np.argsort(number, kind="stable"), starts)

    def save(self, folder: Path) -> None:
        """Write ``beginnings.number.npy``, ``beginnings.terms.npy``, ``beginnings.starts.npy``."""
        np.save(folder / "beginnings.number.npy", self.number)
        np.save(folder / "beginnings.terms.npy", self.terms)
        np.save(folder / "beginnings.starts.npy", self.starts)

    @staticmethod
    def open(folder: Path) -> PrefixGroups:
        """Return what ``save`` wrote, memory-mapped."""
        names = ("number", "terms", "starts")
        return PrefixGroups(*(mapped(folder / f"beginnings.{n}.npy") for n in names))

    def like(self, term: int) -> NDArray[np.int64]:
        """Return the terms that begin like ``term``, itself among them, ascending."""
        number = self.number[term]
        return self.terms[self.starts[number] : self.starts[number + 1]]
