"""Completion: a generation that is served without all of its lists becomes one that has them."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

from api.pipeline.record import FILE as RECORD
from api.pipeline.record import BuildRecord, read_record, write_record
from corpus.errors import ArchiveError, BuildError
from corpus.progress import Step
from corpus.storage.archive import Archive
from index.storage.generation_format import MANIFEST, seal_generation, verify_generation
from recommender.precompute.lists import finish_lists, make_lists
from recommender.precompute.worker import BuildInputs
from recommender.suggestions.stored import PENDING
from recommender.suggestions.unfinished import ENDS, LINES

_NOT_TAKEN_OVER = frozenset({MANIFEST, RECORD, PENDING, LINES, ENDS})


def mark_unfinished(folder: Path, recipe: str = "") -> None:
    """Write into a generation that its lists are still to be made, and how.

    Parameters
    ----------
    folder
        The generation.
    recipe
        Of its lists, where it is prepared for them; see ``BuildInputs.recipe``.
    """
    values = {"recipe": recipe}
    (folder / PENDING).write_text(json.dumps(values) + "\n", encoding="utf-8")


def is_unfinished(folder: Path, inputs: BuildInputs) -> bool:
    """Return whether the lists of a generation are still to be made in the way of ``inputs``.

    Those of another encoder or of other weights are not gone on with.
    """
    try:
        values = json.loads((folder / PENDING).read_text(encoding="utf-8"))
        return bool(values["recipe"] == inputs.recipe()) and read_record(folder) is not None
    except (OSError, ValueError, KeyError, TypeError):
        return False


def complete_generation(
    archive: Archive, inputs: BuildInputs, step: Step, workers: int | None = None
) -> tuple[Path, BuildRecord]:
    """Make the lists that an unfinished generation lacks, and switch to it with all of them.

    What is made can be read by servers at once and outlives this process. The generation that
    comes in the place of the unfinished one shares its files on disk.

    Parameters
    ----------
    archive
        Whose writer lock is held.
    inputs
        Of the unfinished generation.
    step
        Told of the progress.
    workers
        Processes; see ``build_suggestions``.

    Raises
    ------
    BuildError
        The disk failed; the unfinished generation stays in use with the lists made so far.
    """
    start = time.perf_counter()
    unfinished = inputs.folder
    built = read_record(unfinished)
    if built is None:
        raise BuildError(f"{unfinished}: its record is gone. Run `divedeeper build` again")
    n = make_lists(inputs, step, workers)
    folder = archive.new_generation()
    try:
        share_files(unfinished, folder)
        finish_lists(unfinished, folder, n)
        seconds = built.suggestion_seconds + time.perf_counter() - start
        built = replace(built, lists=n, suggestion_seconds=round(seconds, 1))
        return seal_and_publish(archive, folder, built, in_place_of=unfinished), built
    except (OSError, ArchiveError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BuildError(
            f"{folder}: the suggestions could not be finished ({error}). Check the space and the "
            "rights of the disk, then run `divedeeper build` again: it goes on where it was"
        ) from error


def seal_and_publish(
    archive: Archive, folder: Path, built: BuildRecord, in_place_of: Path | None = None
) -> Path:
    """Write record and manifest of a generation, compare every byte, and switch to it.

    Parameters
    ----------
    archive
        Whose writer lock is held.
    folder
        The generation.
    built
        Its record.
    in_place_of
        The generation that is not kept for a rollback.
    """
    write_record(folder, built)
    seal_generation(folder, built.encoder)
    verify_generation(folder)
    return archive.publish(folder, in_place_of)


def share_files(unfinished: Path, folder: Path) -> None:
    """Give ``folder`` the files of an unfinished generation that stay as they are."""
    for path in unfinished.iterdir():
        if path.name not in _NOT_TAKEN_OVER and path.is_file():
            try:
                os.link(path, folder / path.name)
            except OSError:  # a file system without hard links
                shutil.copy2(path, folder / path.name)
