"""Metrics agree with ir-measures on random rankings."""

from __future__ import annotations

import ir_measures
import numpy as np
import pytest

from index.evaluation.metrics import average_precision, ndcg, recall, reciprocal_rank

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
