"""Verification of an archive: every count, checksum and reference, and how to mend them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.pipeline.record import read_record
from corpus.errors import ArchiveError
from corpus.progress import Step
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.dense.encoding_cache import EncodingCache
from index.storage.generation_format import verify_generation
from index.storage.json_files import open_json
from recommender.suggestions.stored import StoredSuggestions

BUILD = "Run `divedeeper build`."
RESTORE = "Restore a backup (`divedeeper restore`), or ingest the articles again."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written: where, what, and how to mend it.

    ``stops`` says whether the archive cannot be served as it is.
    """

    where: str
    what: str
    remedy: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, in sentences, and what is wrong."""

    checked: tuple[str, ...]
    problems: tuple[Problem, ...]


def verify_archive(archive: Archive, step: Step) -> Verification:
    """Compare everything in an archive's folder with what it says of itself; nothing is changed.

    Parameters
    ----------
    archive
        May be served and written meanwhile.
    step
        Told of the progress.

    Raises
    ------
    ArchiveError
        There is no archive.
    """
    checked: list[str] = []
    problems: list[Problem] = []
    with Store.open(archive.store_path, read_only=True) as store:
        step("Reading the store", 0, 0)
        found = [Problem(str(archive.store_path), text, RESTORE) for text in store.problems()]
        problems += found
        if not found:
            checked.append(f"{len(store)} articles in the store, change {store.sequence()}")
        try:
            archive.current_generation()
        except ArchiveError as error:
            problems.append(Problem(str(archive.folder / "CURRENT"), str(error), BUILD))
        generations = archive.usable_generations()
        if not generations:
            problems.append(Problem(str(archive.folder), "there is no index yet", BUILD))
        for place, folder in enumerate(generations):
            step(f"Reading generation {folder.name}", place, len(generations))
            wrong = list(_problems_of_generation(folder, store))
            # An older generation is there for a rollback: what is served does not need it.
            problems += (Problem(p.where, p.what, p.remedy, stops=place == 0) for p in wrong)
            if not wrong:
                checked.append(f"generation {folder.name}: every file, count and reference")
    encodings = archive.folder / "encodings.sqlite"
    if encodings.is_file():
        step("Reading the encodings", 0, 0)
        wrong_cache = list(_problems_of_encodings(encodings))
        problems += wrong_cache
        if not wrong_cache:
            checked.append("the cache of encodings")
    return Verification(tuple(checked), tuple(problems))


def _problems_of_generation(folder: Path, store: Store) -> Iterator[Problem]:
    try:
        verify_generation(folder)
        ids = open_json(folder, "index", "ids")["ids"]
        lists = StoredSuggestions(folder, len(ids))
    except ArchiveError as error:
        yield Problem(str(folder), str(error), BUILD)
        return
    built = read_record(folder)
    if built is None:
        yield Problem(str(folder), "its record built.json is missing or damaged", BUILD)
    else:
        if built.articles != len(ids):
            yield Problem(str(folder), f"has {len(ids)} articles, not {built.articles}", BUILD)
        if built.sequence > store.sequence():
            yield Problem(
                str(folder),
                f"was built from change {built.sequence} of a store that is at "
                f"{store.sequence()}: it is of another store",
                BUILD,
            )
    known = set(ids)
    if len(known) != len(ids):
        yield Problem(str(folder), "names an article twice", BUILD)
    strangers: set[str] = set()
    for row in range(len(ids)):
        if (page := lists.suggestions(row)) is None:
            continue  # the build makes it still
        strangers |= {r.article_id for r in page.related} - known
        strangers |= {q.answer.article_id for q in page.questions if q.answer} - known
    if strangers:
        yield Problem(
            str(folder), f"its lists lead to {len(strangers)} articles that it does not hold", BUILD
        )


def _problems_of_encodings(path: Path) -> Iterator[Problem]:
    remedy = "Remove it: a build makes it again."
    try:
        with EncodingCache.open(path) as cache:
            for text in cache.problems():
                yield Problem(str(path), text, remedy, stops=False)
    except ArchiveError as error:
        yield Problem(str(path), str(error), remedy, stops=False)
