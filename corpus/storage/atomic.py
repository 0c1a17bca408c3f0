"""Atomic file writes: a temporary file, forced to disk, then renamed over the old one.

A process killed at any point leaves the old file or the new one, never half of one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

TEMPORARY_SUFFIX = ".tmp"


@contextmanager
def atomic_writer(path: Path) -> Iterator[BinaryIO]:
    """Yield a binary file that replaces ``path`` when the block ends without an error.

    Its name is that of ``path``, the process id and ``TEMPORARY_SUFFIX``, so that two processes
    never write into one file. After an error it is removed and ``path`` is as before.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY_SUFFIX}")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_path(path.parent)


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, all of it or nothing."""
    with atomic_writer(path) as file:
        file.write(text.encode())


def sync_path(path: Path) -> None:
    """Force one file, or the names within one folder, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Force every file and folder below ``folder`` to disk, and itself; links are not followed."""
    for parent, _, files in os.walk(folder):
        for name in files:
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                sync_path(path)
        sync_path(Path(parent))
