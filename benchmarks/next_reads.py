"""Where related articles and questions lead, on next reads graded blind.

    python -m benchmarks.next_reads GRADES ARCHIVE [auto]

``shipped``: what the archive serves; its weights have learned from these grades. ``cross-fitted``:
the same lists, planned in the same way, by a model that the source's own grades did not teach.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from api.backend.open import backend_of_open_index, open_retrieval
from api.cli.evaluate import MAX_RELATED, evaluated_lists
from api.settings import Settings
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.search.retrieval import Retrieval
from recommender.evaluation.next_read_training import cross_fitted_next_reads, graded_pairs
from recommender.evaluation.next_reads import (
    DEFAULT_SPLIT,
    Estimate,
    Grades,
    ServedLists,
    next_read_figures,
    read_next_read_grades,
)
from recommender.recommend import Recommender
from recommender.related.finder import RelatedFinder, available_vectors
from recommender.suggestions.page_plan import PageLimits, plan_page
from recommender.suggestions.stored import MAX_QUESTIONS

WITH_INTERVAL = ("nDCG@5", "strangers", "places filled")


def main() -> None:
    """Publish the figures of all lists."""
    grades = read_next_read_grades(Path(sys.argv[1]), DEFAULT_SPLIT)
    setting = sys.argv[3] if len(sys.argv) > 3 else "none"
    settings = Settings.read(archive=Path(sys.argv[2]), encoder=setting)
    archive = Archive(settings.archive)
    retrieval, ranker = open_retrieval(archive, settings, _no_step, print)
    backend = backend_of_open_index(archive, settings, retrieval, ranker)
    with Store.open(archive.store_path, read_only=True) as store:
        ids = {id for source, graded in grades.items() for id in (source, *graded)}
        articles = store.articles_by_id(sorted(ids))
        held_out = list(_held_out(grades, articles, retrieval, store))
    lists = {
        "cross-fitted": next_read_figures(grades, held_out),
        "shipped": next_read_figures(grades, evaluated_lists(backend, list(grades), _no_step)),
    }
    encoder = "none" if setting == "none" else "auto"
    rows: list[Row] = [
        {"list": name, "encoder": encoder, "weights": weights, **_columns(estimates)}
        for weights, of_weights in lists.items()
        for name, estimates in of_weights.items()
    ]
    publish(
        "next-reads",
        rows,
        "python -m benchmarks.next_reads GRADES ARCHIVE [auto]",
        ("list", "encoder", "weights"),
        f"{len(grades)} sources of {len(retrieval.reader):,} articles, in brackets the 95 % "
        "interval of a bootstrap over the sources.",
    )


def _held_out(
    grades: Grades, articles: Mapping[str, Article], retrieval: Retrieval, store: Store
) -> Iterator[ServedLists]:
    """Yield the lists of each source as they are served, ranked by a model of other sources."""
    reader, superseded = retrieval.reader, store.superseded()
    shipped = RelatedFinder(reader, store.article, superseded)
    pairs = graded_pairs(grades, shipped, articles)
    models = cross_fitted_next_reads(pairs, available_vectors(reader))
    finders = {
        id(model): RelatedFinder(reader, store.article, superseded, model=model)
        for model in models.values()
    }
    encoder = reader.encoder
    recommender = Recommender.open(
        retrieval, store.article, superseded, encoder.encode if encoder else None
    )
    for number, source in enumerate(grades):
        article = articles[source]
        related = finders[id(models[number])].related(article, MAX_RELATED, stored=True)
        questions = recommender.questions(article, MAX_QUESTIONS, related)
        page = plan_page(source, questions, related, PageLimits())
        yield ServedLists(source, tuple(r.article_id for r in related), page)


def _columns(estimates: Mapping[str, Estimate]) -> dict[str, object]:
    """Return the columns of a row, with intervals where they are asked for."""
    columns: dict[str, object] = {}
    for name in ("nDCG@5", "places filled", "mean grade", "strangers", "graded 0", "twins"):
        if name in estimates:
            columns[name] = _number(name, estimates[name].mean)
        if name in estimates and name in WITH_INTERVAL:
            low, high = (_number(name, n) for n in (estimates[name].low, estimates[name].high))
            columns[f"{name}, 95 %"] = f"{low:g} to {high:g}"
    return columns | {"ungraded": estimates["ungraded"].mean}


def _number(name: str, value: float) -> float:
    return round(value, 2 if name == "places filled" else 3)


def _no_step(what: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""


if __name__ == "__main__":
    main()
