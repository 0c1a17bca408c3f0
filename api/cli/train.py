"""`divedeeper train`: learn rankings from queries with known answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.evaluate import show_estimates
from api.cli.options import ArchiveOption, EncoderOption, JsonOption
from api.cli.output import Failure, progress, say, show, show_json, warn
from api.settings import Settings

if TYPE_CHECKING:
    from recommender.related.next_read_model import NextReadModel

app = typer.Typer(no_args_is_help=True, help="Learn rankings from examples.")


@app.command("search")
def train_search_command(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR…", help="BEIR folders with queries and qrels.")
    ],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")],
    split: Annotated[str, typer.Option(help="The qrels to learn from.")] = "train",
    corpus: Annotated[Path | None, typer.Option(help="The corpus, where it is elsewhere.")] = None,
    share: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=NUMBER", help="Weight of a folder, else 1; repeatable."),
    ] = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn the weights of search on BEIR folders and write them as JSON.

    Put the file into the archive's folder as ranker.json (ranker-neural.json when an encoder was in
    use) to have it served instead of the shipped one.
    """
    from api.pipeline.models import try_encoder
    from corpus.readers.beir import read_qrels, read_queries
    from index.dense.static_embeddings import StaticEmbeddingsUnavailable
    from index.evaluation.beir import open_beir_index
    from index.evaluation.training import search_examples, train_search_ranker

    shares = _training_shares(share or [], {folder.name for folder in folders}, split)
    model = try_encoder(Settings.read(encoder=encoder).encoder, warn)
    sets = {}
    try:
        for folder in folders:
            gold = read_qrels(folder, split)
            with progress(as_json) as step:
                step(f"Reading {folder.name}", 0, 0)
                retrieval, _, _ = open_beir_index(corpus or folder, model)
                queries = [(q.text, gold[q.id]) for q in read_queries(folder) if q.id in gold]
                sets[f"{folder.name} {split}"] = search_examples(retrieval, queries)
        ranker, metrics = train_search_ranker(sets, model is not None, shares=shares)
        ranker.save(out)
    except (OSError, ValueError, StaticEmbeddingsUnavailable) as error:
        raise Failure(str(error)) from error
    if as_json:
        show_json({"out": str(out), "metrics": metrics})
    else:
        for name, value in metrics.items():
            show(f"{name}  {value}")


