"""Archive folder layout: the store, the generations of the index, and atomic switching.

::

    FORMAT            the number of this layout
    LOCK              held by the process that builds or switches generations
    CURRENT           name of the generation in use, then of the one before it, a line each
    archive.sqlite    the store (see ``corpus.storage.store``); its own locking, no LOCK needed
    generations/      one folder per generation; ``.tmp`` at the end: not finished, or to be removed

A generation is built in a ``.tmp`` folder, forced to disk, renamed, and then named in CURRENT by
one ``os.replace``. A process killed at any point leaves the old generation or the new one in
use, never half of one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.storage.atomic import TEMPORARY_SUFFIX, sync_path, sync_tree, write_atomically

FORMAT = 1
_NAME = re.compile(r"\d{8}T\d{6}Z-\d{3,9}")


def _age_of_generation(name: str) -> tuple[str, int]:
    """Return what orders generations by their names: -1000 comes after -999."""
    stamp, _, counter = name.partition("-")
    return stamp, int(counter)


class Archive:
    """The layout of one archive folder. Reading creates nothing; ``writer_lock`` creates it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store_path = folder / "archive.sqlite"
        self.generations = folder / "generations"
        self._format = folder / "FORMAT"
        self._lock = folder / "LOCK"
        self._pointer = folder / "CURRENT"
        self._locked = False
        self._check_archive_layout()

    def current_generation(self) -> Path | None:
        """Return the folder of the generation in use, None before the first is published.

        Files that a reader has opened or mapped stay readable after the generation is removed.

        Raises
        ------
        ArchiveError
            CURRENT names no generation, or one that is not there.
        """
        names = self._generation_names()
        if not names:
            return None
        path = self.generations / names[0]
        if not path.is_dir():
            raise ArchiveError(
                f"{self._pointer}: it names generation {names[0]}, but {path} is not there. "
                "Build the index again, or go back with `divedeeper rollback`"
            )
        return path

    def usable_generations(self) -> list[Path]:
        """Return the folders of finished generations, in the order to try them; nothing is opened.

        The one in use, the one before it, then any other, newest first. An unreadable CURRENT
        names none of them.
        """
        named = self._readable_generation_names()
        try:
            finished = {
                path.name: path
                for path in self._generation_folders()
                if not path.name.endswith(TEMPORARY_SUFFIX) and path.is_dir()
            }
        except OSError:  # no folder of generations
            return []
        others = sorted(finished.keys() - set(named), key=_age_of_generation, reverse=True)
        return [finished[name] for name in (*named, *others) if name in finished]

    def readable_generation(self) -> Path | None:
        """Return the folder of the generation in use, None where ``current_generation`` raises.

        For writers, which mend CURRENT with what they publish.
        """
        try:
            return self.current_generation()
        except ArchiveError:
            return None

    @contextmanager
    def writer_lock(self) -> Iterator[None]:
        """Hold the lock for building and switching generations; create the folder if missing.

        Leftovers of a crash are removed first. The system releases the lock when the process ends,
        however it ends.

        Raises
        ------
        ArchiveError
            Another writer holds the lock (the message names its process id), or the folder cannot
            be written.
        """
        try:
            self.generations.mkdir(parents=True, exist_ok=True)
            self._lock.touch()
        except OSError as error:
            raise ArchiveError(
                f"{self.folder}: cannot be written ({error.strerror}). Give the user that runs "
                "this the right to write in it, or name another folder with --archive"
            ) from error
        # Opened for appending: the pid of the holder must stay readable to other processes.
        with self._lock.open("a+", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                pid = file.read(20).strip() or "unknown"
                raise ArchiveError(
                    f"{self.folder}: another writer is at work (process {pid}). "
                    "Wait until it is done, or stop it; nothing needs to be removed by hand"
                ) from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            self._locked = True
            try:
                self._check_archive_layout()
                if not self._format.exists():
                    write_atomically(self._format, f"{FORMAT}\n")
                self._remove_unfinished_generations()
                self._remove_unnamed_generations()
                yield
            finally:
                self._locked = False
                file.truncate(0)

    def new_generation(self) -> Path:
        """Return a new empty folder to build a generation in; needs ``writer_lock``.

        Names are a UTC timestamp and a counter, and each sorts after all existing ones, also when
        the clock was set back.
        """
        self._require_writer_lock()
        stamp, counter = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"), 0
        taken = [path.name.removesuffix(TEMPORARY_SUFFIX) for path in self._generation_folders()]
        if taken:
            last, number = max(map(_age_of_generation, taken))
            if last >= stamp:
                stamp, counter = last, number + 1
        path = self.generations / f"{stamp}-{counter:03d}{TEMPORARY_SUFFIX}"
        path.mkdir()
        return path

    def publish(self, path: Path, in_place_of: Path | None = None) -> Path:
        """Make a folder from ``new_generation`` the one in use and return its final path.

        Everything in it is on disk before the switch. The generation in use until now stays for
        ``rollback``, unless it is ``in_place_of`` that one: then the one before it stays. Older
        ones are removed. Needs ``writer_lock``.
        """
        self._require_writer_lock()
        name = path.name.removesuffix(TEMPORARY_SUFFIX)
        if path.parent != self.generations or name == path.name or not path.is_dir():
            raise ArchiveError(f"{path}: not a generation under construction in {self.folder}")
        sync_tree(path)
        final = self.generations / name
        os.rename(path, final)
        sync_path(self.generations)
        previous = [
            n
            for n in self._readable_generation_names()
            if (self.generations / n).is_dir() and (in_place_of is None or n != in_place_of.name)
        ]
        write_atomically(self._pointer, "\n".join([name, *previous[:1]]) + "\n")
        self._remove_unnamed_generations()
        return final

    def previous_generation(self) -> Path:
        """Return the folder of the generation that ``rollback`` would put in use.

        Raises
        ------
        ArchiveError
            There is no previous generation.
        """
        names = self._generation_names()
        if len(names) < 2 or not (self.generations / names[1]).is_dir():
            raise ArchiveError(
                f"{self.folder}: there is no earlier generation to go back to. "
                "Build the index again instead"
            )
        return self.generations / names[1]

    def rollback(self) -> Path:
        """Put the previous generation back in use and return it; needs ``writer_lock``.

        The two are swapped: a second rollback undoes the first.

        Raises
        ------
        ArchiveError
            There is no previous generation.
        """
        self._require_writer_lock()
        previous, [current, *_] = self.previous_generation(), self._generation_names()
        write_atomically(self._pointer, f"{previous.name}\n{current}\n")
        return previous

    def forget_generations(self) -> None:
        """Remove all generations and CURRENT: they are of another store; needs ``writer_lock``."""
        self._require_writer_lock()
        self._pointer.unlink(missing_ok=True)
        for path in self._generation_folders():
            shutil.rmtree(path, ignore_errors=True)
        sync_path(self.folder)

    def _generation_names(self) -> list[str]:
        """Return the names in CURRENT: none, the one in use, or that and the previous one."""
        try:
            text = self._pointer.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return []
        names = text.split()
        # Checked before they become paths: a name with slashes would lead out of the archive.
        if not 1 <= len(names) <= 2 or not all(map(_NAME.fullmatch, names)):
            raise ArchiveError(
                f"{self._pointer}: it does not hold the name of a generation. "
                "Build the index again, or write a folder's name of generations/ into it"
            )
        return names

    def _readable_generation_names(self) -> list[str]:
        """Return the names, none when CURRENT is unreadable: a new build rewrites it."""
        try:
            return self._generation_names()
        except ArchiveError:
            return []

    def _generation_folders(self) -> list[Path]:
        """Return the folders with the name of a generation, finished or not."""
        return [
            p
            for p in self.generations.iterdir()
            if _NAME.fullmatch(p.name.removesuffix(TEMPORARY_SUFFIX))
        ]

    def _remove_unfinished_generations(self) -> None:
        """Remove generations and small files that a crash left half written."""
        for path in self._generation_folders():
            if path.name.endswith(TEMPORARY_SUFFIX):
                shutil.rmtree(path, ignore_errors=True)
        for written in (self._format, self._pointer):
            for path in self.folder.glob(f"{written.name}.*{TEMPORARY_SUFFIX}"):
                path.unlink(missing_ok=True)

    def _remove_unnamed_generations(self) -> None:
        """Remove the finished generations that CURRENT does not name.

        Processes that have one open keep it: the system frees the files after the last use.
        """
        named = self._readable_generation_names()
        for path in self._generation_folders():
            # Without names nothing is removed: a lost CURRENT must not cost the generations.
            if named and path.name not in named and not path.name.endswith(TEMPORARY_SUFFIX):
                removed = path.with_name(path.name + TEMPORARY_SUFFIX)
                os.rename(path, removed)  # a crash half-way leaves no folder that looks finished
                shutil.rmtree(removed, ignore_errors=True)

    def _check_archive_layout(self) -> None:
        """Raise ArchiveError if this program does not know the layout."""
        try:
            text = self._format.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return
        if text != str(FORMAT):
            raise ArchiveError(
                f"{self._format}: layout {text[:20]!r} is unknown, this program knows {FORMAT}. "
                "Install the version of the program that made this archive, or a newer one"
            )

    def _require_writer_lock(self) -> None:
        if not self._locked:
            raise ArchiveError(f"{self.folder}: generations change only within writer_lock()")
