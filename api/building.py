"""Store → generation: build the index aside, record what it holds, switch to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.built import Built, write_built
from api.terminal import Failure, Step
from corpus.archive import Archive
from corpus.models import Article
from corpus.store import Store
from index.build import build_index
from index.encoder import Encoder
from index.vector_cache import VectorCache


def build_generation(archive: Archive, encoder: Encoder | None, step: Step) -> tuple[Path, Built]:
    """Build the index of all published articles and switch to it; return its folder and record.

    Raises
    ------
    Failure
        There is no published article; what was in use stays in use.
    ArchiveError
        There is no archive, or another process is building.
    """
    with Store.open(archive.store_path, read_only=True) as store, archive.writer_lock():
        # Read before the articles: what is written meanwhile makes the record behind, never ahead.
        sequence, content = store.sequence(), store.content_hash()
        total = len(store)
        if not any(article.published for article in store.articles()):
            raise Failure(
                f"{archive.folder} has no published article to index. "
                "Load fact checks with `divedeeper ingest PATH`."
            )
        folder = archive.new_generation()

        def taken() -> Iterator[Article]:
            for n, article in enumerate(store.articles(), 1):
                if article.published:
                    yield article
                if n % 100 == 0:
                    step("Indexing articles", n, total)
            step("Weighing words", 0, 0)

        with VectorCache.open(archive.folder / "encodings.sqlite") as cache:
            n = build_index(
                taken(),
                folder,
                encode=encoding(encoder, cache, step) if encoder else None,
                encoder_name=encoder.name if encoder else "",
            )
        built = Built(sequence, content, datetime.now(UTC), n, encoder.name if encoder else "")
        write_built(folder, built)
        return archive.publish(folder), built


def encoding(
    encoder: Encoder, cache: VectorCache, step: Step
) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """Return what encodes texts, each once for the life of ``cache``, and says how far it is."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return cache.encode_cached(
            encoder, texts, progress=lambda done, n: step("Encoding texts", done, n)
        )

    return encode
