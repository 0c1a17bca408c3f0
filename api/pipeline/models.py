"""Models of an archive: sentence encoder, static embeddings, and rankings trained for it."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.progress import Say
from corpus.storage.archive import Archive
from index.dense.encoder import Encoder
from index.dense.load_encoder import MULTILINGUAL, EncoderUnavailable, load_encoder
from index.dense.static_embeddings import (
    StaticEmbeddings,
    StaticEmbeddingsUnavailable,
    load_static_embeddings,
)
from index.dense.use_encoder import NAME as USE_NAME
from index.dense.use_encoder import describe_use_encoder
from index.ranking.linear_ranker import LinearRanker

MIN_ENGLISH_SHARE = 0.9  # of the articles: below, an English encoder says too little


def try_encoder(setting: str, say: Say) -> Encoder | None:
    """Return the encoder of a setting; None, with one line that says why, where it is missing."""
    try:
        return load_encoder(setting)
    except EncoderUnavailable as error:
        say(f"Working by words alone: {error}")
        return None


def encoder_setting(setting: str, languages: Mapping[str, int], say: Say) -> str:
    """Return which encoder an archive is built with: ``auto`` looks at its languages.

    Parameters
    ----------
    setting
        As an operator set it.
    languages
        How many articles are in each language, by ISO 639-1 code.
    say
        Told, in one line, of what ``auto`` chose for an archive that is not English.
    """
    total = sum(languages.values())
    if setting != "auto" or languages.get("en", 0) >= MIN_ENGLISH_SHARE * total:
        return setting
    share = languages.get("en", 0) / max(total, 1)
    try:
        describe_use_encoder()
    except EncoderUnavailable as error:
        say(f"{share:.0%} of the articles are English, and the others are read by words: {error}")
        return setting
    say(f"{share:.0%} of the articles are English: encoding with the multilingual encoder")
    return MULTILINGUAL


def setting_of_built_index(setting: str, built_with: str) -> str:
    """Return the setting of the encoder that an index was built with, where ``auto`` chose it."""
    return MULTILINGUAL if setting == "auto" and built_with == USE_NAME else setting


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
