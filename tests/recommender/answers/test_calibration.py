"""A fitted model gives probabilities, survives its file, and refuses what it does not know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.answers.calibration import LogisticModel, calibrated_probability, fit_calibration


def test_probabilities_follow_how_often_it_was_right() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(4_000, 2))
    right = rng.random(4_000) < 1.0 / (1.0 + np.exp(-2.0 * x[:, 0]))
    model = fit_calibration(["informative", "noise"], x, right, 1.0)
    chance = np.array(
        [calibrated_probability(v) for v in x @ model.vector(["informative", "noise"])]
    )
    for low in (0.1, 0.4, 0.7):
        rows = (chance >= low) & (chance < low + 0.2)
        assert abs(chance[rows].mean() - right[rows].mean()) < 0.07


def test_a_constant_feature_has_no_weight() -> None:
    x = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 0.1], [1.0, 0.9]])
    model = fit_calibration(
        ["constant", "informative"], x, np.array([False, True, False, True]), 1.0
    )
    assert list(model.weights) == ["informative"]


def test_an_example_with_a_share_of_two_counts_like_two_examples() -> None:
    x = np.array([[0.0], [1.0], [0.2], [0.8], [0.9]])
    right = np.array([False, True, True, False, True])
    twice = np.concatenate([np.arange(5), [2]])
    repeated = fit_calibration(["informative"], x[twice], right[twice], 1e6)
    weighed = fit_calibration(["informative"], x, right, 1e6, np.array([1.0, 1.0, 2.0, 1.0, 1.0]))
    assert weighed.weights["informative"] == pytest.approx(repeated.weights["informative"], 1e-3)


def test_a_saved_model_is_the_same(tmp_path: Path) -> None:
    model = LogisticModel({"informative": 2.0}, -1.0, 0.4, ("a set",), {"precision": 0.9})
    model.save(tmp_path / "model.json")
    assert LogisticModel.load(tmp_path / "model.json") == model


def test_another_format_or_a_feature_that_is_gone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"format": 0}')
    with pytest.raises(ValueError, match="Fit it again"):
        LogisticModel.load(tmp_path / "model.json")
    with pytest.raises(ValueError, match="'informative'"):
        replace(LogisticModel({}, 0.0, 0.5), weights={"informative": 1.0}).vector(["other"])


def test_extreme_logits_stay_probabilities() -> None:
    assert calibrated_probability(1e9) <= 1.0
    assert calibrated_probability(-1e9) >= 0.0
    assert calibrated_probability(0.0) == 0.5
