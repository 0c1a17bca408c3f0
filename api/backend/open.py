"""Generation → backend: open what is in use, with the encoder that it was built with."""

from __future__ import annotations

from api.backend.archive_backend import ArchiveBackend
from api.pipeline.record import read_record
from api.settings import Settings
from corpus.errors import ArchiveError
from corpus.progress import Say, Step
from corpus.storage.archive import Archive
from index.dense.load_encoder import Encoder, EncoderUnavailable, load_encoder
from index.dense.static_embeddings import (
    StaticEmbeddings,
    StaticEmbeddingsUnavailable,
    load_static_embeddings,
)
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from index.storage.generation_format import has_current_format, open_manifest


def try_encoder(setting: str, say: Say) -> Encoder | None:
    """Return the encoder of a setting; None, with one line that says why, where it lacks."""
    try:
        return load_encoder(setting)
    except EncoderUnavailable as error:
        say(f"Working by words alone: {error}")
        return None


def try_static_embeddings(say: Say) -> StaticEmbeddings | None:
    """Return the table of word vectors; None, with one line that says why, where it lacks."""
    try:
        return load_static_embeddings()
    except StaticEmbeddingsUnavailable as error:
        say(f"Indexing without word vectors: {error}")
        return None


def open_backend(archive: Archive, settings: Settings, step: Step, say: Say) -> ArchiveBackend:
    """Return the backend of the generation in use.

    An encoder is loaded only for an index that was built with one.

    Raises
    ------
    ArchiveError
        There is no index yet, or it has another format, or a file of it is missing or damaged.
    """
    folder = archive.current_generation()
    if folder is None:
        raise ArchiveError(
            f"{archive.folder} has no index yet. Run `divedeeper ingest PATH`, then "
            "`divedeeper build`."
        )
    open_manifest(folder)
    built = read_record(folder)
    model = try_encoder(settings.encoder, say) if built is None or built.encoder else None
    if model is not None and built is not None and model.name != built.encoder:
        say(
            f"Searching by words alone: the index was built with the encoder {built.encoder}, "
            f"the one that is set is {model.name}. Run `divedeeper build`, or set that one."
        )
        model = None
    step("Opening the index", 0, 0)
    try:
        search, questions = trained(archive, model)
        return ArchiveBackend(
            archive,
            Retrieval.open(folder, model, search),
            settings.freshness_half_life_days,
            questions,
        )
    except ValueError as error:
        raise ArchiveError(str(error)) from error


def trained(
    archive: Archive, encoder: Encoder | None
) -> tuple[LinearRanker | None, LinearRanker | None]:
    """Return what an operator trained for search and for questions, None for what is shipped.

    ``ranker.json`` and ``question-ranker.json`` in the archive's folder, or ``…-neural.json``
    where there is an encoder. ValueError: such a file is of another format.
    """
    kind = "-neural.json" if encoder else ".json"
    paths = (archive.folder / f"{name}{kind}" for name in ("ranker", "question-ranker"))
    search, questions = (LinearRanker.load(path) if path.exists() else None for path in paths)
    return search, questions


def is_outdated(archive: Archive) -> bool:
    """Return whether the index in use was written in a format that this program does not read."""
    folder = archive.current_generation()
    return folder is not None and not has_current_format(folder)
