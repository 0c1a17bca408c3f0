"""`divedeeper put` and `unpublish`: single articles in and out, found or named nowhere at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer

from api.cli.options import ArchiveOption, JsonOption
from api.cli.output import Failure, show, show_json, warn
from api.settings import Settings
from corpus.storage.archive import Archive

MAX_BYTES = 64_000_000


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

    data = sys.stdin.buffer.read(MAX_BYTES) if str(file) == "-" else file.read_bytes()
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

    place = Archive(Settings.read(archive=archive).archive)
    if not place.store_path.is_file():
        raise Failure(f"{place.folder}: there is no archive here.")
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
