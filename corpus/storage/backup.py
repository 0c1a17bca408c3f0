"""Backup and restore: one file with the store and the operators' own files, checked by checksums.

A backup is a gzipped tar of ``archive.sqlite``, every small file that an operator keeps in the
archive's folder (bans, synonyms, trained weights, …), and ``backup.json``: format number, sequence
number, counts, and the SHA-256 sum of each file. What a build can make again is left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.errors import ArchiveError
from corpus.storage.archive import Archive
from corpus.storage.atomic import TEMPORARY_SUFFIX, atomic_writer, sync_path
from corpus.storage.store import Store

FORMAT = 1
HEAD = "backup.json"
STORE = "archive.sqlite"
_DERIVED = ("CURRENT", "FORMAT", "LOCK", HEAD)  # written anew by a restore and the build after it
_MAX_HEAD_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup holds. ``files`` are the names of the operators' own, in order."""

    articles: int
    sequence: int
    made_at: datetime
    files: tuple[str, ...]
    size_bytes: int


def write_backup(archive: Archive, target: Path) -> BackupSummary:
    """Write a backup of ``archive`` to ``target``, consistent also while others write and serve.

    The file appears when it is whole and on disk.

    Parameters
    ----------
    archive
        Its store must be there.
    target
        A file that is not there yet.

    Raises
    ------
    ArchiveError
        There is no archive, or ``target`` is there, or the disk failed.
    """
    if target.exists():
        raise ArchiveError(f"{target}: is there already. Name another file, or move it away")
    try:
        # Beside the target: the copy needs room where the backup has it, not in the archive.
        with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
            copy = Path(folder, STORE)
            with Store.open(archive.store_path, read_only=True) as store:
                store.copy_to(copy)
            with Store.open(copy) as store:
                articles, sequence = len(store), store.sequence()
            parts = {STORE: copy, **dict(_own_files(archive.folder))}
            head = {
                "format": FORMAT,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "articles": articles,
                "sequence": sequence,
                "files": {name: _file_sum(path) for name, path in parts.items()},
            }
            head_path = Path(folder, HEAD)
            head_path.write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
            with atomic_writer(target) as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
                for name, path in {HEAD: head_path, **parts}.items():
                    tar.add(path, name, recursive=False)
    except OSError as error:
        raise ArchiveError(
            f"{target}: the backup could not be written ({error.strerror or error}). Check the "
            "space and the rights of its folder"
        ) from error
    return _summary(head, target)


def restore_backup(source: Path, archive: Archive, *, replace: bool = False) -> BackupSummary:
    """Put the store and the operators' files of a backup into the folder of ``archive``.

    All of it is unpacked aside and compared with its checksums before anything changes. Build
    the index afterwards: the generations of the store that was there before are removed.

    Parameters
    ----------
    source
        A file that ``write_backup`` wrote.
    archive
        Its folder; no process may serve it meanwhile.
    replace
        Whether an archive that is there is replaced; its store stays beside the new one as
        ``archive.sqlite.before-restore``.

    Raises
    ------
    ArchiveError
        The file is no backup, of a newer format or damaged, or there is an archive already.
    """
    if archive.store_path.exists() and not replace:
        raise ArchiveError(
            f"{archive.folder}: there is an archive already. Name another folder with --archive, "
            "or add --replace to put the backup in its place"
        )
    with archive.writer_lock():
        aside = Path(tempfile.mkdtemp(dir=archive.folder, suffix=TEMPORARY_SUFFIX))
        try:
            head = _unpack(source, aside)
            with Store.open(aside / STORE) as store:  # opens, and is of a known format
                if len(store) != head["articles"]:
                    raise _damaged(source, "its store holds another number of articles")
            _move_into_place(aside, archive, head["files"])
        except OSError as error:
            raise ArchiveError(
                f"{archive.folder}: the backup could not be restored ({error.strerror or error}). "
                "Check the space and the rights of the folder, then repeat it"
            ) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return _summary(head, source)


def _move_into_place(aside: Path, archive: Archive, files: Mapping[str, str]) -> None:
    """Move the unpacked files over those of the archive; the store, what is missed most, last."""
    archive.forget_generations()
    for name in files:
        if name != STORE:
            os.replace(aside / name, archive.folder / name)
    before = archive.folder / f"{STORE}.before-restore"
    if archive.store_path.exists():
        with Store.open(archive.store_path) as store:
            before.unlink(missing_ok=True)
            store.copy_to(before)  # the log beside it is part of the store
        for ending in ("-wal", "-shm"):
            Path(f"{archive.store_path}{ending}").unlink(missing_ok=True)
    os.replace(aside / STORE, archive.store_path)
    sync_path(archive.folder)


def _own_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, path) of the files that operators and editors keep in an archive's folder."""
    for path in sorted(folder.iterdir()):
        derived = path.name in _DERIVED or ".sqlite" in path.name
        if path.is_file() and not derived and not path.name.endswith(TEMPORARY_SUFFIX):
            yield path.name, path


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup and return its head; every file is there and has its checksum."""
    try:
        with tarfile.open(source, mode="r|gz") as tar:
            head = _read_head(source, tar)
            for member in tar:
                name = member.name
                if name == HEAD:  # iteration begins with the one that was read
                    continue
                if not member.isfile() or name not in head["files"] or not _is_plain_name(name):
                    raise _damaged(source, f"holds {name!r}, which it does not name")
                content = tar.extractfile(member)
                assert content is not None  # a file
                with (folder / name).open("wb") as file:
                    shutil.copyfileobj(content, file)
                    file.flush()
                    os.fsync(file.fileno())
    except FileNotFoundError:
        raise ArchiveError(f"{source}: there is no such file. Name a backup") from None
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise _damaged(source, str(error)) from error
    for name, wanted in head["files"].items():
        path = folder / name
        if not path.is_file() or _file_sum(path) != wanted:
            raise _damaged(source, f"its {name} is missing or not as it was written")
    return head


def _read_head(source: Path, tar: tarfile.TarFile) -> dict[str, Any]:
    member = tar.next()
    if member is None or member.name != HEAD or member.size > _MAX_HEAD_BYTES:
        raise _damaged(source, f"does not begin with {HEAD}")
    content = tar.extractfile(member)
    assert content is not None  # a file
    head = json.load(content)
    if head["format"] > FORMAT:
        raise ArchiveError(
            f"{source}: backup format {head['format']} is newer than this program, which knows "
            f"{FORMAT}. Install a newer version of the program"
        )
    if STORE not in head["files"] or not isinstance(head["articles"], int):
        raise _damaged(source, "names no store")
    return dict(head)


def _is_plain_name(name: str) -> bool:
    return PurePosixPath(name).name == name and name not in (*_DERIVED, "", ".", "..")


def _file_sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(source: Path, reason: str) -> ArchiveError:
    return ArchiveError(f"{source}: not a whole backup ({reason}). Take an earlier one")


def _summary(head: Mapping[str, Any], file: Path) -> BackupSummary:
    return BackupSummary(
        head["articles"],
        head["sequence"],
        datetime.fromisoformat(head["made_at"]),
        tuple(name for name in head["files"] if name != STORE),
        file.stat().st_size,
    )
