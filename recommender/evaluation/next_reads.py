"""Next reads: what readers of an article see next, measured on articles graded blind.

``qrels/<split>.tsv`` holds source id, article id, grade (0 to 3) and twin: a twin checks the very
same claim, which is right under the related articles and of no use as a follow-up. What was shown
and is not graded is left out of the figures (a condensed list: Sakai 2007, "Alternatives to Bpref")
and its share is printed beside them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from recommender.types import PAGE_SIZE, Suggestions

DEFAULT_SPLIT = "dev"
MAX_GRADE = 3
MIN_GOOD = 2  # the least grade of a good next read; below is a stranger
BOOTSTRAP_SAMPLES = 2_000
_COLUMNS = ["source-id", "article-id", "grade", "twin"]


@dataclass(frozen=True, slots=True)
class Graded:
    """One graded pair: the grade 0 to 3, and whether it checks the very same claim."""

    grade: int
    twin: bool


Grades = Mapping[str, Mapping[str, Graded]]
"""Source id → article id → grade."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over sources with its 95 % interval from a bootstrap over sources."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ServedLists:
    """What one article is served: the related articles by themselves, and its planned page."""

    source: str
    related: tuple[str, ...]
    page: Suggestions


def read_next_read_grades(folder: Path, split: str) -> Grades:
    """Return the graded pairs of a split.

    Raises
    ------
    ValueError
        The file lacks, or a line of it is not as agreed; the message names file and line.
    """
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        raise ValueError(f"{path} is missing. Name a folder of graded next reads and its split.")
    grades: dict[str, dict[str, Graded]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        if next(rows, None) != _COLUMNS:
            raise ValueError(f"{path}, line 1: write the columns {', '.join(_COLUMNS)}.")
        for number, row in enumerate(rows, 2):
            try:
                source, article, grade, twin = row
                if not 0 <= int(grade) <= MAX_GRADE or twin not in ("0", "1"):
                    raise ValueError
            except ValueError:
                raise ValueError(
                    f"{path}, line {number}: write source, article, a grade from 0 to "
                    f"{MAX_GRADE} and twin 0 or 1, parted by tabs."
                ) from None
            grades.setdefault(source, {})[article] = Graded(int(grade), twin == "1")
    if not grades:
        raise ValueError(f"{path} grades nothing. Name a split with graded next reads.")
    return grades


def next_read_figures(
    grades: Grades, served: Sequence[ServedLists]
) -> dict[str, dict[str, Estimate]]:
    """Return the figures of both lists; ``served`` holds the lists of each graded source."""
    return {
        "related": related_figures(grades, {one.source: one.related for one in served}),
        "related as planned beside the questions": related_figures(
            grades, {one.source: [r.article_id for r in one.page.related] for one in served}
        ),
        "questions": question_figures(
            grades, {one.source: next_reads_led_to(one.source, one.page) for one in served}
        ),
    }


def related_figures(grades: Grades, lists: Mapping[str, Sequence[str]]) -> dict[str, Estimate]:
    """Return the figures of lists of article ids, best first, by their graded source."""
    return _next_read_summary(
        [
            {"nDCG@5": next_read_ndcg(grades[source], ids)}
            | _next_read_sums(grades[source], ids[:PAGE_SIZE])
            for source, ids in lists.items()
            if source in grades
        ]
    )


def question_figures(grades: Grades, targets: Mapping[str, Sequence[str]]) -> dict[str, Estimate]:
    """Return the figures of the articles that questions lead to, by their graded source."""
    return _next_read_summary(
        [
            {"places filled": float(len(ids))} | _next_read_sums(grades[source], ids)
            for source, ids in targets.items()
            if source in grades
        ]
    )


def next_reads_led_to(source: str, page: Suggestions) -> list[str]:
    """Return the articles that the archive's questions of a page lead to, in order.

    The editors' own questions are not the archive's choice, and are not counted.
    """
    return [
        q.answer.article_id
        for q in (*page.questions, *page.also_checked)
        if q.origin != "own" and q.answer is not None and q.answer.article_id != source
    ]


def next_read_ndcg(
    grades: Mapping[str, Graded], ranking: Sequence[str], k: int = PAGE_SIZE
) -> float:
    """Return nDCG@k with gain 2^grade - 1 (Burges et al. 2005), the ungraded left out.

    Parameters
    ----------
    grades
        Article id → grade, of one source.
    ranking
        Article ids, best first.
    k
        Ranks that count.
    """
    gains = [2.0 ** grades[id].grade - 1.0 for id in ranking if id in grades][:k]
    ideal = sorted((2.0**graded.grade - 1.0 for graded in grades.values()), reverse=True)[:k]
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    best = float(np.dot(ideal, discounts[: len(ideal)]))
    return float(np.dot(gains, discounts[: len(gains)])) / best if best else 0.0


def _next_read_sums(grades: Mapping[str, Graded], shown: Sequence[str]) -> dict[str, float]:
    """Return sums over one list; ``_next_read_summary`` divides them by what was graded."""
    graded = [grades[id] for id in shown if id in grades]
    return {
        "mean grade": float(sum(g.grade for g in graded)),
        "strangers": float(sum(g.grade < MIN_GOOD for g in graded)),
        "graded 0": float(sum(g.grade == 0 for g in graded)),
        "twins": float(sum(g.twin for g in graded)),
        "ungraded": float(len(shown) - len(graded)),
        "_graded": float(len(graded)),
        "_shown": float(len(shown)),
    }


def _next_read_summary(rows: Sequence[Mapping[str, float]]) -> dict[str, Estimate]:
    """Return each figure over all sources with its interval.

    nDCG and places are means over sources; the others are shares of the entries shown, all
    sources together, so that a source with few entries counts less.
    """
    if not rows:
        return {}
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    rng = np.random.default_rng(0)
    samples = rng.integers(0, len(rows), (BOOTSTRAP_SAMPLES, len(rows)))
    found = {}
    for name, values in columns.items():
        if name.startswith("_"):
            continue
        if name in ("nDCG@5", "places filled"):
            mean, spread = float(values.mean()), values[samples].mean(axis=1)
        else:
            base = columns["_shown" if name == "ungraded" else "_graded"]
            mean = float(values.sum() / max(base.sum(), 1.0))
            spread = values[samples].sum(axis=1) / np.maximum(base[samples].sum(axis=1), 1.0)
        low, high = np.percentile(spread, [2.5, 97.5])
        found[name] = Estimate(round(mean, 4), round(float(low), 4), round(float(high), 4))
    return found


def write_next_read_run(file: TextIO, served: Iterable[ServedLists]) -> None:
    """Write one JSON object a source, a line each, so that what is ungraded can be graded."""
    for one in served:
        file.write(json.dumps(next_read_run_record(one), ensure_ascii=False) + "\n")


def next_read_run_record(served: ServedLists) -> dict[str, object]:
    """Return what a run says of one source.

    ``related`` is the list by itself, ``related_beside_questions`` what the planned page shows.
    """
    return {
        "source": served.source,
        "related": list(served.related),
        "questions": [
            {
                "text": q.text,
                "article": q.answer.article_id if q.answer else None,
                "section": q.answer.section if q.answer else 0,
                "origin": q.origin,
            }
            for q in (*served.page.questions, *served.page.also_checked)
        ],
        "related_beside_questions": [r.article_id for r in served.page.related],
    }


def served_lists(
    sources: Iterable[str], lists_of: Callable[[str], ServedLists]
) -> Iterator[ServedLists]:
    """Yield what each source is served.

    Raises
    ------
    ValueError
        The archive has no published article of a source's id.
    """
    for source in sources:
        try:
            yield lists_of(source)
        except KeyError:
            raise ValueError(
                f"The archive has no published article {source!r}. Name the archive that the "
                "sources are of with --archive, and build it."
            ) from None
