"""Int8 vectors: sentence embeddings quantised to a byte a number, and their cosines with a query.

A quarter of the memory of float32 means a quarter of the time, since the scan is bound by memory.
Rounding to 127 steps of a row's largest number moves a cosine by less than 0.01.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled, prefetch_row
from index.storage.arrays import array_path, check_array_shape, open_arrays, save_arrays


@dataclass(frozen=True, eq=False, slots=True)
class Int8Vectors:
    """``codes`` int8 [n, dim] and ``scales`` float32 [n]: row i is ``codes[i] * scales[i]``.

    A row of zeros stands for an empty text; its cosine with everything is 0.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @staticmethod
    def of(matrix: NDArray[np.float32]) -> Int8Vectors:
        """Return the rows of ``matrix`` (each of length 1 or 0) in one byte a number."""
        scales = np.abs(matrix).max(axis=1, initial=0.0) / 127.0
        codes = np.rint(matrix / np.maximum(scales, 1e-12)[:, None])
        return Int8Vectors(codes.astype(np.int8), scales.astype(np.float32))

    @staticmethod
    def of_parts(parts: Iterable[NDArray[np.float32]]) -> Int8Vectors:
        """Return the rows of several matrices, one after the other; one at a time is in memory."""
        vectors = [Int8Vectors.of(part) for part in parts]
        if not vectors:
            return Int8Vectors(np.zeros((0, 0), np.int8), np.zeros(0, np.float32))
        return Int8Vectors(
            np.concatenate([one.codes for one in vectors]),
            np.concatenate([one.scales for one in vectors]),
        )

    def save(self, folder: Path, name: str) -> None:
        """Write ``name.codes.npy`` and ``name.scales.npy``."""
        save_arrays(folder, name, codes=self.codes, scales=self.scales)

    @staticmethod
    def open(folder: Path, name: str, n: int) -> Int8Vectors:
        """Return ``n`` saved vectors, memory-mapped.

        Parameters
        ----------
        folder
            A generation.
        name
            Name that they were saved under.
        n
            How many there must be.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        found = open_arrays(folder, name, codes=(np.int8, 2), scales=(np.float32, 1))
        check_array_shape(array_path(folder, name, "codes"), found["codes"], n, -1)
        check_array_shape(array_path(folder, name, "scales"), found["scales"], n)
        return Int8Vectors(**found)

    def take(self, rows: NDArray[np.int64]) -> Int8Vectors:
        """Return some of the rows, in the order of ``rows``."""
        return Int8Vectors(self.codes[rows], self.scales[rows])

    def cosines(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of ``query`` (float32 [dim], length 1) with every row, float32 [n]."""
        return _int8_cosines(self.codes, self.scales, np.rint(query * QUERY_STEPS).astype(np.int16))


QUERY_STEPS = 4096.0  # of 1: the query is rounded less than the rows, at no cost
PREFETCH_DISTANCE = 8  # rows; enough to hide the latency of memory


@compiled
def int8_dot(
    codes: NDArray[np.int8], scales: NDArray[np.float32], row: int, query: NDArray[np.int16]
) -> np.float32:
    """Return the product of one row with a query of length 1 in ``QUERY_STEPS``.

    Parameters
    ----------
    codes
        Vectors, int8 [n, dim].
    scales
        Factor of each vector, float32 [n].
    row
        Which vector.
    query
        int16 [dim].
    """
    total = np.int32(0)
    for column in range(codes.shape[1]):
        # Sum and product are 64 bits wide unless they are said to be 32: half as many at a time.
        product = np.int32(np.int32(codes[row, column]) * np.int32(query[column]))
        total = np.int32(total + product)
    length: np.float32 = scales[row]
    return np.float32(total) * length / np.float32(QUERY_STEPS)


@compiled(writes=("into",))
def int8_products(
    codes: NDArray[np.int8],
    scales: NDArray[np.float32],
    rows: NDArray[np.uint32],
    query: NDArray[np.int16],
    into: NDArray[np.float32],
) -> None:
    """Put the product of each of ``rows`` with a query into ``into`` float32 [n] at its place.

    Parameters
    ----------
    codes
        Vectors, int8 [n, dim].
    scales
        Factor of each vector, float32 [n].
    rows
        Which vectors.
    query
        int16 [dim].
    into
        Where the products go, float32 [n]; written.
    """
    for i in range(min(PREFETCH_DISTANCE, rows.shape[0])):
        prefetch_row(codes, rows[i])
    for i in range(rows.shape[0]):
        if i + PREFETCH_DISTANCE < rows.shape[0]:
            prefetch_row(codes, rows[i + PREFETCH_DISTANCE])
        into[rows[i]] = int8_dot(codes, scales, rows[i], query)


@compiled
def _int8_cosines(
    codes: NDArray[np.int8], scales: NDArray[np.float32], query: NDArray[np.int16]
) -> NDArray[np.float32]:
    out = np.empty(codes.shape[0], np.float32)
    for row in range(codes.shape[0]):
        out[row] = int8_dot(codes, scales, row, query)
    return out
