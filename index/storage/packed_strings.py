"""Packed strings: many short strings as two arrays that can be memory-mapped, without pickle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.storage.arrays import (
    array_path,
    check_array_starts,
    frozen_array,
    open_arrays,
    save_arrays,
)

Encoding = Literal["utf-8", "utf-32-le"]
_UNITS: dict[Encoding, type[np.unsignedinteger[Any]]] = {"utf-8": np.uint8, "utf-32-le": np.uint32}


@dataclass(frozen=True, eq=False, slots=True)
class PackedStrings:
    """String i is ``units[starts[i]:starts[i + 1]]``, decoded; ``starts`` int64 [n + 1].

    ``units`` is uint8 for UTF-8, the shortest, or uint32, one per letter, for loops over letters.
    """

    units: NDArray[Any]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Sequence[str], encoding: Encoding = "utf-8") -> PackedStrings:
        """Return ``strings`` packed; half a surrogate pair is stored as it is."""
        unit = _UNITS[encoding]
        coded = [string.encode(encoding, "surrogatepass") for string in strings]
        starts = np.zeros(len(coded) + 1, np.int64)
        np.cumsum([len(code) // unit().itemsize for code in coded], out=starts[1:])
        return cls(frozen_array(np.frombuffer(b"".join(coded), unit)), frozen_array(starts))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, position: int) -> str:
        if not 0 <= position < len(self):
            raise IndexError(position)
        code = self.units[self.starts[position] : self.starts[position + 1]]
        return code.tobytes().decode(
            "utf-8" if code.itemsize == 1 else "utf-32-le", "surrogatepass"
        )

    def save(self, folder: Path, name: str) -> None:
        """Write ``<name>.units.npy`` and ``<name>.starts.npy`` into ``folder``."""
        save_arrays(folder, name, units=self.units, starts=self.starts)

    @classmethod
    def open(
        cls, folder: Path, name: str, encoding: Encoding = "utf-8", n: int = -1
    ) -> PackedStrings:
        """Return the strings that ``save`` wrote, memory-mapped.

        Parameters
        ----------
        folder, name
            As they were saved.
        encoding
            As they were packed.
        n
            How many strings there must be, -1 for any number.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        found = open_arrays(folder, name, units=(_UNITS[encoding], 1), starts=(np.int64, 1))
        check_array_starts(
            array_path(folder, name, "starts"), found["starts"], n, len(found["units"])
        )
        return cls(**found)
