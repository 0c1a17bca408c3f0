"""`divedeeper evaluate`: quality on queries with known answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import EncoderOption, JsonOption, RunOption
from api.cli.output import Failure, progress, show, show_json, warn
from api.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Measure the quality of the answers.")


@app.command()
def search(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="BEIR folder: queries.jsonl, qrels/*.tsv.")
    ],
    corpus: Annotated[
        Path | None,
        typer.Option(metavar="FILE|DIR", help="The corpus, where it is not in DIR."),
    ] = None,
    split: Annotated[
        str, typer.Option(metavar="NAME", help="One of qrels/*.tsv; without it all together.")
    ] = "",
    run: RunOption = None,
    query_field: Annotated[
        str, typer.Option(metavar="FIELD", help="What of a query is searched for.")
    ] = "text",
    context_field: Annotated[
        str, typer.Option(metavar="FIELD", help="What of a query came before it: its context.")
    ] = "",
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure search: MAP@5, MRR@10, nDCG@10, recall, latency, build seconds, index bytes.

    The index of a corpus is cached by its content: another split costs no second build.
    """
    from api.pipeline.models import try_encoder
    from corpus.readers.beir import list_splits
    from index.dense.static_embeddings import StaticEmbeddingsUnavailable
    from index.evaluation.beir import evaluate_search

    splits = list_splits(folder)
    source = corpus or folder
    _check_run(run)
    if not splits:
        raise Failure(f"{folder} has no qrels/*.tsv. Name a BEIR folder.")
    if split and split not in splits:
        raise Failure(f"{folder} has no split {split!r}. There are: {', '.join(splits)}.")
    if not source.is_file() and not any(source.glob("corpus.jsonl*")):
        raise Failure(f"{source} is no corpus.jsonl and holds none. Name it with --corpus.")
    model = try_encoder(Settings.read(encoder=encoder).encoder, warn)
    try:
        with progress(as_json) as step:
            result = evaluate_search(
                folder, source, split, run, query_field, context_field, model, step
            )
    except (OSError, ValueError, StaticEmbeddingsUnavailable) as error:
        raise Failure(str(error)) from error
    _show({"splits": [split] if split else splits} | result, as_json)


@app.command()
def questions(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with docs, questions and qrels.tsv.")
    ],
    run: RunOption = None,
    ranker: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Weights of `divedeeper train questions`."),
    ] = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure follow-up questions: nDCG@10, MRR, recall, also against hard distractors."""
    from api.pipeline.models import try_encoder
    from index.ranking.linear_ranker import LinearRanker
    from recommender.evaluation.follow_ups import evaluate_questions

    _check_run(run)
    model = try_encoder(Settings.read(encoder=encoder).encoder, warn)
    try:
        weights = LinearRanker.load(ranker) if ranker else None
        with progress(as_json) as step:
            result = evaluate_questions(folder, run, model, weights, step)
    except (OSError, ValueError) as error:
        raise Failure(str(error)) from error
    _show(result, as_json)


def _check_run(run: Path | None) -> None:
    """Fail before the work where its result could not be written."""
    if run is not None and not run.parent.is_dir():
        raise Failure(f"the folder of the run file, {run.parent}, does not exist. Make it first.")


def _show(result: dict[str, object], as_json: bool) -> None:
    if as_json:
        show_json(result)
        return
    width = max(map(len, result))
    for name, value in result.items():
        text = "  ".join(map(str, value)) if isinstance(value, list) else str(value)
        show(f"{name:<{width}}  {text}")
