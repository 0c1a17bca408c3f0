"""Generation format: one format number and one manifest for all files of a generation.

``manifest.json`` is written last, when everything else is in the folder, and holds the format
number, the version of the program, the encoder, size and checksum of each file, and a checksum of
itself. A generation without a manifest is unfinished, or from a program before format 10.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from corpus.errors import ArchiveError

FORMAT = 12
"""Raise it whenever a file of a generation is written or read in another way."""

MANIFEST = "manifest.json"
REMEDY = "Run `divedeeper build`."
_BLOCK_BYTES = 1 << 20  # read at a time for a checksum
_MAX_NAMED = 5  # bad files that one message names


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size and CRC-32 of one file: the checksum finds damage, not an attacker."""

    size_bytes: int
    crc32: int


@dataclass(frozen=True, slots=True)
class GenerationManifest:
    """What a generation consists of. ``encoder`` is the encoder's name, "" for words alone."""

    program: str
    encoder: str
    files: Mapping[str, FileRecord]


def damaged_file(path: Path, reason: str) -> ArchiveError:
    """Return the error for a file of a generation that cannot be used."""
    return ArchiveError(f"{path}: {reason}. {REMEDY}")


def seal_generation(folder: Path, encoder: str = "") -> GenerationManifest:
    """Write the manifest of all files in ``folder``; nothing may be added or changed after it.

    ``encoder`` is the name of the encoder that the generation was built with.
    """
    files = {
        path.name: FileRecord(path.stat().st_size, _generation_file_checksum(path))
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != MANIFEST
    }
    manifest = GenerationManifest(_manifest_program(), encoder, files)
    values: dict[str, Any] = {
        "format": FORMAT,
        "program": manifest.program,
        "encoder": encoder,
        "files": {
            name: {"bytes": record.size_bytes, "crc32": f"{record.crc32:08x}"}
            for name, record in files.items()
        },
    }
    values["crc32"] = _manifest_checksum(values)
    (folder / MANIFEST).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    return manifest


def has_current_format(folder: Path) -> bool:
    """Return whether the manifest of a generation says that this program wrote this format."""
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(values, dict) and values.get("format") == FORMAT


def open_manifest(folder: Path) -> GenerationManifest:
    """Return the manifest of a generation whose files are all there, in their full size.

    Costs one look at the size of each file, not at its content.

    Raises
    ------
    ArchiveError
        The generation has another format or no readable manifest, or files are missing or have
        another size; the message names them.
    """
    manifest = _read_manifest(folder / MANIFEST)
    _raise_damaged_generation(folder, _files_of_wrong_size(folder, manifest))
    return manifest


def verify_generation(folder: Path) -> GenerationManifest:
    """Return the manifest of a generation after comparing every byte with its checksum.

    Half a second per gigabyte; done before a generation is switched to.

    Raises
    ------
    ArchiveError
        As ``open_manifest``, or the content of files has changed; the message names them.
    """
    manifest = open_manifest(folder)
    _raise_damaged_generation(
        folder,
        (
            (name, "its content does not match its checksum")
            for name, record in manifest.files.items()
            if _generation_file_checksum(folder / name) != record.crc32
        ),
    )
    return manifest


def _read_manifest(path: Path) -> GenerationManifest:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        found = values["format"]
        if found != FORMAT:
            raise ArchiveError(
                f"{path}: the index has format {found}, this program reads {FORMAT}. {REMEDY}"
            )
        if values.pop("crc32") != _manifest_checksum(values):
            raise damaged_file(path, "does not match its own checksum")
        files = {
            str(name): FileRecord(int(record["bytes"]), int(record["crc32"], 16))
            for name, record in values["files"].items()
        }
        return GenerationManifest(str(values["program"]), str(values["encoder"]), files)
    except FileNotFoundError:
        raise damaged_file(
            path, "is missing: the index is unfinished or from an older version of this program"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged_file(path, f"is damaged ({error})") from error


def _files_of_wrong_size(folder: Path, manifest: GenerationManifest) -> Iterator[tuple[str, str]]:
    for name, record in manifest.files.items():
        try:
            size = (folder / name).stat().st_size
        except OSError:
            yield name, "is missing"
            continue
        if size != record.size_bytes:
            yield name, f"has {size} bytes instead of {record.size_bytes}"


def _raise_damaged_generation(folder: Path, problems: Iterator[tuple[str, str]]) -> None:
    found = [f"{folder / name}: {reason}" for name, reason in problems]
    if found:
        more = len(found) - _MAX_NAMED
        named = "; ".join(found[:_MAX_NAMED]) + (f"; and {more} more files" if more > 0 else "")
        raise ArchiveError(f"{named}. {REMEDY}")


def _manifest_checksum(values: Mapping[str, Any]) -> str:
    return f"{zlib.crc32(json.dumps(values, sort_keys=True).encode()):08x}"


def _generation_file_checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            checksum = zlib.crc32(block, checksum)
    return checksum


def _manifest_program() -> str:
    try:
        return version("divedeeper")
    except PackageNotFoundError:
        return "unknown"
