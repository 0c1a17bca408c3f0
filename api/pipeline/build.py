"""Build of a generation: index and suggestions in a folder of their own, then a switch to it."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from api.pipeline.completion import (
    complete_generation,
    is_unfinished,
    mark_unfinished,
    seal_and_publish,
    share_files,
)
from api.pipeline.models import encoder_setting, trained_rankers, try_encoder, try_static_embeddings
from api.pipeline.record import BuildRecord
from corpus.errors import BuildError
from corpus.models import Article
from corpus.progress import Say, Step
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.build import build_index
from index.columns import base_language
from index.dense.encoder import Encoder
from index.dense.encoding_cache import EncodingCache, encoding_with_cache
from recommender.grammar.parser import parser_problem
from recommender.precompute.build import build_suggestions
from recommender.precompute.preparation import (
    prepare_related,
    prepare_suggestions,
    prepare_without_bank,
)
from recommender.precompute.worker import BuildInputs
from recommender.suggestions.stored import has_pending_lists

MIN_LISTS_BEHIND = 5_000  # articles; the lists of fewer are made within a minute


def build_generation(
    archive: Archive,
    setting: str,
    step: Step,
    say: Say,
    workers: int | None = None,
    min_lists_behind: int = MIN_LISTS_BEHIND,
) -> tuple[Path, BuildRecord]:
    """Build index and suggestions of all published articles and switch to them.

    Return the generation's folder and its record.

    A large archive that is not served yet is switched to as soon as it can be searched, with what
    suggestions can be made on request: related articles, and the editors' own questions. When the
    bank of questions is made it is switched to with that, and lists are made one after the other.
    A switch to the same generation with all lists ends the build. One that was stopped meanwhile
    goes on with the lists the next time.

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
    min_lists_behind
        From so many articles on the lists are made after the switch, where there was no index.

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
        build = _Build.of(archive, store, setting, step, say, workers)
        before = archive.readable_generation()
        if before is not None and is_unfinished(before, build.inputs(before)):
            say(f"Going on with the suggestions of {before.name}")
            before, built = build.complete(before)
            if built.content_hash == build.content:
                return before, built
        is_behind = (before is None or has_pending_lists(before)) and len(store) >= min_lists_behind
        folder, built = build.generation(before, is_behind)
        return build.complete(folder) if is_behind else (folder, built)


@dataclass(frozen=True, slots=True)
class _Build:
    """One build: of what, with what, and who is told. The writer lock is held.

    ``sequence`` and ``content`` are those of the store before its articles are read: what is
    written meanwhile makes the record behind, never ahead.
    """

    archive: Archive
    store: Store
    sequence: int
    content: str
    setting: str
    encoder: Encoder | None
    step: Step
    say: Say
    workers: int | None

    @classmethod
    def of(
        cls,
        archive: Archive,
        store: Store,
        setting: str,
        step: Step,
        say: Say,
        workers: int | None,
    ) -> _Build:
        sequence, content = store.sequence(), store.content_hash()
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
        encoder = try_encoder(setting, say)
        if problem := parser_problem():
            say(f"Making questions of fewer checks: {problem}")
        setting = setting if encoder else "none"
        return cls(archive, store, sequence, content, setting, encoder, step, say, workers)

    @property
    def encodings(self) -> Path:
        return self.archive.folder / "encodings.sqlite"

    def inputs(self, folder: Path) -> BuildInputs:
        """Return what the suggestions of the generation in ``folder`` are made with."""
        trained = trained_rankers(self.archive, self.encoder)
        return BuildInputs(self.archive.store_path, folder, self.setting, self.encodings, *trained)

    def articles(self) -> Iterator[Article]:
        total = len(self.store)
        for n, article in enumerate(self.store.articles(), 1):
            if article.published:
                yield article
            if n % 100 == 0:
                self.step("Indexing articles", n, total)
        self.step("Weighing words", 0, 0)

    def generation(self, before: Path | None, is_behind: bool) -> tuple[Path, BuildRecord]:
        """Switch to a new generation; return its folder and its record.

        Parameters
        ----------
        before
            The generation in use.
        is_behind
            The lists are made after the switch. It is switched to the index alone before that.
        """
        with _discarded_on_failure(self.archive) as folder, _explained_kill():
            inputs = self.inputs(folder)
            with EncodingCache.open(self.encodings) as cache:
                encode = (
                    encoding_with_cache(self.encoder, cache, self.step) if self.encoder else None
                )
                start = time.perf_counter()
                n = build_index(
                    self.articles(),
                    folder,
                    encode=encode,
                    encoder_name=self.encoder_name,
                    word_table=try_static_embeddings(self.say),
                )
                indexed = round(time.perf_counter() - start, 1)
                start = time.perf_counter()
                alone, lists = None, 0
                if is_behind:
                    prepare_related(inputs)
                    alone = self.index_alone(folder, self.record(n, indexed), before)
                    prepare_suggestions(inputs, encode, self.step, self.workers)
                    mark_unfinished(folder, inputs.recipe())
                else:
                    lists = build_suggestions(inputs, encode, self.step, self.workers, before)
            seconds = round(time.perf_counter() - start, 1)
            built = self.record(n, indexed, lists, seconds)
            return seal_and_publish(self.archive, folder, built, in_place_of=alone), built

    def index_alone(self, indexed: Path, built: BuildRecord, before: Path | None) -> Path:
        """Switch to an index as it is, without a bank of questions; return its folder.

        Related articles are found on request, and the editors' own questions are answered.

        Parameters
        ----------
        indexed
            The folder of the index and of its vectors, which is not changed.
        built
            The record.
        before
            What an earlier build left unfinished: this comes in its place.
        """
        with _discarded_on_failure(self.archive) as folder:
            share_files(indexed, folder)
            self.step("Collecting headlines", 0, 0)
            prepare_without_bank(self.inputs(folder))
            mark_unfinished(folder)
            published = seal_and_publish(self.archive, folder, built, in_place_of=before)
        self.say("The archive can be searched now. Suggestions are made on request meanwhile.")
        return published

    def record(
        self, n: int, index_seconds: float, lists: int = 0, suggestion_seconds: float = 0.0
    ) -> BuildRecord:
        """Return the record of a generation of ``n`` articles; see ``BuildRecord``."""
        return BuildRecord(
            self.sequence,
            self.content,
            datetime.now(UTC),
            n,
            self.encoder_name,
            lists,
            index_seconds,
            suggestion_seconds,
        )

    @property
    def encoder_name(self) -> str:
        return self.encoder.name if self.encoder else ""

    def complete(self, folder: Path) -> tuple[Path, BuildRecord]:
        """Make the lists that a generation lacks; see ``complete_generation``."""
        with _explained_kill():
            return complete_generation(self.archive, self.inputs(folder), self.step, self.workers)


@contextmanager
def _explained_kill() -> Iterator[None]:
    """Raise BuildError in the place of what a killed worker process raises."""
    try:
        yield
    except BrokenExecutor as error:
        raise BuildError(
            "A process that makes suggestions was killed, most often for lack of "
            "memory. Run `divedeeper build` again with fewer processes: --workers 1."
        ) from error


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
