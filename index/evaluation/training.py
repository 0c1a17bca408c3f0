"""Learn the ranking from queries whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from index.evaluation.metrics import average_precision
from index.ranking.features import CUBED, FEATURES
from index.ranking.linear_ranker import LinearRanker
from index.ranking.listwise import DEFAULT_L2, Example, fit
from index.search.retrieval import Retrieval

_IDLE = ("bm25 summary", "names short", "numbers")
_IDLE_COLUMNS = frozenset(
    (*_IDLE, *(f"{name} of best{end}" for name in _IDLE for end in ("", CUBED)))
)
"""Tell how sure an answer is (recommender/answers.py), and earn nothing in an order by words."""

Judged = tuple[str, Mapping[str, int]]
"""A query's text and the grade of each article that answers it."""


def examples(retrieval: Retrieval, queries: Iterable[Judged]) -> list[Example]:
    """Return what each query's candidates look like and which of them answer it."""
    found = []
    for text, gold in queries:
        candidates = retrieval.candidates(retrieval.rewrite(text))
        relevant = [gold.get(retrieval.reader.ids[row], 0) > 0 for row in candidates.rows]
        found.append(Example(candidates.features, np.array(relevant, np.bool_)))
    return found


def train(
    sets: Mapping[str, Sequence[Example]],
    meanings: bool,
    l2: float = DEFAULT_L2,
    shares: Mapping[str, float] | None = None,
) -> tuple[LinearRanker, dict[str, float]]:
    """Return the ranker learned from named sets, and its MAP@5 on them beside plain BM25's.

    A set counts by its share, 1 where ``shares`` does not name it, however many queries it has: of
    one whose queries are easy a smaller share teaches enough. ``meanings`` tells whether the index
    has an encoder; without one the features that need it get no weight. Metrics are over the
    candidates and on the very queries that were learned from: an upper bound, no report.

    Parameters
    ----------
    sets
        Examples by the name of their set.
    meanings
        Whether the index has an encoder.
    l2
        Penalty on standardised weights.
    shares
        How much a set counts, 1 where it is not named.
    """
    columns = [i for i, name in enumerate(FEATURES) if _learned(name, meanings)]
    weights = fit(
        [[Example(e.features[:, columns], e.relevant) for e in part] for part in sets.values()],
        l2,
        shares=[(shares or {}).get(name, 1.0) for name in sets],
    )
    named = {
        FEATURES[column]: round(float(weight), 6)
        for column, weight in zip(columns, weights, strict=True)
        if abs(weight) > 1e-9
    }
    metrics = {}
    for label, ranker in (("", named), (" by BM25", {"bm25": 1.0})):
        vector = LinearRanker(ranker).vector(FEATURES)
        for name, part in sets.items():
            values = [_map5(example, example.features @ vector) for example in part]
            metrics[f"MAP@5 {name}{label}"] = round(float(np.mean(values)), 4)
    return LinearRanker(named, tuple(sets), metrics), metrics


def _learned(name: str, meanings: bool) -> bool:
    """Return whether a feature gets a weight; benchmarks/README.md says what each choice earned.

    Meanings tell the best from the good by themselves: cubes beside them fit the training sets.
    """
    if meanings:
        return not name.endswith(CUBED)
    return not name.startswith("meaning") and name not in _IDLE_COLUMNS


def _map5(example: Example, scores: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    order = np.argsort(-scores, kind="stable").tolist()
    gold = {int(place): 1 for place in np.flatnonzero(example.relevant)}
    return average_precision([str(p) for p in order], {str(p): 1 for p in gold}, 5)
