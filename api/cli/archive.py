"""`divedeeper ingest` and `build`: articles into the archive, and a new generation."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import ArchiveOption, EncoderOption, JsonOption
from api.cli.output import Failure, progress, say, show, show_json, warn
from api.settings import Settings
from corpus.models import BadRecord
from corpus.storage.archive import Archive
from corpus.storage.store import Store

MAX_LISTED = 1_000  # bad records in the JSON; all are named on stderr


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…", help="Pages (.txt, .md), JSON Lines, BEIR folders, folders of these."
        ),
    ],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read fact checks into the archive; exit code 1 where records had to be skipped."""
    from api.pipeline.ingest import load
    from api.pipeline.record import (  # each command loads its own half of the program
        is_behind,
        read_record,
    )

    place = Archive(Settings.read(archive=archive).archive)
    bad: list[BadRecord] = []

    def on_bad(record: BadRecord) -> None:
        warn(str(record))
        if len(bad) < MAX_LISTED:
            bad.append(record)

    loaded = []
    with Store.open(place.store_path) as store:
        try:
            for path in paths:
                with progress(as_json) as step:
                    loaded.append(load(store, path, step, on_bad))
                if not as_json:
                    show(str(loaded[-1]))
        except ValueError as error:
            raise Failure(str(error)) from error
        behind = is_behind(read_record(place.current_generation()), store)
        articles = len(store)
    n_bad = sum(one.bad for one in loaded)
    if as_json:
        show_json(
            {
                "archive": str(place.folder),
                "articles": articles,
                "added": sum(one.added for one in loaded),
                "changed": sum(one.changed for one in loaded),
                "unchanged": sum(one.unchanged for one in loaded),
                "bad": n_bad,
                "paths": [asdict(one) for one in loaded],
                "bad_records": [asdict(record) for record in bad],
                "build_needed": behind,
            }
        )
    else:
        show(f"{articles} articles in {place.folder}")
        if behind and articles:
            say("The index does not hold them all yet. Run `divedeeper build`.")
    if n_bad:
        raise typer.Exit(1)


def build(
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    workers: Annotated[
        int | None,
        typer.Option(min=0, max=64, help="Processes for the suggestions; else one for each core."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Build index and suggestions of the archive and switch to them; the old stay until then."""
    from api.pipeline.build import build_generation

    settings = Settings.read(archive=archive, encoder=encoder)
    start = time.perf_counter()
    with progress(as_json) as step:
        folder, built = build_generation(
            Archive(settings.archive), settings.encoder, step, warn, workers
        )
    seconds = round(time.perf_counter() - start, 1)
    size = sum(file.stat().st_size for file in folder.iterdir())
    if as_json:
        show_json(
            {
                "archive": str(settings.archive),
                "generation": folder.name,
                "articles": built.articles,
                "sequence": built.sequence,
                "encoder": built.encoder,
                "lists": built.lists,
                "seconds": seconds,
                "index_seconds": built.index_seconds,
                "suggestion_seconds": built.suggestion_seconds,
                "index_bytes": size,
            }
        )
    else:
        how = f"with the encoder {built.encoder}" if built.encoder else "by words alone"
        show(f"{built.articles} articles indexed {how} in {built.index_seconds} s")
        show(f"Suggestions of {built.lists} computed in {built.suggestion_seconds} s")
        say(f"{folder.name} is in use: {size / 1e6:.1f} MB, {seconds} s in all")
