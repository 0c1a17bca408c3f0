"""`divedeeper export`: the archive's articles in a form that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import ArchiveOption
from api.cli.output import Failure, say
from api.settings import Settings
from corpus.export import FORMATS, Exported, export_articles
from corpus.storage.archive import Archive
from corpus.storage.atomic import atomic_writer
from corpus.storage.store import Store

_FORMAT_OF_ENDING = {".csv": "csv", ".parquet": "parquet", ".rss": "rss", ".xml": "rss"}


def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="File to write; - is stdout.")],
    format: Annotated[
        str | None,
        typer.Option(
            "--format", help=f"One of {', '.join(FORMATS)}; else by the end of the file's name."
        ),
    ] = None,
    unpublished: Annotated[
        bool, typer.Option("--unpublished", help="Write what is not published, too.")
    ] = False,
    archive: ArchiveOption = None,
) -> None:
    """Write the published articles to a file, whole or not at all, and say what is lost."""
    format = format or _FORMAT_OF_ENDING.get(target.suffix.lower(), "jsonl")
    if format not in FORMATS:
        raise typer.BadParameter(f"choose one of {', '.join(FORMATS)}", param_hint="--format")
    place = Archive(Settings.read(archive=archive).archive)
    if not place.store_path.exists():
        raise Failure(f"{place.folder} holds no articles. Name another folder by --archive.")
    with Store.open(place.store_path, read_only=True) as store:
        articles = (a for a in store.articles() if unpublished or a.published)
        try:
            if str(target) == "-":
                exported = export_articles(articles, format, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with atomic_writer(target) as file:
                    exported = export_articles(articles, format, file)
        except ValueError as error:
            raise Failure(str(error)) from error
    _say_what_was_exported(exported, format)


def _say_what_was_exported(exported: Exported, format: str) -> None:
    say(f"{exported.written} articles written as {format}.")
    if exported.skipped:
        say(f"{exported.skipped} left out: they lack claim, verdict or address, which it requires.")
    if exported.lost:
        fields = ", ".join(f"{name} ({count})" for name, count in exported.lost.items())
        say(f"{format} does not hold these fields as they are, of so many articles: {fields}.")
