"""`divedeeper ingest`: the fact checks of files, folders and web addresses into the archive."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from api.cli.ingestion.preview import MAX_SHOWN_RECORDS, show_records
from api.cli.options import AllowPrivateOption, ArchiveOption, JsonOption
from api.cli.output import Failure, progress, say, show, show_json, warn
from api.pipeline.ingest import IngestError, IngestReport, load_articles
from api.pipeline.reading import ReadingChoices, read_choices, write_choices
from api.settings import Settings
from corpus.analysis import web_address
from corpus.fetch import Fetcher, address_records, is_sitemap, sitemap_records
from corpus.models import BadRecord
from corpus.readers import DayOrders, ReadOptions
from corpus.readers.bytes_of_file import ReadError
from corpus.readers.dispatch import found_records
from corpus.readers.record import Record
from corpus.storage.archive import Archive
from corpus.storage.store import Store

MAX_LISTED = 1_000  # bad records in the JSON; all are named on stderr
STDIN, STDIN_NAME = "-", "standard input"


def _named_place(text: str) -> Path | str:
    """Return the path or web address that an argument names; an unset variable names none.

    An empty path would be the current folder, whatever lies there.
    """
    if not text.strip():
        raise typer.BadParameter(
            'a path is empty, as "$EXPORT" is where EXPORT is not set. Name a file or a folder; '
            "the current folder is ."
        )
    return web_address(text) or Path(text)


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…",
            help="Files, folders, web addresses (docs/inputs.md has the formats); - is the input.",
        ),
    ],
    archive: ArchiveOption = None,
    mapping: Annotated[
        str | None,
        typer.Option("--map", help="Columns or keys by field: headline=title,date=pub_date."),
    ] = None,
    types: Annotated[
        str | None,
        typer.Option("--types", help="Kinds of entries that are articles: post,fact-check."),
    ] = None,
    day_order: Annotated[
        Literal["day", "month"] | None,
        typer.Option(help="What comes first in dates such as 03/04/2025."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would become of it; write nothing.")
    ] = False,
    mirror: Annotated[
        bool,
        typer.Option("--mirror", help="Whole exports: unpublish what is gone from them."),
    ] = False,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Read the pages that a sitemap names.")
    ] = False,
    allow_private: AllowPrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read fact checks into the archive; exit code 1 where records had to be skipped."""
    places = [_named_place(text) for text in paths]
    settings = Settings.read(archive=archive)
    place = Archive(settings.archive)
    choices = _choices(place, mapping, types, day_order)
    options = ReadOptions(
        zone=ZoneInfo(settings.time_zone), mapping=choices.mapping, types=choices.types
    )
    skipped = SkippedRecords()
    loaded: list[IngestReport] = []
    with _opened_store(place, dry_run) as store, Fetcher(allow_private=allow_private) as fetcher:
        for path in places:
            try:
                with progress(as_json) as step, _records_of(path, fetcher, options, fetch) as found:
                    report = load_articles(
                        store,
                        STDIN_NAME if str(path) == STDIN else path,
                        step,
                        skipped.add,
                        options,
                        records=found,
                        dry_run=dry_run,
                        mirror=mirror,
                        orders=DayOrders(choices.day_order),
                    )
            except (ValueError, IngestError) as error:
                raise Failure(str(error)) from error
            loaded.append(report)
            if not as_json:
                show(str(report))
                if dry_run:
                    show_records(report.examples)
        articles = len(store)
        behind = _is_build_behind(place, store)
    if not dry_run and any((mapping, types, day_order)):
        write_choices(place.folder, choices)
    if as_json:
        show_json(_summary(place, loaded, skipped.records, articles, behind, dry_run))
    else:
        _show_end(place, articles, behind, dry_run)
    if any(one.bad for one in loaded):
        raise typer.Exit(1)


@dataclass(slots=True)
class SkippedRecords:
    """The records of a run that could not be read: each is named at once, the first are kept."""

    records: list[BadRecord] = field(default_factory=list)

    def add(self, record: BadRecord) -> None:
        """Warn of a record."""
        if Path(record.file).name == STDIN_NAME:
            record = replace(record, file=STDIN_NAME)
        warn(str(record))
        if len(self.records) < MAX_LISTED:
            self.records.append(record)


def _show_end(place: Archive, articles: int, behind: bool, dry_run: bool) -> None:
    if dry_run:
        show("Nothing was written. Leave out --dry-run to write it.")
        return
    show(f"{articles} articles in {place.folder}")
    if behind and articles:
        say("Servers find them at once. `divedeeper build` weighs them with all the others.")


def _choices(
    place: Archive, mapping: str | None, types: str | None, day_order: str | None
) -> ReadingChoices:
    """Return what the options say, else what was chosen for this archive before."""
    before = read_choices(place.folder)
    try:
        return before.changed(mapping, types, day_order)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--map") from error


@contextmanager
def _opened_store(place: Archive, dry_run: bool) -> Iterator[Store]:
    """Yield the store; a dry run makes no archive where there is none."""
    if dry_run and not place.store_path.is_file():
        with (
            tempfile.TemporaryDirectory() as folder,
            Store.open(Path(folder) / "store.sqlite") as store,
        ):
            yield store
        return
    with Store.open(place.store_path, read_only=dry_run) as store:
        if store.notice:
            say(store.notice)
        yield store


@contextmanager
def _records_of(
    path: Path | str, fetcher: Fetcher, options: ReadOptions, follow: bool
) -> Iterator[Iterator[Record] | None]:
    """Yield the records of an address or the standard input; None for a path, which is read."""
    if isinstance(path, str):
        yield address_records(path, fetcher, options, follow=follow)
    elif str(path) == STDIN:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / STDIN_NAME
            with copy.open("wb") as file:
                while block := sys.stdin.buffer.read(1 << 20):
                    file.write(block)
            yield found_records(copy, options)
    elif follow and path.is_file() and _is_sitemap(path):
        yield sitemap_records(path, "", fetcher, options)
    else:
        yield None


def _is_sitemap(path: Path) -> bool:
    try:
        return is_sitemap(path)
    except ReadError:
        return False  # its reader says what is wrong


def _is_build_behind(place: Archive, store: Store) -> bool:
    from api.pipeline.record import (  # each command loads its own half of the program
        is_record_behind,
        read_record,
    )

    return is_record_behind(read_record(place.readable_generation()), store)


def _summary(
    place: Archive,
    loaded: list[IngestReport],
    bad: list[BadRecord],
    articles: int,
    behind: bool,
    dry_run: bool,
) -> dict[str, object]:
    from corpus.serialization import article_to_dict

    paths = []
    for one in loaded:
        values = asdict(one)
        examples = one.examples[:MAX_SHOWN_RECORDS] if dry_run else ()
        paths.append(values | {"examples": [article_to_dict(article) for article in examples]})
    return {
        "archive": str(place.folder),
        "articles": articles,
        "added": sum(one.added for one in loaded),
        "changed": sum(one.changed for one in loaded),
        "unchanged": sum(one.unchanged for one in loaded),
        "bad": sum(one.bad for one in loaded),
        "unpublished": sum(len(one.mirrored) for one in loaded),
        "dry_run": dry_run,
        "paths": paths,
        "bad_records": [asdict(record) for record in bad],
        "build_needed": behind,
    }
