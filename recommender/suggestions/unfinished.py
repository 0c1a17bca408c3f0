"""Unfinished lists: what a build has made so far, appended article by article, read meanwhile.

``lists.unfinished`` has a line for each article, in the order of the index: its related articles
and its questions, both in their stored form, with a tab between. ``lists.unfinished.ends`` has, as
int64, where each line ends. A line is there as soon as its end is: it is written first.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

LINES, ENDS = "lists.unfinished", "lists.unfinished.ends"
_TAB, _END = b"\t", b"\n"  # JSON in ASCII holds neither
_BYTES = 8  # of an end

ListPair = tuple[bytes, bytes]
"""The related articles and the questions of one article, in their stored form."""


class UnfinishedLists:
    """The lists that there are so far, for a server; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the files of a generation; there are no lists yet where they are missing."""
        self._files: tuple[int, int] | None = None
        self._paths = folder / LINES, folder / ENDS

    def record(self, row: int) -> ListPair | None:
        """Return the lists of an article, None where they are not made yet."""
        if self._files is None and not self._open_files():
            return None
        assert self._files is not None
        lines, ends = self._files
        first = max(0, row - 1)
        found = np.frombuffer(os.pread(ends, (row - first + 1) * _BYTES, first * _BYTES), "<i8")
        if len(found) <= row - first:
            return None
        start = int(found[0]) if row else 0
        line = os.pread(lines, int(found[-1]) - start, start)
        related, tab, questions = line.removesuffix(_END).partition(_TAB)
        return (related, questions) if tab and line.endswith(_END) else None

    def _open_files(self) -> bool:
        try:
            lines, ends = (os.open(path, os.O_RDONLY) for path in self._paths)
        except OSError:
            return False
        self._files = lines, ends
        return True

    def __del__(self) -> None:
        for file in self._files or ():
            os.close(file)


def n_unfinished(folder: Path) -> int:
    """Return how many lists are whole, and cut off what a killed build left of another."""
    lines, ends = folder / LINES, folder / ENDS
    if not (lines.exists() and ends.exists()):
        remove_unfinished(folder)
        return 0
    size = lines.stat().st_size
    known = np.fromfile(ends, "<i8", count=ends.stat().st_size // _BYTES)
    n = int(np.searchsorted(known, size, side="right"))  # ends ascend
    os.truncate(ends, n * _BYTES)
    os.truncate(lines, int(known[n - 1]) if n else 0)
    return n


def append_lists(folder: Path, chunks: Iterable[list[ListPair]]) -> Iterator[int]:
    """Append lists, chunk by chunk, and yield the number of each chunk when it can be read.

    Parameters
    ----------
    folder
        The generation, whose files ``n_unfinished`` has looked at.
    chunks
        The lists of the articles that follow, in their order.
    """
    with (folder / LINES).open("ab") as lines, (folder / ENDS).open("ab") as ends:
        end = lines.tell()
        for chunk in chunks:
            records = [related + _TAB + questions + _END for related, questions in chunk]
            lines.write(b"".join(records))
            lines.flush()
            reached = end + np.cumsum([len(record) for record in records], dtype=np.int64)
            ends.write(reached.astype("<i8").tobytes())
            ends.flush()
            end = int(reached[-1]) if len(reached) else end
            yield len(chunk)


def unfinished_lists(folder: Path) -> Iterator[ListPair]:
    """Yield all lists that were appended, in order."""
    with (folder / LINES).open("rb") as lines:
        for line in lines:
            related, _, questions = line.removesuffix(_END).partition(_TAB)
            yield related, questions


def remove_unfinished(folder: Path) -> None:
    """Remove the files, which a finished generation does not need."""
    for name in (LINES, ENDS):
        (folder / name).unlink(missing_ok=True)
