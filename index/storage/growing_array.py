"""An array on disk that grows: what is appended is in its file and not in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from index.storage.arrays import mapped_array


class GrowingArray:
    """A one-dimensional ``.npy`` file under construction; ``finish`` it before it is opened.

    NumPy writes the header of an array with room for the digits of any length of its first axis,
    so that the length can be written in its place at the end.
    """

    def __init__(self, path: Path, dtype: type[np.generic]) -> None:
        """Begin the file at ``path``, in place of one that is there."""
        self._path, self._dtype = path, np.dtype(dtype)
        self._n = 0
        self._file = path.open("w+b")
        self._write_header()
        self._header_size = self._file.tell()

    def __len__(self) -> int:
        return self._n

    def extend(self, values: NDArray[Any]) -> None:
        """Append values of the array's own dtype."""
        if values.dtype != self._dtype:
            raise TypeError(f"{values.dtype} was appended to an array of {self._dtype}")
        self._file.write(values.tobytes())
        self._n += len(values)

    def finish(self) -> NDArray[Any]:
        """Write the length, close the file, and return the array, memory-mapped and read-only."""
        self._file.seek(0)
        self._write_header()
        if self._file.tell() != self._header_size:
            raise RuntimeError(f"{self._path}: the header of this NumPy has no room to grow")
        self._file.close()
        return mapped_array(self._path, self._dtype.type, 1)

    def _write_header(self) -> None:
        descr = npy.dtype_to_descr(self._dtype)
        npy.write_array_header_1_0(
            self._file, {"descr": descr, "fortran_order": False, "shape": (self._n,)}
        )


class ArrayInMemory:
    """The same in memory, for few values."""

    def __init__(self, dtype: type[np.generic]) -> None:
        """Begin with nothing."""
        self._parts: list[NDArray[Any]] = [np.zeros(0, dtype)]
        self._n = 0

    def __len__(self) -> int:
        return self._n

    def extend(self, values: NDArray[Any]) -> None:
        """Append values."""
        self._parts.append(values)
        self._n += len(values)

    def finish(self) -> NDArray[Any]:
        """Return the array."""
        return np.concatenate(self._parts)
