"""Bound on repetition: how many articles of an archive one question may stand beside.

A question that leads to a check of a common matter is a candidate of hundreds of articles. Each
question stays where it scores best.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAX_SHARE = 0.002  # of all articles that one question of the archive may stand beside …
MIN_ARTICLES = 5  # … or so many, where that is more


def max_repetition_articles(n_articles: int) -> int:
    """Return how many articles of an archive one question may stand beside."""
    return max(MIN_ARTICLES, int(MAX_SHARE * n_articles))


def bounded_repetition(records: Iterable[bytes], folder: Path, n_articles: int) -> Iterator[bytes]:
    """Yield the lists of questions without what stands beside too many articles.

    Of a question of the archive the best-scored places are kept, ties by the order of articles.
    The editors' own questions always stay.

    Parameters
    ----------
    records
        The stored form of the lists of all articles, in order; see ``encode_stored_questions``.
    folder
        Where the lists wait on disk until all are known.
    n_articles
        The number of articles.
    """
    ids: list[int] = []
    scores: list[float] = []
    rows: list[int] = []
    waiting = folder / "questions.unbounded"
    with waiting.open("wb") as file:
        for row, record in enumerate(records):
            file.write(record + b"\n")
            for id, _, score, origin, *_ in json.loads(record):
                if origin != "own":
                    ids.append(int(id, 16))
                    scores.append(score)
                    rows.append(row)
    dropped = _dropped_repetitions(
        np.array(ids, np.uint64), np.array(scores), np.array(rows, np.int64), n_articles
    )
    with waiting.open("rb") as file:
        for row, line in enumerate(file):
            record = line.removesuffix(b"\n")
            if row in dropped:
                kept = [
                    q
                    for q in json.loads(record)
                    if q[3] == "own" or int(q[0], 16) not in dropped[row]
                ]
                record = json.dumps(kept, separators=(",", ":")).encode("ascii")
            yield record
    waiting.unlink()


def _dropped_repetitions(
    ids: NDArray[np.uint64],
    scores: NDArray[np.float64],
    rows: NDArray[np.int64],
    n_articles: int,
) -> dict[int, set[int]]:
    """Return row → ids of the questions that go from its list."""
    order = np.lexsort((rows, -scores, ids))
    starts = np.flatnonzero(np.diff(ids[order], prepend=ids[order][:1] + 1) != 0)
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    dropped: dict[int, set[int]] = {}
    for place in order[rank >= max_repetition_articles(n_articles)].tolist():
        dropped.setdefault(int(rows[place]), set()).add(int(ids[place]))
    return dropped
