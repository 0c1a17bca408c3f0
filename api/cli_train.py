"""`divedeeper train`: learn the ranking from queries whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.evaluate import index_of
from api.settings import Settings
from corpus.readers import read_qrels, read_queries
from index.encoder import EncoderUnavailable, load_encoder
from index.training import examples, train

app = typer.Typer(no_args_is_help=True, help="Learn rankings from examples.")
err = Console(stderr=True)


@app.command()
def search(
    folders: Annotated[list[Path], typer.Argument(help="BEIR folders with queries and qrels.")],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")],
    split: Annotated[str, typer.Option(help="The qrels to learn from.")] = "train",
    corpus: Annotated[Path | None, typer.Option(help="The corpus, where it is elsewhere.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Learn the weights of search on BEIR folders and write them as JSON.

    Put the file into the archive's folder as ranker.json (ranker-neural.json when an encoder was in
    use) to have it served instead of the shipped one.
    """
    try:
        encoder = load_encoder(Settings().encoder)
    except EncoderUnavailable as error:
        err.print(f"Learning by words alone: {error}", style="yellow", markup=False)
        encoder = None
    sets = {}
    try:
        for folder in folders:
            with err.status(f"Reading {folder.name} {split} …"):
                gold = read_qrels(folder, split)
                index, _, _ = index_of(corpus or folder, encoder)
                queries = [(q.text, gold[q.id]) for q in read_queries(folder) if q.id in gold]
                sets[f"{folder.name} {split}"] = examples(index, queries)
        ranker, metrics = train(sets, encoder is not None)
    except (FileNotFoundError, ValueError) as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    ranker.save(out)
    if as_json:
        typer.echo(json.dumps({"out": str(out), "metrics": metrics}))
    else:
        for name, value in metrics.items():
            typer.echo(f"{name}  {value}")
