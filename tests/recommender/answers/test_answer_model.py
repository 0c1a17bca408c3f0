"""The answer model on disk: what was saved is loaded, another format is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.answers.answer_features import BEST_FEATURES, RANK_FEATURES
from recommender.answers.answer_model import AnswerModel, Mode
from recommender.answers.calibration import LogisticModel


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    alone = Mode({"bm25": 2.0}, LogisticModel({"score": 1.5}, -1.0, 0.4))
    context = Mode({"bm25": 1.0}, LogisticModel({"score": 0.5}, -2.0, 0.6))
    model = AnswerModel({"bm25": 3.0}, alone, context, ("a set",), {"precision alone": 0.9})
    model.save(tmp_path / "model.json")
    assert AnswerModel.load(tmp_path / "model.json") == model


def test_another_format_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(ValueError, match="--fit"):
        AnswerModel.load(tmp_path / "model.json")


def test_the_shipped_model_weighs_only_what_is_measured() -> None:
    model = AnswerModel.load()
    for mode in (model.alone, model.context):
        assert set(mode.rank) <= set(RANK_FEATURES)
        assert set(mode.confidence.weights) <= set(BEST_FEATURES)
