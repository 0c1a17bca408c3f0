"""How good a ranking is. ``gold`` maps relevant ids to a grade > 0; ranks start at 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2


def average_precision(ranking: Sequence[str], gold: Mapping[str, int], k: int) -> float:
    """Return AP@k: the mean, over all relevant ids, of the precision where each is found.

    Parameters
    ----------
    ranking
        Ids, the best first.
    gold
        Grade above 0 of each relevant id.
    k
        How many ranks count.
    """
    found, total = 0, 0.0
    for rank, id in enumerate(ranking[:k], 1):
        if gold.get(id, 0) > 0:
            found += 1
            total += found / rank
    relevant = sum(grade > 0 for grade in gold.values())
    return total / relevant if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], gold: Mapping[str, int], k: int) -> float:
    """Return 1 / rank of the first relevant id among the first k, 0 where there is none.

    Parameters
    ----------
    ranking
        Ids, the best first.
    gold
        Grade above 0 of each relevant id.
    k
        How many ranks count.
    """
    return next((1 / r for r, id in enumerate(ranking[:k], 1) if gold.get(id, 0) > 0), 0.0)


def ndcg(ranking: Sequence[str], gold: Mapping[str, int], k: int) -> float:
    """Return nDCG@k with the grade itself as gain (Järvelin and Kekäläinen 2002).

    Parameters
    ----------
    ranking
        Ids, the best first.
    gold
        Grade above 0 of each relevant id.
    k
        How many ranks count.
    """
    gain = sum(gold.get(id, 0) / log2(r + 1) for r, id in enumerate(ranking[:k], 1))
    best = sorted(gold.values(), reverse=True)[:k]
    ideal = sum(grade / log2(r + 1) for r, grade in enumerate(best, 1))
    return gain / ideal if ideal else 0.0


def recall(ranking: Sequence[str], gold: Mapping[str, int], k: int) -> float:
    """Return the share of the relevant ids among the first k.

    Parameters
    ----------
    ranking
        Ids, the best first.
    gold
        Grade above 0 of each relevant id.
    k
        How many ranks count.
    """
    relevant = {id for id, grade in gold.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0
