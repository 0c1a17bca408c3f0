"""`divedeeper evaluate`: quality on queries with known answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.backend.protocol import Backend, SuggestionRequest
from api.cli.options import ArchiveOption, EncoderOption, JsonOption, RunOption
from api.cli.output import Failure, progress, show, show_json, warn
from api.settings import Settings
from corpus.progress import Step

if TYPE_CHECKING:
    from recommender.evaluation.next_reads import Estimate, Grades, ServedLists

MAX_RELATED = 16  # articles of a run's related list: what is ungraded above leaves five to score

app = typer.Typer(no_args_is_help=True, help="Measure the quality of the answers.")


@app.command("search")
def evaluate_search_command(
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
    from corpus.readers.beir import list_query_splits
    from index.dense.static_embeddings import StaticEmbeddingsUnavailable
    from index.evaluation.beir import evaluate_search

    splits = list_query_splits(folder)
    source = corpus or folder
    _check_evaluated_run(run)
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
    _show_evaluation({"splits": [split] if split else splits} | result, as_json)


@app.command("questions")
def evaluate_questions_command(
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
    from recommender.evaluation.follow_ups import evaluate_follow_ups

    _check_evaluated_run(run)
    model = try_encoder(Settings.read(encoder=encoder).encoder, warn)
    try:
        weights = LinearRanker.load(ranker) if ranker else None
        with progress(as_json) as step:
            result = evaluate_follow_ups(folder, run, model, weights, step)
    except (OSError, ValueError) as error:
        raise Failure(str(error)) from error
    _show_evaluation(result, as_json)


@app.command("nextreads")
def evaluate_next_reads_command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with qrels/*.tsv of graded next reads.")
    ],
    archive: ArchiveOption = None,
    split: Annotated[
        str, typer.Option(metavar="NAME", help="One of qrels/*.tsv; dev where none is named.")
    ] = "",
    sources: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Article ids, a line each: nothing is scored, see --run."
        ),
    ] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what is served as JSON Lines.")
    ] = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure related articles, and where questions lead, on next reads graded blind.

    The lists are those that readers are served. What nobody graded is left out of the figures, and
    its share is printed; --run writes the lists, so that it can be graded.
    """
    from recommender.evaluation.next_reads import (
        DEFAULT_SPLIT,
        next_read_figures,
        read_next_read_grades,
        write_next_read_run,
    )

    if sources is not None and (split or run is None):
        raise Failure(
            "--sources names articles that need not be graded: nothing is scored. Name the file "
            "that the lists are written to with --run, and no --split."
        )
    _check_evaluated_run(run)
    grades: Grades = {}
    split = split or DEFAULT_SPLIT
    try:
        if sources is None:
            grades = read_next_read_grades(folder, split)
        ids = list(grades) if sources is None else _evaluated_ids(sources)
        with progress(as_json) as step:
            backend = _evaluated_backend(archive, encoder, step)
            served = evaluated_lists(backend, ids, step)
        if run is not None:
            with run.open("w", encoding="utf-8") as file:
                write_next_read_run(file, served)
    except (OSError, ValueError) as error:
        raise Failure(str(error)) from error
    if sources is not None:
        _show_evaluation({"sources": len(ids), "run": str(run)}, as_json)
        return
    found = next_read_figures(grades, served)
    if as_json:
        lists = {
            name: {figure: asdict(estimate) for figure, estimate in of_list.items()}
            for name, of_list in found.items()
        }
        show_json({"split": split, "sources": len(served)} | lists)
        return
    show(
        f"{len(served)} sources of the split {split}; in brackets the 95 % interval of a bootstrap"
    )
    for name, of_list in found.items():
        show_estimates(name, of_list)


def show_estimates(title: str, estimates: Mapping[str, Estimate]) -> None:
    """Print figures below a title, each with its interval."""
    show(f"\n{title}")
    for name, one in estimates.items():
        show(f"  {name:<16}{one.mean:.3f}  ({one.low:.3f} to {one.high:.3f})")


def _evaluated_ids(file: Path) -> list[str]:
    """Return the ids of a file, each once."""
    if not file.is_file():
        raise ValueError(f"{file} is missing. Name a file with the id of an article on each line.")
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    ids = list(dict.fromkeys(line for line in lines if line))
    if not ids:
        raise ValueError(f"{file} names no article. Write an id on each line.")
    return ids


def _evaluated_backend(archive: Path | None, encoder: str | None, step: Step) -> Backend:
    """Return the backend that serves an archive, as its settings have it."""
    from api.backend.open import open_backend
    from corpus.storage.archive import Archive

    settings = Settings.read(archive=archive, encoder=encoder)
    return open_backend(Archive(settings.archive), settings, step, warn)


def evaluated_lists(backend: Backend, sources: Sequence[str], step: Step) -> list[ServedLists]:
    """Return what the page of each source shows, and its related articles by themselves.

    Parameters
    ----------
    backend
        What serves readers.
    sources
        Ids of articles.
    step
        Told of the progress.

    Raises
    ------
    ValueError
        The archive has no published article of a source's id.
    """
    from recommender.evaluation.next_reads import ServedLists, served_lists

    alone = SuggestionRequest(related_alone=True, related=MAX_RELATED)

    def evaluated_lists_of(source: str) -> ServedLists:
        related = backend.suggestions(source, alone).related
        page = backend.suggestions(source, SuggestionRequest())
        return ServedLists(source, tuple(r.article_id for r in related), page)

    served = []
    for n, one in enumerate(served_lists(sources, evaluated_lists_of), 1):
        served.append(one)
        step("Asking for next reads", n, len(sources))
    return served


def _check_evaluated_run(run: Path | None) -> None:
    """Fail before the work where its result could not be written."""
    if run is not None and not run.parent.is_dir():
        raise Failure(f"the folder of the run file, {run.parent}, does not exist. Make it first.")


def _show_evaluation(result: dict[str, object], as_json: bool) -> None:
    if as_json:
        show_json(result)
        return
    width = max(map(len, result))
    for name, value in result.items():
        text = "  ".join(map(str, value)) if isinstance(value, list) else str(value)
        show(f"{name:<{width}}  {text}")