@app.command("questions")
def train_questions_command(
    out: Annotated[Path, typer.Option(help="Where the weights are written.")],
    archives: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[ARCHIVE]…", help="Folders of archives; else the one in use."),
    ] = None,
    folders: Annotated[
        list[Path] | None,
        typer.Option(
            "--folder", metavar="DIR", help="Judged folder: docs, questions, qrels; repeatable."
        ),
    ] = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn which questions follow an article: from its editors' own lists, or from judged folders.

    Put the file into the archive's folder as question-ranker.json (question-ranker-neural.json when
    an encoder was in use) to have it served instead of the shipped one.
    """
    from api.pipeline.models import try_encoder
    from recommender.evaluation.training import compared_with_shipped, train_question_ranker
    from recommender.evaluation.training_sets import question_sets

    settings = Settings.read(encoder=encoder)
    if not out.parent.is_dir():
        raise Failure(f"the folder of {out}, {out.parent}, does not exist. Make it first.")
    model = try_encoder(settings.encoder, warn)
    if not archives and not folders:
        archives = [settings.archive]
    try:
        with progress(as_json) as step:
            sets = question_sets(archives or (), folders or (), model, step)
            step("Learning weights", 0, 0)
            ranker = train_question_ranker(sets, model is not None)
        ranker.save(out)
    except (OSError, ValueError) as error:
        raise Failure(str(error)) from error
    metrics = dict(ranker.metrics or {}) | compared_with_shipped(sets, model is not None)
    if as_json:
        show_json({"out": str(out), "metrics": metrics})
    else:
        for name, value in metrics.items():
            show(f"{name}  {value}")
        for name in no_better_than_shipped(metrics):
            say(f"Leave the shipped weights in use: these are not better on {name}.")


@app.command("nextreads")
def train_next_reads_command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with qrels/*.tsv of graded next reads.")
    ],
    archive: ArchiveOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where the weights of all sources are written."),
    ] = None,
    split: Annotated[
        str, typer.Option(metavar="NAME", help="The qrels/NAME.tsv to learn from.")
    ] = "dev",
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn which articles are good next reads, from pairs that people have graded.

    The figures are cross-fitted: each source is ranked, among all articles of the archive, by what
    the sources of the other folds teach. With --out the weights of all sources are written.
    """
    from api.backend.open import open_retrieval
    from corpus.storage.archive import Archive
    from corpus.storage.store import Store
    from recommender.evaluation.next_read_training import (
        cross_fitted_figures,
        cross_fitted_next_reads,
        fit_next_read_model,
        graded_pairs,
    )
    from recommender.evaluation.next_reads import read_next_read_grades
    from recommender.related.finder import RelatedFinder, available_vectors

    settings = Settings.read(archive=archive, encoder=encoder)
    if out is not None and not out.parent.is_dir():
        raise Failure(f"the folder of {out}, {out.parent}, does not exist. Make it first.")
    try:
        grades = read_next_read_grades(folder, split)
        with progress(as_json) as step:
            opened = Archive(settings.archive)
            reader = open_retrieval(opened, settings, step, warn)[0].reader
            with Store.open(opened.store_path, read_only=True) as store:
                ids = {id for source, graded in grades.items() for id in (source, *graded)}
                articles = store.articles_by_id([id for id in sorted(ids) if id in reader])

                def finder_of(model: NextReadModel | None = None) -> RelatedFinder:
                    return RelatedFinder(reader, store.article, store.superseded(), model=model)

                step("Measuring graded pairs", 0, 0)
                pairs = graded_pairs(grades, finder_of(), articles)
                vectors = available_vectors(reader)
                step("Learning weights", 0, 0)
                models = cross_fitted_next_reads(pairs, vectors)
                figures = cross_fitted_figures(grades, articles, models, finder_of)
        if out is not None:
            measured = {
                "nDCG@5, cross-fitted": figures.related["nDCG@5"].mean,
                "strangers": figures.related["strangers"].mean,
                "sources": len(grades),
                "pairs": len(pairs.grades),
            }
            replace(fit_next_read_model(pairs, vectors), measured=measured).save(out)
    except (OSError, ValueError) as error:
        raise Failure(str(error)) from error
    if as_json:
        found = asdict(figures) | {"sources": len(grades), "pairs": len(pairs.grades)}
        show_json({"out": str(out) if out else None, "vectors": vectors} | found)
        return
    show(f"{len(pairs.grades)} pairs of {len(grades)} sources, cross-fitted by source; {vectors}")
    show_estimates("related", figures.related)
    for threshold, questions in figures.questions.items():
        show_estimates(f"questions from a probability of {threshold:.2f}", questions)


def no_better_than_shipped(metrics: Mapping[str, float]) -> list[str]:
    """Return the sets, in order, that the shipped weights rank as well as the learned ones."""
    return [
        name.partition(", ")[2]
        for name, value in metrics.items()
        if value <= metrics.get(f"{name}, by the shipped weights", -1.0)
    ]


def _training_shares(options: list[str], names: set[str], split: str) -> dict[str, float]:
    """Return how much each set counts, by its name in the weights' file."""
    shares = {}
    for option in options:
        name, _, number = option.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if name not in names or not 0.0 <= value < float("inf"):
            known = ", ".join(sorted(names))
            raise Failure(f"--share {option!r} is no NAME=NUMBER with a NAME of: {known}")
        shares[f"{name} {split}"] = value
    return shares
