"""Training of the search ranker on queries whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from index.evaluation.metrics import average_precision
from index.ranking.features import CUBED, FEATURES
from index.ranking.linear_ranker import LinearRanker
from index.ranking.listwise import DEFAULT_L2, Example, fit_listwise
from index.search.retrieval import Retrieval

_IDLE = ("bm25 summary", "names short", "numbers")
_IDLE_COLUMNS = frozenset(
    (*_IDLE, *(f"{name} of best{end}" for name in _IDLE for end in ("", CUBED)))
)
"""For the confidence of answers (recommender/answers); no gain in a ranking by words."""

Judged = tuple[str, Mapping[str, int]]
"""A query's text and the grade of each article that answers it."""


def search_examples(retrieval: Retrieval, queries: Iterable[Judged]) -> list[Example]:
    """Return the features of each query's candidates, and which of them are relevant."""
    found = []
    for text, gold in queries:
        candidates = retrieval.candidates(retrieval.rewrite(text))
        relevant = [gold.get(retrieval.reader.ids[row], 0) > 0 for row in candidates.rows]
        found.append(Example(candidates.features, np.array(relevant, np.bool_)))
    return found


def train_search_ranker(
    sets: Mapping[str, Sequence[Example]],
    dense: bool,
    l2: float = DEFAULT_L2,
    shares: Mapping[str, float] | None = None,
) -> tuple[LinearRanker, dict[str, float]]:
    """Return the ranker learned from named sets, and MAP@5 of it and of plain BM25 on them.

    Metrics are over the candidates of the training queries: an upper bound, no report.

    Parameters
    ----------
    sets
        Training queries by the name of their set.
    dense
        Whether the index has an encoder; without one dense features get no weight.
    l2
        Penalty on squared weights.
    shares
        How much a set counts, however many queries it has, by name; 1 by default. A set of easy
        queries needs a smaller share.
    """
    columns = [i for i, name in enumerate(FEATURES) if _is_trained_feature(name, dense)]
    weights = fit_listwise(
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
            values = [_map5_of_example(example, example.features @ vector) for example in part]
            metrics[f"MAP@5 {name}{label}"] = round(float(np.mean(values)), 4)
    return LinearRanker(named, tuple(sets), metrics), metrics


def _is_trained_feature(name: str, dense: bool) -> bool:
    """Return whether a feature gets a weight; see benchmarks/README.md for each choice.

    Dense features separate the top candidates by themselves; with cubes in addition, weights fit
    the training sets too closely.
    """
    if dense:
        return not name.endswith(CUBED)
    return not name.startswith("meaning") and name not in _IDLE_COLUMNS


def _map5_of_example(
    example: Example, scores: np.ndarray[tuple[int], np.dtype[np.float32]]
) -> float:
    order = np.argsort(-scores, kind="stable").tolist()
    gold = {int(row): 1 for row in np.flatnonzero(example.relevant)}
    return average_precision([str(p) for p in order], {str(p): 1 for p in gold}, 5)
