"""Whether the report's quality of a list agrees with people's grades of it.

    python -m benchmarks.report_truth GRADES ARCHIVE RUN.jsonl... [--encoder auto]

GRADES is a folder of graded next reads, ARCHIVE a built archive with their articles, and each RUN
the lists of one system as ``divedeeper evaluate nextreads --run`` writes them. For the questions
and the first related articles of each source, the quality that the report gives is held against the
mean grade of what was graded. The model that judges is cross-fitted: it has not learned from the
source's own grades.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import pearsonr, spearmanr

from api.backend.open import open_retrieval
from api.settings import Settings
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from recommender.evaluation.next_read_training import cross_fitted_next_reads, graded_pairs
from recommender.evaluation.next_reads import DEFAULT_SPLIT, Graded, Grades, read_next_read_grades
from recommender.related.finder import RelatedFinder, available_vectors
from recommender.report.quality import NextReads, judge_list, list_quality
from recommender.types import PAGE_SIZE, Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

LISTS = ("questions", "related")
MIN_LISTS = 3  # for a correlation


@dataclass(frozen=True, slots=True)
class JudgedRun:
    """One list of one system: its quality by the report, and the mean grade of its entries."""

    system: str
    list: str
    quality: float
    grade: float


def main() -> None:
    """Print and publish the correlations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("grades", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--encoder", default="none", help="none, auto or a folder")
    parser.add_argument("--split", default=DEFAULT_SPLIT)
    options = parser.parse_args()
    grades = read_next_read_grades(options.grades, options.split)
    settings = Settings.read(archive=options.archive, encoder=options.encoder)
    archive = Archive(settings.archive)
    reader = open_retrieval(archive, settings, lambda what, done, total: None, print)[0].reader
    with Store.open(archive.store_path, read_only=True) as store:
        ids = {id for source, graded in grades.items() for id in (source, *graded)}
        articles = store.articles_by_id(sorted(ids))
        plain = RelatedFinder(reader, store.article, store.superseded())
        models = cross_fitted_next_reads(
            graded_pairs(grades, plain, articles), available_vectors(reader)
        )
        finders = {
            id(model): RelatedFinder(reader, store.article, store.superseded(), model=model)
            for model in models.values()
        }
        judges = {source: finders[id(models[n])] for n, source in enumerate(grades)}
        judged = [one for run in options.runs for one in _judged(run, grades, articles, judges)]
    rows = list(_rows(judged))
    command = "python -m benchmarks.report_truth GRADES ARCHIVE RUN.jsonl… [--encoder auto]"
    note = f"{len(grades)} sources, split {options.split}."
    encoder = "none" if options.encoder == "none" else "auto"
    publish(
        "report-truth",
        [{"encoder": encoder, **row} for row in rows],
        command,
        ("encoder", "system", "list"),
        note,
    )


def _judged(
    run: Path,
    grades: Grades,
    articles: Mapping[str, Article],
    judges: Mapping[str, RelatedFinder],
) -> Iterator[JudgedRun]:
    """Yield the lists of a run of which something is graded."""
    for line in run.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        source = record["source"]
        if source not in grades:
            continue
        article = articles[source]
        next_reads = _next_reads(judges[source])
        for name, page in zip(LISTS, _pages(record), strict=True):
            of = judge_list(article, page, next_reads)
            grade = _mean_grade(grades[source], page)
            if grade is not None:
                yield JudgedRun(run.stem, name, list_quality(of, PAGE_SIZE).total, grade)


def _next_reads(finder: RelatedFinder) -> NextReads:
    return lambda article, ids: finder.probabilities(article, ids, stored=True).tolist()


def _pages(record: Mapping[str, Any]) -> tuple[Suggestions, Suggestions]:
    """Return the archive's questions of a run's record, and its first related articles."""
    questions = tuple(
        QuestionSuggestion(
            q["text"],
            q["text"],
            0.0,
            "archive",
            Answer(q["article"], q["section"], 0.0) if q["article"] else None,
        )
        for q in record["questions"]
        if q["origin"] != "own"
    )
    related = tuple(
        RelatedSuggestion(id, 0.0, "background") for id in record["related"][:PAGE_SIZE]
    )
    return Suggestions(questions, ()), Suggestions((), related)


def _mean_grade(grades: Mapping[str, Graded], page: Suggestions) -> float | None:
    """Return the mean grade of what was graded of a list, None where nothing was."""
    shown = [q.answer.article_id for q in page.questions if q.answer]
    shown += [r.article_id for r in page.related]
    found = [grades[id].grade for id in shown if id in grades]
    return sum(found) / len(found) if found else None


def _rows(judged: Sequence[JudgedRun]) -> Iterator[Row]:
    """Yield the correlations of each system and list, and of all lists of all systems."""
    for system in dict.fromkeys(one.system for one in judged):
        for name in LISTS:
            of_both = [o for o in judged if (o.system, o.list) == (system, name)]
            if of_both:  # a system may have related articles alone
                yield _row(system, name, of_both)
    yield _row("all", "questions", [one for one in judged if one.list == "questions"])
    yield _row("all", "related", [one for one in judged if one.list == "related"])
    yield _row("all", "both", judged)


def _row(system: str, name: str, judged: Sequence[JudgedRun]) -> Row:
    qualities = np.array([one.quality for one in judged])
    grades = np.array([one.grade for one in judged])
    row: dict[str, object] = {"system": system, "list": name, "lists": len(judged)}
    if len(judged) < MIN_LISTS:
        return row
    return row | {
        "mean quality": round(float(qualities.mean()), 4),
        "mean grade": round(float(grades.mean()), 4),
        "Pearson": round(float(pearsonr(qualities, grades).statistic), 4),
        "Spearman": round(float(spearmanr(qualities, grades).statistic), 4),
    }


if __name__ == "__main__":
    main()
