"""The ranking model survives its file and weighs features by name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.ranking.features import FEATURES
from index.ranking.linear_ranker import SHIPPED, SHIPPED_NEURAL, LinearRanker


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


def test_weights_come_in_the_order_of_names_and_0_where_there_is_none() -> None:
    vector = LinearRanker({"bm25": 1.5, "names": -0.5}).vector(["names", "other", "bm25"])
    assert vector.tolist() == [-0.5, 0.0, 1.5]
    assert vector.dtype == np.float32
