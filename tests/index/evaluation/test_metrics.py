"""Metrics agree with values computed by hand, and with ir-measures on random rankings."""

from __future__ import annotations

from math import log2

import ir_measures
import numpy as np
import pytest

from index.evaluation.metrics import average_precision, ndcg, recall, reciprocal_rank

RANKING, GOLD = ["x", "g", "y", "h"], {"g": 1, "h": 1, "x": 0}
OURS = {
    "AP@5": lambda r, g: average_precision(r, g, 5),
    "RR@10": lambda r, g: reciprocal_rank(r, g, 10),
    "nDCG@10": lambda r, g: ndcg(r, g, 10),
    "R@10": lambda r, g: recall(r, g, 10),
}


@pytest.mark.parametrize("name", OURS)
def test_metric_agrees_with_ir_measures(name: str) -> None:
    random = np.random.default_rng(3)
    ids = [f"d{i:02}" for i in range(40)]
    for _ in range(30):
        ranking = random.permutation(ids)[:20].tolist()
        gold = {id: 1 for id in random.choice(ids, 4, replace=False).tolist()}
        run = [
            ir_measures.ScoredDoc("q", id, float(20 - place)) for place, id in enumerate(ranking)
        ]
        qrels = [ir_measures.Qrel("q", id, grade) for id, grade in gold.items()]
        measure = ir_measures.parse_measure(name)
        expected = ir_measures.calc_aggregate([measure], qrels, run)[measure]
        assert OURS[name](ranking, gold) == pytest.approx(expected)


def test_average_precision_is_the_mean_over_all_relevant_ids() -> None:
    assert average_precision(RANKING, GOLD, 5) == (1 / 2 + 2 / 4) / 2
    assert average_precision(RANKING, GOLD, 3) == 1 / 2 / 2
    assert average_precision(RANKING, {"x": 0}, 5) == 0.0


def test_reciprocal_rank_is_that_of_the_first_relevant_id() -> None:
    assert reciprocal_rank(RANKING, GOLD, 10) == 1 / 2
    assert reciprocal_rank(RANKING, GOLD, 1) == 0.0


def test_recall_is_a_share_of_the_relevant_ids() -> None:
    assert recall(RANKING, GOLD, 2) == 1 / 2
    assert recall([], GOLD, 2) == recall(RANKING, {}, 2) == 0.0


def test_ndcg_has_the_grade_as_gain_and_1_for_the_best_order() -> None:
    assert ndcg(["g", "h"], GOLD, 10) == 1.0
    assert ndcg(["a", "b"], {"a": 1, "b": 3}, 10) == pytest.approx(
        (1 + 3 / log2(3)) / (3 + 1 / log2(3))
    )
    assert ndcg(RANKING, {}, 10) == 0.0
