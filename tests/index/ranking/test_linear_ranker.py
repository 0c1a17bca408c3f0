"""The ranker learns what separates, survives its file, and explains its scores."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.ranking.features import FEATURES
from index.ranking.linear_ranker import SHIPPED, SHIPPED_NEURAL, Example, LinearRanker, fit


def test_the_feature_that_tells_relevant_from_not_gets_the_weight() -> None:
    random = np.random.default_rng(5)
    examples = []
    for _ in range(40):
        relevant = np.arange(10) == random.integers(10)
        noise = random.normal(size=10)
        examples.append(Example(np.column_stack([relevant, noise]).astype(np.float32), relevant))
    weights = fit([examples])
    assert weights[0] > 10 * abs(weights[1])


def test_the_end_of_a_ranking_does_not_move_what_is_learned_about_its_top() -> None:
    random = np.random.default_rng(6)
    near, deep = [], []
    for _ in range(60):
        relevant = np.arange(12) == random.integers(4)
        first = np.where(np.arange(12) < 4, 1.0, 0.0) + 0.01 * random.normal(size=12)
        second = relevant + 0.3 * random.normal(size=12)
        second[4:] = 9.0 * random.normal(size=8)  # far down, where no answer stands, it misleads
        features = np.column_stack([first, second]).astype(np.float32)
        deep.append(Example(features, relevant))
        near.append(Example(features[:4], relevant[:4]))
    top = fit([near], nearest=4)
    assert fit([deep], nearest=4)[1] > fit([deep], nearest=12)[1]
    assert top[1] > 0.0


def test_a_set_counts_by_its_share() -> None:
    relevant = np.arange(6) == 2
    says_first = Example(np.column_stack([relevant, ~relevant]).astype(np.float32), relevant)
    says_second = Example(np.column_stack([~relevant, relevant]).astype(np.float32), relevant)
    sets = [[says_first], [says_second]]
    first, second = fit(sets, shares=[1.0, 0.3])
    assert first > second
    assert fit(sets, shares=[1.0, 1.0]) == pytest.approx(fit(sets))
    first, second = fit(sets, shares=[0.3, 1.0])
    assert first < second
    assert fit(sets, shares=[1.0, 0.0]) == pytest.approx(fit(sets[:1]))
    with pytest.raises(ValueError, match="every set counts 0"):
        fit(sets, shares=[0.0, 0.0])


def test_nothing_to_learn_is_said() -> None:
    empty = Example(np.zeros((3, 2), np.float32), np.zeros(3, np.bool_))
    with pytest.raises(ValueError, match="nothing to learn"):
        fit([[empty]])


def test_a_saved_ranker_is_the_same_ranker(tmp_path: Path) -> None:
    ranker = LinearRanker({"bm25": 1.5}, ("some set",), {"MAP@5": 0.5})
    ranker.save(tmp_path / "ranker.json")
    assert LinearRanker.load(tmp_path / "ranker.json") == ranker


def test_another_format_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "ranker.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(ValueError, match="divedeeper train"):
        LinearRanker.load(tmp_path / "ranker.json")


def test_the_shipped_ranker_weighs_only_features_that_exist() -> None:
    for path in (SHIPPED, SHIPPED_NEURAL):
        assert set(LinearRanker.load(path).weights) <= set(FEATURES)
