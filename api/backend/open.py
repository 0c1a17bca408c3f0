"""Opening of the backend: the generation in use, with the encoder that it was built with."""

from __future__ import annotations

from pathlib import Path

from api.backend.archive_backend import ArchiveBackend
from api.pipeline.models import setting_of_built_index, trained_rankers, try_encoder
from api.pipeline.record import read_record
from api.settings import Settings
from corpus.errors import ArchiveError
from corpus.progress import Say, Step
from corpus.storage.archive import Archive
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from index.storage.generation_format import (
    has_current_format,
    open_manifest,
    verify_generation,
)

MAX_CHANGES = 2_000  # since a build, that a command takes up in a second; a server takes all


def open_backend(archive: Archive, settings: Settings, step: Step, say: Say) -> ArchiveBackend:
    """Return the backend of the generation in use.

    An encoder is loaded only for an index that was built with one.

    Parameters
    ----------
    archive
        Its generation in use is opened.
    settings
        The encoder, and the half-life of freshness.
    step
        Told of the progress.
    say
        Told, in one line, of what works with less than was set.

    Raises
    ------
    ArchiveError
        There is no index yet, or it has another format, or a file of it is missing or damaged.
    """
    backend = backend_of_open_index(
        archive, settings, *open_retrieval(archive, settings, step, say)
    )
    if not backend.refresh(MAX_CHANGES) and backend.is_behind:
        say(
            f"More than {MAX_CHANGES} changes since the index was built are left out. "
            "Run `divedeeper build`."
        )
    return backend


def open_verified_backend(
    archive: Archive, folder: Path, settings: Settings, step: Step, say: Say
) -> ArchiveBackend:
    """Return the backend of one generation whose every byte is as it was built.

    For servers: what they serve for days is compared with its checksums once, half a second per
    gigabyte, and is in memory afterwards.

    Parameters
    ----------
    archive
        The archive.
    folder
        One of its generations.
    settings, step, say
        As in ``open_backend``.

    Raises
    ------
    ArchiveError
        It has another format, or a file of it is missing or damaged.
    """
    step("Checking the index", 0, 0)
    verify_generation(folder)
    retrieval, questions = open_retrieval(archive, settings, step, say, folder)
    retrieval.reader.known_words.load()
    return backend_of_open_index(archive, settings, retrieval, questions)


def backend_of_open_index(
    archive: Archive, settings: Settings, retrieval: Retrieval, questions: LinearRanker | None
) -> ArchiveBackend:
    """Return the backend of an index that is open.

    Parameters
    ----------
    archive
        The archive.
    settings
        The half-life of freshness, and what pages show.
    retrieval, questions
        As ``open_retrieval`` returns them.

    Raises
    ------
    ArchiveError
        A file of the generation is missing or damaged.
    """
    try:
        return ArchiveBackend(
            archive,
            retrieval,
            settings.freshness_half_life_days,
            questions,
            settings.unanswered,
            settings.scope,
        )
    except ValueError as error:
        raise ArchiveError(str(error)) from error


def open_retrieval(
    archive: Archive, settings: Settings, step: Step, say: Say, folder: Path | None = None
) -> tuple[Retrieval, LinearRanker | None]:
    """Return the index of a generation, and the archive's own question ranking if any.

    Parameters
    ----------
    archive
        Its generation in use is opened.
    settings
        The encoder.
    step
        Told of the progress.
    say
        Told, in one line, of what works with less than was set.
    folder
        The generation; None: the one in use.

    Raises
    ------
    ArchiveError
        There is no index yet, or it has another format, or a file of it is missing or damaged.
    """
    folder = folder or archive.current_generation()
    if folder is None:
        raise ArchiveError(
            f"{archive.folder} has no index yet. Run `divedeeper ingest PATH`, then "
            "`divedeeper build`."
        )
    open_manifest(folder)
    built = read_record(folder)
    setting = setting_of_built_index(settings.encoder, built.encoder if built else "")
    model = try_encoder(setting, say) if built is None or built.encoder else None
    if model is not None and built is not None and model.name != built.encoder:
        say(
            f"Searching by words alone: the index was built with the encoder {built.encoder}, "
            f"the one that is set is {model.name}. Run `divedeeper build`, or set that one."
        )
        model = None
    step("Opening the index", 0, 0)
    try:
        search, questions = trained_rankers(archive, model)
        return Retrieval.open(folder, model, search), questions
    except ValueError as error:
        raise ArchiveError(str(error)) from error


def is_outdated(archive: Archive) -> bool:
    """Return whether the index in use was written in a format that this program does not read."""
    folder = archive.readable_generation()
    return folder is not None and not has_current_format(folder)
