"""Vectors that were computed once, in one SQLite file: a rebuild encodes only what is new.

A row is a hash of the encoder's name, the kind and the text, and the vector in 16-bit floats: 768
bytes for 384 numbers. The file may be removed at any time; it costs the time to encode again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from corpus.errors import ArchiveError
from corpus.progress import Step
from corpus.storage.database import Database, DatabaseFormat
from index.dense.encoder import Encoder, Kind, Matrix

_BATCH = 512  # texts that are looked up, encoded and written at a time: 2 s of work at stake


class EncodingCacheError(ArchiveError):
    """The cache cannot be opened, read or written; the message says where and how to mend it."""


_FORMAT = DatabaseFormat(
    application_id=0x44695663,  # "DiVc"
    version=1,
    schema=("CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT",),
    name="a cache of vectors",
    remedy="Name another file, or remove this one if it is a damaged cache: it is made again",
    error=EncodingCacheError,
    disposable=True,
)


class EncodingCache:
    """Vectors by text. Several processes may share the file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the cache in ``path``, new where there is no file, emptied where of old format.

        Raises
        ------
        EncodingCacheError
            The file is not a cache of this program, or cannot be opened or written.
        """
        return cls(Database.open(path, _FORMAT))

    def __len__(self) -> int:
        """Return how many vectors the cache holds."""
        row = self._database.row("SELECT count(*) FROM vectors")
        return int(row[0]) if row else 0

    def problems(self) -> Iterator[str]:
        """Yield what SQLite finds damaged in the file; nothing where it is whole."""
        yield from self._database.problems()

    def close(self) -> None:
        """Close the file. All that was computed is in it."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def encode_cached(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        kind: Kind = "passage",
        progress: Callable[[int, int], None] | None = None,
    ) -> Matrix:
        """Return what ``encoder.encode`` gives, float32 [n, dim], rows of length 1 or zero.

        Only texts that are not in the file are encoded, each once. The vectors are rounded to 16
        bits the first time, too, so that every time gives the same ones. A batch is on disk
        before the next one begins.

        Parameters
        ----------
        encoder
            Encodes what the file does not have.
        texts
            Texts, in the order of the rows.
        kind
            "passage" or "query", where the model tells them apart.
        progress
            Called after each batch with how many texts are done, and how many there are.

        Raises
        ------
        EncodingCacheError
            The file cannot be read or written.
        """
        vectors = np.zeros((len(texts), encoder.dim), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            keys = [_encoding_cache_key(encoder.name, kind, text) for text in batch]
            known = self._cached_vectors(keys, encoder.dim)
            missing = {key: text for key, text in zip(keys, batch, strict=True) if key not in known}
            if missing:
                found = encoder.encode(list(missing.values()), kind=kind).astype("<f2")
                new = {key: row.tobytes() for key, row in zip(missing, found, strict=True)}
                self._add_to_cache(new)
                known |= new
            joined = np.frombuffer(b"".join(known[key] for key in keys), np.dtype("<f2"))
            vectors[start : start + len(batch)] = joined.reshape(len(batch), encoder.dim)
            if progress is not None:
                progress(start + len(batch), len(texts))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def _cached_vectors(self, keys: Sequence[bytes], dim: int) -> dict[bytes, bytes]:
        """Return the vectors of those ``keys`` that the file has; a damaged one is not had."""
        unique = list(dict.fromkeys(keys))
        marks = ",".join("?" * len(unique))
        rows = self._database.rows(
            f"SELECT key, vector FROM vectors WHERE key IN ({marks})", unique
        )
        return {key: vector for key, vector in rows if _is_cached_vector(vector, dim)}

    def _add_to_cache(self, vectors: Mapping[bytes, bytes]) -> None:
        """Write ``vectors``, all of them or, where that fails, none."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors.items())


def _encoding_cache_key(name: str, kind: Kind, text: str) -> bytes:
    """Return 16 bytes that stand for one vector; what differs in any part differs in them."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (name, kind, text):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.digest()


def _is_cached_vector(data: object, dim: int) -> bool:
    if not isinstance(data, bytes) or len(data) != 2 * dim:
        return False
    return bool(np.isfinite(np.frombuffer(data, np.dtype("<f2"))).all())


def encoding_with_cache(
    encoder: Encoder, cache: EncodingCache, step: Step
) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """Return a function that encodes texts, each once for the life of ``cache``.

    Parameters
    ----------
    encoder
        Makes the vectors of texts that are not in the cache.
    cache
        Holds the others.
    step
        Called with the progress.
    """

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return cache.encode_cached(
            encoder, texts, progress=lambda done, n: step("Encoding texts", done, n)
        )

    return encode


@contextmanager
def cached_encoding(
    encoder: Encoder | None, step: Step
) -> Iterator[Callable[[Sequence[str]], NDArray[np.float32]] | None]:
    """Give what encodes texts, each once for all evaluations; None without an encoder."""
    if encoder is None:
        yield None
        return
    path = user_cache_path("divedeeper") / "evaluate" / "encodings.sqlite"
    with EncodingCache.open(path) as cache:
        yield encoding_with_cache(encoder, cache, step)
