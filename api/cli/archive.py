"""`divedeeper ingest`, `build`, `rollback` and `remove`: what the archive holds and serves."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import ArchiveOption, EncoderOption, JsonOption
from api.cli.output import Failure, progress, say, show, show_json, warn
from api.cli.query import ids_near_queried
from api.settings import Settings
from corpus.models import BadRecord
from corpus.storage.archive import Archive
from corpus.storage.store import Store

MAX_LISTED = 1_000  # bad records in the JSON; all are named on stderr


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
            help="Pages (.txt, .md), JSON Lines, BEIR folders, folders of these.",
            parser=_named_path,
        ),
    ],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read fact checks into the archive; exit code 1 where records had to be skipped."""
    from api.pipeline.ingest import load_articles
    from api.pipeline.record import (  # each command loads its own half of the program
        is_record_behind,
        read_record,
    )

    place = Archive(Settings.read(archive=archive).archive)
    bad: list[BadRecord] = []

    def warn_of_skipped_record(record: BadRecord) -> None:
        warn(str(record))
        if len(bad) < MAX_LISTED:
            bad.append(record)

    loaded = []
    with Store.open(place.store_path) as store:
        try:
            for path in paths:
                with progress(as_json) as step:
                    loaded.append(load_articles(store, path, step, warn_of_skipped_record))
                if not as_json:
                    show(str(loaded[-1]))
        except ValueError as error:
            raise Failure(str(error)) from error
        behind = is_record_behind(read_record(place.readable_generation()), store)
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
            say("Servers find them at once. `divedeeper build` weighs them with all the others.")
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
    from api.pipeline.compilation import compile_ahead

    settings = Settings.read(archive=archive, encoder=encoder)
    place = Archive(settings.archive)
    if place.store_path.exists():  # else there is nothing to build
        compile_ahead(say)
    start = time.perf_counter()
    with progress(as_json) as step:
        folder, built = build_generation(place, settings.encoder, step, warn, workers)
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


def rollback(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """Switch back to the generation before the one in use; a second time undoes the first."""
    from api.pipeline.record import is_record_behind, read_record
    from index.storage.generation_format import verify_generation

    place = _existing_archive(Settings.read(archive=archive).archive)
    with place.writer_lock():
        verify_generation(place.previous_generation())
        folder = place.rollback()
    built = read_record(folder)
    with Store.open(place.store_path, read_only=True) as store:
        behind = is_record_behind(built, store)
    if as_json:
        show_json(
            {
                "archive": str(place.folder),
                "generation": folder.name,
                "articles": built.articles if built else None,
                "built_at": built.built_at.isoformat() if built else None,
                "build_needed": behind,
            }
        )
        return
    articles = f", {built.articles} articles" if built else ""
    show(f"{folder.name} is in use again{articles}")
    if behind:
        say("What was written since is searched beside it. `divedeeper build` weighs all anew.")


def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of articles.")],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete articles from the archive; exit code 1 where an id is unknown, the rest is deleted."""
    from api.pipeline.record import is_record_behind, read_record

    place = _existing_archive(Settings.read(archive=archive).archive)
    ids, built = list(dict.fromkeys(ids)), read_record(place.readable_generation())
    with Store.open(place.store_path) as store:
        unknown = [id for id in ids if id not in store]
        near = {id: ids_near_queried(id, store.ids()) for id in unknown}
        removed = store.delete(ids)
        articles = len(store)
        behind = is_record_behind(built, store)
    for id in unknown:
        hint = f" Did you mean {', '.join(near[id])}?" if near[id] else ""
        warn(f"{place.folder} has no article {id!r}.{hint}")
    if as_json:
        show_json(
            {
                "archive": str(place.folder),
                "articles": articles,
                "removed": removed,
                "unknown": near,
                "build_needed": behind,
            }
        )
    else:
        show(f"{removed} removed, {articles} articles in {place.folder}")
        if removed and behind:
            say("They are named nowhere from now on.")
    if unknown:
        raise typer.Exit(1)


def _existing_archive(folder: Path) -> Archive:
    """Return the archive in ``folder``.

    Raises
    ------
    Failure
        There is none: these commands make nothing.
    """
    place = Archive(folder)
    if not place.store_path.is_file():
        raise Failure(
            f"{folder}: there is no archive here. Ingest some articles first, or name the folder "
            "of another archive with --archive."
        )
    return place
