"""Models of an archive: sentence encoder, static embeddings, and rankings trained for it."""

from __future__ import annotations

from corpus.progress import Say
from corpus.storage.archive import Archive
from index.dense.encoder import Encoder
from index.dense.load_encoder import EncoderUnavailable, load_encoder
from index.dense.static_embeddings import (
    StaticEmbeddings,
    StaticEmbeddingsUnavailable,
    load_static_embeddings,
)
from index.ranking.linear_ranker import LinearRanker


def try_encoder(setting: str, say: Say) -> Encoder | None:
    """Return the encoder of a setting; None, with one line that says why, where it is missing."""
    try:
        return load_encoder(setting)
    except EncoderUnavailable as error:
        say(f"Working by words alone: {error}")
        return None


def try_static_embeddings(say: Say) -> StaticEmbeddings | None:
    """Return the static embeddings; None, with one line that says why, where they are missing."""
    try:
        return load_static_embeddings()
    except StaticEmbeddingsUnavailable as error:
        say(f"Indexing without word vectors: {error}")
        return None


def trained_rankers(
    archive: Archive, encoder: Encoder | None
) -> tuple[LinearRanker | None, LinearRanker | None]:
    """Return the rankings of search and of questions that an operator trained, None for shipped.

    They are ``ranker.json`` and ``question-ranker.json`` in the archive's folder, or
    ``…-neural.json`` where there is an encoder.

    Raises
    ------
    ValueError
        Such a file is of another format.
    """
    suffix = "-neural.json" if encoder else ".json"
    paths = (archive.folder / f"{name}{suffix}" for name in ("ranker", "question-ranker"))
    search, questions = (LinearRanker.load(path) if path.exists() else None for path in paths)
    return search, questions
