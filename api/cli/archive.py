"""`divedeeper build`, `rollback`, `put`, `unpublish`, `remove`: what the archive holds."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import orjson
import typer

from api.cli.options import ArchiveOption, EncoderOption, JsonOption
from api.cli.output import Failure, progress, say, show, show_json, warn
from api.cli.query import ids_near_queried
from api.settings import Settings
from corpus.storage.archive import Archive
from corpus.storage.store import Store

MAX_PUT_BYTES = 64_000_000


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


def put(
    file: Annotated[
        Path, typer.Argument(help="JSON of one article or a list of them; - is the input.")
    ],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add or replace articles, all of them or none; when it ends they are on disk."""
    from api.backend.writer import ArticleWriter
    from api.http.errors import ApiError
    from api.http.writes import article_of_body

    data = sys.stdin.buffer.read(MAX_PUT_BYTES) if str(file) == "-" else file.read_bytes()
    try:
        values = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Failure(f"{file}: it is not JSON ({error}).") from error
    objects = values if isinstance(values, list) else [values]
    articles = []
    for n, one in enumerate(objects):
        where = f"{file}[{n}]" if isinstance(values, list) else str(file)
        if not isinstance(one, dict):
            raise Failure(f"{where} is no object.")
        try:
            articles.append(article_of_body(one, where))
        except ApiError as error:
            raise Failure(f"{error.detail} {error.remedy}") from error
    place = Archive(Settings.read(archive=archive).archive)
    try:
        written = ArticleWriter(place.store_path, lambda: None).apply(articles)
    except ValueError as error:
        raise Failure(f"nothing was written: {error}.") from error
    if as_json:
        show_json({"sequence": written.sequence, "results": dict(written.results)})
        return
    for id, result in written.results:
        show(f"{id}: {result}")


def unpublish(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of articles.")],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep articles and name them nowhere; exit code 1 where an id is unknown."""
    from api.backend.writer import ArticleWriter

    place = _existing_archive(Settings.read(archive=archive).archive)
    written = ArticleWriter(place.store_path, lambda: None).apply(
        unpublish=list(dict.fromkeys(ids))
    )
    unknown = [id for id, result in written.results if result == "unknown"]
    for id in unknown:
        warn(f"{place.folder} has no article {id!r}.")
    if as_json:
        show_json({"sequence": written.sequence, "results": dict(written.results)})
    else:
        n = len(written.results) - len(unknown)
        show(f"{n} unpublished: named nowhere from now on, and kept in the archive")
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
