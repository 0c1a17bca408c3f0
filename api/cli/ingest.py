"""`divedeeper ingest`: the fact checks of files and folders into the archive."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from api.cli.options import ArchiveOption, JsonOption
from api.cli.output import Failure, out, progress, say, show, show_json, visible, warn
from api.pipeline.ingest import IngestError, IngestReport, load_articles
from api.pipeline.reading import ReadingChoices, read_choices, write_choices
from api.settings import Settings
from corpus.models import Article, BadRecord
from corpus.readers import DayOrders, ReadOptions
from corpus.storage.archive import Archive
from corpus.storage.store import Store

MAX_LISTED = 1_000  # bad records in the JSON; all are named on stderr
MAX_SHOWN_RECORDS = 3  # of a dry run
MAX_SHOWN_CHARACTERS = 300  # of a value of them
STDIN, STDIN_NAME = "-", "standard input"


def _named_path(text: str) -> Path:
    """Return the path that an argument names; an unset variable names none.

    An empty path would be the current folder, whatever lies there.
    """
    if not text.strip():
        raise typer.BadParameter(
            'a path is empty, as "$EXPORT" is where EXPORT is not set. Name a file or a folder; '
            "the current folder is ."
        )
    return Path(text)


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help="Files and folders of any format that docs/inputs.md names; - is the input.",
            parser=_named_path,
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
    as_json: JsonOption = False,
) -> None:
    """Read fact checks into the archive; exit code 1 where records had to be skipped."""
    settings = Settings.read(archive=archive)
    place = Archive(settings.archive)
    choices = _choices(place, mapping, types, day_order)
    options = ReadOptions(
        zone=ZoneInfo(settings.time_zone), mapping=choices.mapping, types=choices.types
    )
    bad: list[BadRecord] = []

    def warn_of_skipped_record(record: BadRecord) -> None:
        if Path(record.file).name == STDIN_NAME:
            record = replace(record, file=STDIN_NAME)
        warn(str(record))
        if len(bad) < MAX_LISTED:
            bad.append(record)

    loaded: list[IngestReport] = []

    def load_path(store: Store, path: Path) -> None:
        try:
            with progress(as_json) as step, _readable_path(path) as readable:
                report = load_articles(
                    store,
                    readable,
                    step,
                    warn_of_skipped_record,
                    options,
                    dry_run=dry_run,
                    mirror=mirror,
                    orders=DayOrders(choices.day_order),
                )
        except (ValueError, IngestError) as error:
            raise Failure(str(error)) from error
        loaded.append(replace(report, path=STDIN_NAME) if str(path) == STDIN else report)
        if not as_json:
            show(str(loaded[-1]))
            if dry_run:
                _show_records(report.examples)

    with _opened_store(place, dry_run) as store:
        for path in paths:
            load_path(store, path)
        articles = len(store)
        behind = _is_build_behind(place, store)
    if not dry_run and any((mapping, types, day_order)):
        write_choices(place.folder, choices)
    if as_json:
        show_json(_summary(place, loaded, bad, articles, behind, dry_run))
    else:
        _show_end(place, articles, behind, dry_run)
    if any(one.bad for one in loaded):
        raise typer.Exit(1)


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
def _readable_path(path: Path) -> Iterator[Path]:
    """Yield the path, of a copy of the standard input where it is ``-``."""
    if str(path) != STDIN:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / STDIN_NAME
        with copy.open("wb") as file:
            while block := sys.stdin.buffer.read(1 << 20):
                file.write(block)
        yield copy


def _is_build_behind(place: Archive, store: Store) -> bool:
    from api.pipeline.record import (  # each command loads its own half of the program
        is_record_behind,
        read_record,
    )

    return is_record_behind(read_record(place.readable_generation()), store)


def _show_records(articles: tuple[Article, ...]) -> None:
    """Print the fields of the first records, those with a value."""
    for article in articles[:MAX_SHOWN_RECORDS]:
        table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
        for name, value in _shown_fields(article).items():
            table.add_row(name, visible(value))
        out.print(table)
        out.print()


def _shown_fields(article: Article) -> dict[str, str]:
    from corpus.serialization import article_to_dict

    values = article_to_dict(article) | {"sections": article.body, "sources": len(article.sources)}
    shown = {}
    for name, value in values.items():
        if value in ("", [], None, {}, 0):
            continue
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        one_line = " ".join(text.split())
        cut = len(one_line) > MAX_SHOWN_CHARACTERS
        shown[name] = one_line[:MAX_SHOWN_CHARACTERS] + ("…" if cut else "")
    return shown


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
