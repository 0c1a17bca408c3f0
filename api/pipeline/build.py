"""Build of a generation: index and suggestions in a folder of their own, then a switch to it."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from api.pipeline.models import encoder_setting, trained_rankers, try_encoder, try_static_embeddings
from api.pipeline.record import BuildRecord, write_record
from corpus.errors import BuildError
from corpus.models import Article
from corpus.progress import Say, Step
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.build import build_index
from index.columns import base_language
from index.dense.encoding_cache import EncodingCache, encoding_with_cache
from index.storage.generation_format import seal_generation, verify_generation
from recommender.grammar.parser import parser_problem
from recommender.precompute.build import build_suggestions
from recommender.precompute.worker import BuildInputs


def build_generation(
    archive: Archive, setting: str, step: Step, say: Say, workers: int | None = None
) -> tuple[Path, BuildRecord]:
    """Build index and suggestions of all published articles and switch to them.

    Return the generation's folder and its record.

    Parameters
    ----------
    archive
        Whose store is indexed.
    setting
        Of the encoder; see ``load_encoder``.
    step
        Told of the progress.
    say
        Told, in one line, of what is missing.
    workers
        Processes; see ``build_suggestions``.

    Raises
    ------
    BuildError
        There is no published article, or a worker was killed, or the disk failed; what was in use
        stays in use, and the room that the unfinished generation took is given back.
    ArchiveError
        There is no archive, or another process is building.
    """
    if archive.store_path.is_file():
        with Store.open(archive.store_path) as store:
            if store.notice:
                say(store.notice)
            store.publish_due(datetime.now(UTC))
    with Store.open(archive.store_path, read_only=True) as store, archive.writer_lock():
        # Read before the articles: what is written meanwhile makes the record behind, never ahead.
        sequence, content = store.sequence(), store.content_hash()
        total = len(store)
        if not any(article.published for article in store.articles()):
            raise BuildError(
                f"{archive.folder} has no published article to index. "
                "Load fact checks with `divedeeper ingest PATH`."
            )
        if setting == "auto":  # the only one that depends on all articles
            published = (a for a in store.articles() if a.published)
            setting = encoder_setting(
                setting, Counter(base_language(a.language) for a in published), say
            )
        encoder, before = try_encoder(setting, say), archive.readable_generation()
        if problem := parser_problem():
            say(f"Making questions of fewer checks: {problem}")
        start = time.perf_counter()
        with _discarded_on_failure(archive) as folder:

            def articles_to_build() -> Iterator[Article]:
                for n, article in enumerate(store.articles(), 1):
                    if article.published:
                        yield article
                    if n % 100 == 0:
                        step("Indexing articles", n, total)
                step("Weighing words", 0, 0)

            encodings = archive.folder / "encodings.sqlite"
            with EncodingCache.open(encodings) as cache:
                encode = encoding_with_cache(encoder, cache, step) if encoder else None
                n = build_index(
                    articles_to_build(),
                    folder,
                    encode=encode,
                    encoder_name=encoder.name if encoder else "",
                    word_table=try_static_embeddings(say),
                )
                indexed = time.perf_counter()
                generation = BuildInputs(
                    archive.store_path,
                    folder,
                    setting if encoder else "none",
                    encodings,
                    *trained_rankers(archive, encoder),
                )
                try:
                    lists = build_suggestions(generation, encode, step, workers, before)
                except BrokenExecutor as error:
                    raise BuildError(
                        "A process that makes suggestions was killed, most often for lack of "
                        "memory. Run `divedeeper build` again with fewer processes: --workers 1."
                    ) from error
            built = BuildRecord(
                sequence,
                content,
                datetime.now(UTC),
                n,
                encoder.name if encoder else "",
                lists,
                round(indexed - start, 1),
                round(time.perf_counter() - indexed, 1),
            )
            write_record(folder, built)
            seal_generation(folder, built.encoder)
            verify_generation(folder)
            return archive.publish(folder), built


@contextmanager
def _discarded_on_failure(archive: Archive) -> Iterator[Path]:
    """Yield the folder of a new generation, removed if the block ends with an error.

    A generation that fills the disk must not keep it full until the next build.
    """
    try:
        folder = archive.new_generation()
    except OSError as error:
        raise _failed_on_disk(archive.generations, error) from error
    try:
        yield folder
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise _failed_on_disk(folder, error) from error
        raise


def _failed_on_disk(path: Path, error: OSError) -> BuildError:
    return BuildError(
        f"{error.filename or path}: the build failed ({error.strerror or error}). What was in use "
        "stays in use. Check the space and the rights of the disk, then run `divedeeper build` "
        "again"
    )
