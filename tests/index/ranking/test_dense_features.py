"""Dense features: relative to the best candidate, joined with words, by what the lead covers."""

from __future__ import annotations

import numpy as np

from index.ranking.dense_features import DENSE_FEATURES, dense_features


def test_columns_are_what_their_names_say() -> None:
    cosines = [np.array([0.8, 0.4], np.float32), np.array([0.1, 0.2], np.float32)]
    passage = np.array([1.0, 2.0], np.float32)
    rows = dense_features(cosines, passage, np.array([True, False]))
    first, second = (dict(zip(DENSE_FEATURES, r.tolist(), strict=True)) for r in rows)
    assert np.isclose(second["meaning headline of best"], 0.5)
    assert np.isclose(first["meaning headline or passage"], 1.0)
    assert np.isclose(first["meaning headline and passage"], 0.5)
    assert np.isclose(first["meaning lead, whole"], 0.1)
    assert second["meaning lead, whole"] == 0.0


def test_no_candidates_give_no_rows() -> None:
    empty = np.zeros(0, np.float32)
    assert dense_features([empty, empty], empty, np.zeros(0, np.bool_)).shape == (
        0,
        len(DENSE_FEATURES),
    )


def test_without_cosines_every_feature_is_zero() -> None:
    found = dense_features([], np.ones(2, np.float32), np.ones(2, np.bool_))
    assert found.shape == (2, len(DENSE_FEATURES))
    assert not found.any()
