"""Diagnosis of an installation and its archive: what is set, what is missing, what to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Literal

from api.pipeline.record import is_record_behind, read_record
from api.settings import Settings
from corpus.errors import ArchiveError
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.dense.load_encoder import describe_encoder
from index.query.synonyms import Synonyms
from index.storage.generation_format import has_current_format
from recommender.grammar.parser import parser_problem
from recommender.suggestions.bans import Bans
from recommender.suggestions.stored import has_pending_lists

Level = Literal["ok", "note", "fault"]
MIN_FREE_SHARE = 2.0  # a build needs the room of the generation in use once more, and some
MIN_FREE_BYTES = 200_000_000
PACKAGES = ("fastapi", "uvicorn", "numpy", "numba", "scikit-learn", "PyStemmer")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``level``: ok, a note that one may want to know, or a fault to mend."""

    level: Level
    about: str
    text: str


def diagnose(archive: Archive, settings: Settings) -> list[Finding]:
    """Return what an operator should know about settings, versions, disk and archive, in order.

    Nothing is changed, and no index is opened: it takes a second on an archive of any size.
    """
    findings = [*_program(), *_settings(settings), *_disk(archive)]
    try:
        findings += _archive(archive)
    except ArchiveError as error:
        findings.append(Finding("fault", "archive", str(error)))
    return [*findings, *_operators_files(archive)]


def _program() -> Iterator[Finding]:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        "ok", "program", f"divedeeper {metadata.version('divedeeper')}, Python {python}, {versions}"
    )
    if problem := parser_problem():
        yield Finding("note", "questions", f"made of fewer checks: {problem}")


def _settings(settings: Settings) -> Iterator[Finding]:
    for name, value in settings.model_dump().items():
        if name in settings.model_fields_set and value != type(settings).model_fields[name].default:
            yield Finding("ok", "setting", f"{name} = {value}")
    encoder = describe_encoder(settings.encoder)
    missing = encoder.startswith("sentence encoder: none;")
    yield Finding("note" if missing else "ok", "encoder", encoder)


def _disk(archive: Archive) -> Iterator[Finding]:
    folder = archive.folder
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        yield Finding(
            "fault", "disk", f"{folder} cannot be written by this user: give it the right"
        )
    free = shutil.disk_usage(folder).free
    current = archive.readable_generation()
    needed = MIN_FREE_SHARE * _size_of_folder(current) if current else 0
    if free < max(needed, MIN_FREE_BYTES):
        yield Finding(
            "fault",
            "disk",
            f"{free / 1e6:,.0f} MB are free on the disk of {folder}, a build may need "
            f"{max(needed, MIN_FREE_BYTES) / 1e6:,.0f}: make room",
        )
    else:
        yield Finding("ok", "disk", f"{free / 1e9:,.1f} GB are free on the disk of {folder}")


def _archive(archive: Archive) -> Iterator[Finding]:
    if not archive.store_path.exists():
        yield Finding(
            "note", "archive", f"{archive.folder} has none yet: run `divedeeper ingest PATH`"
        )
        return
    with Store.open(archive.store_path, read_only=True) as store:
        yield Finding("ok", "archive", f"{archive.folder} holds {len(store)} articles")
        folder = archive.current_generation()
        if folder is None:
            yield Finding("fault", "index", "there is none yet: run `divedeeper build`")
            return
        if not has_current_format(folder):
            yield Finding(
                "fault", "index", f"{folder.name} is of another format: run `divedeeper build`"
            )
            return
        built = read_record(folder)
        if built is None:
            yield Finding("fault", "index", f"{folder.name} has no record: run `divedeeper build`")
            return
        days = (datetime.now(UTC) - built.built_at).days
        how = f"with {built.encoder}" if built.encoder else "by words alone"
        yield Finding(
            "ok",
            "index",
            f"{folder.name}: {built.articles} articles {how}, built {days} days ago",
        )
        if has_pending_lists(folder):
            yield Finding(
                "note",
                "suggestions",
                "not all are made yet, the others are made on request: `divedeeper build` goes on",
            )
        if is_record_behind(built, store):
            yield Finding("note", "index", "the archive has changed since: run `divedeeper build`")


def _operators_files(archive: Archive) -> Iterator[Finding]:
    table = Synonyms(archive.folder).table
    if table.others or table.problems:
        yield Finding("ok", "synonyms", f"{len(table.others)} names have synonyms")
    for problem in table.problems:
        yield Finding("fault", "synonyms", str(problem))
    if Bans(archive.folder).current:
        yield Finding("ok", "bans", "questions or articles are banned")


def _size_of_folder(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
