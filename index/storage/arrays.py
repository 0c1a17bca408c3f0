"""Arrays on disk: one ``.npy`` file each, memory-mapped and read-only, checked when opened.

Compiled loops do not check bounds. So whatever they take as a position is checked here once: the
dtype and dimensions of each array, row starts, and ids.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.storage.generation_format import damaged_file

ArrayType = tuple[type[np.generic], int]
"""The dtype and the number of dimensions that an array must have."""


def array_path(folder: Path, name: str, part: str) -> Path:
    """Return the file of array ``part`` of what is saved as ``name``.

    Parameters
    ----------
    folder
        A generation.
    name
        What the array is part of.
    part
        Which part.
    """
    return folder / f"{name}.{part}.npy"


def save_arrays(folder: Path, name: str, **arrays: NDArray[Any]) -> None:
    """Write each array as ``<name>.<part>.npy`` into ``folder``, which exists."""
    for part, array in arrays.items():
        np.save(array_path(folder, name, part), array, allow_pickle=False)


def open_arrays(folder: Path, name: str, **types: ArrayType) -> dict[str, NDArray[Any]]:
    """Return the arrays that ``save_arrays`` wrote, memory-mapped and read-only.

    Parameters
    ----------
    folder, name
        As they were saved.
    types
        By the name of each array its dtype and number of dimensions.

    Raises
    ------
    ArchiveError
        A file is missing or damaged, or holds another type of array.
    """
    return {
        part: mapped_array(array_path(folder, name, part), *type) for part, type in types.items()
    }


def mapped_array(path: Path, dtype: type[np.generic], n_dimensions: int) -> NDArray[Any]:
    """Return the array in ``path``, memory-mapped, as a plain array for fast calls.

    Parameters
    ----------
    path
        A ``.npy`` file.
    dtype
        Type of its elements.
    n_dimensions
        How many dimensions it must have.

    Raises
    ------
    ArchiveError
        The file is missing or damaged, or holds another type of array.
    """
    try:
        array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except FileNotFoundError:
        raise damaged_file(path, "is missing") from None
    except (OSError, ValueError, EOFError, SyntaxError) as error:
        raise damaged_file(path, f"is damaged ({error})") from error
    if array.dtype != dtype or array.ndim != n_dimensions or not array.flags.c_contiguous:
        raise damaged_file(
            path,
            f"holds {array.dtype} in {array.ndim} dimensions instead of "
            f"{np.dtype(dtype)} in {n_dimensions}",
        )
    return array


def release_pages(array: NDArray[Any]) -> None:
    """Let the system take back the memory of a mapped array; what is read again is read again.

    Nothing for an array in memory. A pass over a file of gigabytes else keeps all of it resident.
    """
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)


def frozen_array(array: NDArray[Any]) -> NDArray[Any]:
    """Return ``array`` read-only and contiguous, like a mapped one: one compiled form serves both.

    The caller's own array stays writable.
    """
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def check_array_shape(path: Path, array: NDArray[Any], *shape: int) -> None:
    """Raise ArchiveError unless the array of ``path`` has this ``shape``; -1 stands for any."""
    if any(wanted not in (-1, n) for n, wanted in zip(array.shape, shape, strict=True)):
        raise damaged_file(path, f"has the shape {array.shape} instead of {shape}")


def check_array_starts(path: Path, starts: NDArray[np.int64], n_rows: int, n_items: int) -> None:
    """Raise ArchiveError unless row r of ``n_rows`` is ``items[starts[r]:starts[r + 1]]``.

    Parameters
    ----------
    path
        The file of ``starts``.
    starts
        int64 [n_rows + 1], which must ascend from 0 to ``n_items``.
    n_rows
        How many rows there are, -1 for any number.
    n_items
        How many items the rows have together.
    """
    if len(starts) != n_rows + 1 if n_rows >= 0 else not len(starts):
        raise damaged_file(path, f"has {len(starts)} row starts for {n_rows} rows")
    if starts[0] != 0 or starts[-1] != n_items or (starts[1:] < starts[:-1]).any():
        raise damaged_file(path, f"its row starts do not ascend from 0 to {n_items}")


def check_array_ids(path: Path, ids: NDArray[Any], n: int, lowest: int = 0) -> None:
    """Raise ArchiveError unless every id is at least ``lowest`` and below ``n``.

    Parameters
    ----------
    path
        The file of ``ids``.
    ids
        Integers of any dtype and shape.
    n
        How many things the ids name.
    lowest
        -1 where that stands for "none".
    """
    if ids.size and (int(ids.max()) >= n or int(ids.min()) < lowest):
        raise damaged_file(path, f"holds ids outside {lowest} to {n - 1}")
