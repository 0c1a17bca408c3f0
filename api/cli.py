"""The command line: ingest, build, search, questions, related, serve, evaluate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
import uvicorn
from numpy.typing import NDArray
from rich.console import Console
from rich.status import Status

from api import cli_train
from api.app import create_app
from api.evaluate import evaluate_search
from api.evaluate_questions import evaluate_questions
from api.front_desk import FrontDesk
from api.settings import Settings
from corpus.archive import Archive, ArchiveError
from corpus.models import Article, BadRecord
from corpus.readers import read
from corpus.store import Store
from index.build import build_index
from index.encoder import Encoder, EncoderUnavailable, load_encoder
from index.ranker import LinearRanker
from index.search import Index
from index.types import SearchRequest
from index.vector_cache import VectorCache

app = typer.Typer(no_args_is_help=True, help="Make a fact-check archive answer.")
evaluate = typer.Typer(no_args_is_help=True, help="Measure the quality of the answers.")
app.add_typer(evaluate, name="evaluate")
app.add_typer(cli_train.app, name="train")
out, err = Console(), Console(stderr=True)
SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="Folder of the archive; else DIVEDEEPER_ARCHIVE.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def main() -> None:
    """Run the command line; an archive that cannot be used is one clear line and exit code 1."""
    try:
        app()
    except ArchiveError as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise SystemExit(1) from error


def _archive(folder: Path | None) -> Archive:
    return Archive(folder or Settings().archive)


def _ingest(archive: Archive, paths: list[Path]) -> int:
    """Put what ``paths`` hold into the store, print the bad records; return how many were bad."""
    bad = 0

    def good(status: Status) -> Iterator[Article]:
        nonlocal bad
        records = chain.from_iterable(map(read, paths))
        for n, record in enumerate(records, 1):
            if isinstance(record, BadRecord):
                bad += 1
                err.print(str(record), style="yellow", markup=False)
            else:
                yield record
            if n % 500 == 0:
                status.update(f"Reading: {n} records …")

    with err.status("Reading …") as status, Store.open(archive.store_path) as store:
        report = store.put(good(status))
    err.print(
        f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{bad} bad records skipped"
    )
    return bad


def _encoder() -> Encoder | None:
    """Return the encoder of the settings; None, with one line that says why, where it lacks."""
    try:
        return load_encoder(Settings().encoder)
    except EncoderUnavailable as error:
        err.print(f"Searching by words alone: {error}", style="yellow", markup=False)
        return None


def _build(archive: Archive, encoder: Encoder | None) -> Path:
    with err.status("Building the index …") as status, archive.writer_lock():
        folder = archive.new_generation()
        with (
            Store.open(archive.store_path, read_only=True) as store,
            VectorCache.open(archive.folder / "encodings.sqlite") as cache,
        ):
            n = build_index(
                (a for a in store.articles() if a.published),
                folder,
                lambda done: status.update(f"Building the index: {done} articles …"),
                encoding(encoder, cache, status) if encoder else None,
                encoder.name if encoder else "",
            )
        published = archive.publish(folder)
    err.print(f"{n} articles indexed")
    return published


def encoding(
    encoder: Encoder, cache: VectorCache, status: Status
) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """Return what encodes texts, each once for the life of ``cache``, and says how far it is."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return cache.encode_cached(
            encoder,
            texts,
            progress=lambda done, n: status.update(f"Encoding: {done} of {n} texts …"),
        )

    return encode


def _desk(archive: Archive, encoder: Encoder | None = None) -> FrontDesk:
    folder = archive.current_generation()
    if folder is None:
        raise ArchiveError(
            f"{archive.folder} has no index yet. Run `divedeeper ingest PATH`, then "
            "`divedeeper build`."
        )
    own = archive.folder / ("ranker-neural.json" if encoder else "ranker.json")
    ranker = LinearRanker.load(own) if own.exists() else None
    with Store.open(archive.store_path, read_only=True) as store:
        articles = {article.id: article for article in store.articles()}
        return FrontDesk(Index(folder, encoder, ranker), articles, store.superseded(), folder.name)


@app.command()
def ingest(paths: list[Path], archive: ArchiveOption = None) -> None:
    """Read fact checks from files and folders into the archive; exit code 1 after bad records."""
    if _ingest(_archive(archive), paths):
        raise typer.Exit(1)


@app.command()
def build(archive: ArchiveOption = None) -> None:
    """Build the index of the archive and switch to it."""
    _build(_archive(archive), _encoder())


@app.command()
def search(
    text: str, limit: int = 10, archive: ArchiveOption = None, as_json: JsonOption = False
) -> None:
    """Search the archive."""
    desk = _desk(_archive(archive), _encoder())
    hits = desk.search(SearchRequest(text, limit=limit)).hits
    rows = [{"id": h.id, "headline": desk.article(h.id).headline, "score": h.score} for h in hits]
    _print(rows, as_json)


@app.command()
def questions(
    article: str, limit: int = 5, archive: ArchiveOption = None, as_json: JsonOption = False
) -> None:
    """Print the follow-up questions of an article."""
    desk = _desk(_archive(archive))
    try:
        found = desk.questions(article, limit, False)
    except KeyError:
        _unknown(article)
    _print([{"text": q.text, "origin": q.origin, "score": q.score} for q in found], as_json)


@app.command()
def related(
    article: str, limit: int = 5, archive: ArchiveOption = None, as_json: JsonOption = False
) -> None:
    """Print the articles related to an article."""
    desk = _desk(_archive(archive))
    try:
        found = desk.related(article, limit, False)
    except KeyError:
        _unknown(article)
    rows = [
        {"id": r.article_id, "headline": desk.article(r.article_id).headline, "score": r.score}
        for r in found
    ]
    _print(rows, as_json)


@app.command()
def serve(archive: ArchiveOption = None, port: int | None = None) -> None:
    """Serve the archive; without one, load the sample archive first."""
    settings = Settings()
    place = _archive(archive)
    encoder = _encoder()
    if place.current_generation() is None:
        if not place.store_path.exists():
            err.print(f"No archive at {place.folder} yet: loading the sample archive")
            _ingest(place, [SAMPLE])
        _build(place, encoder)
    desk = _desk(place, encoder)
    uvicorn.run(create_app(desk), host=settings.host, port=settings.port if port is None else port)


@evaluate.command("search")
def evaluate_search_command(
    folder: Path,
    corpus: Path | None = None,
    split: str = "",
    run: Path | None = None,
    query_field: str = "text",
    context_field: str = "",
    as_json: JsonOption = False,
) -> None:
    """Measure search on a BEIR folder: MAP@5, MRR@10, nDCG@10, recall, latency, build seconds."""
    try:
        result = evaluate_search(
            folder, corpus or folder, split, run, query_field, context_field, _encoder()
        )
    except (FileNotFoundError, ValueError) as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    _print([result], as_json)


@evaluate.command("questions")
def evaluate_questions_command(
    folder: Path, run: Path | None = None, as_json: JsonOption = False
) -> None:
    """Measure follow-up questions: nDCG@10, MRR, recall, also against hard distractors."""
    try:
        result = evaluate_questions(folder, run)
    except (FileNotFoundError, ValueError) as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    _print([result], as_json)


def _unknown(article: str) -> None:
    err.print(f"error: no article {article!r}. Find ids with `divedeeper search`.", markup=False)
    raise typer.Exit(1)


def _print(rows: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        out.print("  ".join(f"{key} {value}" for key, value in row.items()), markup=False)
