"""BM25: the formulas give the values that were computed by hand."""

from __future__ import annotations

import numpy as np

from index.lexical.bm25 import bm25_saturation, idf_lucene


def test_idf_is_the_hand_computed_value_and_never_negative() -> None:
    weights = idf_lucene(np.array([1, 10]), 10)
    assert np.allclose(weights, [np.log(1 + 9.5 / 1.5), np.log(1 + 0.5 / 10.5)])
    assert (weights > 0).all()


def test_one_occurrence_at_mean_length_earns_the_whole_idf() -> None:
    one = np.ones(1, np.float32)
    assert np.allclose(bm25_saturation(one, one * 7, 7.0, 1.2, 0.75), 1.0)


def test_saturation_stays_below_its_bound() -> None:
    often = np.array([0.0, 1e6], np.float32)
    earned = bm25_saturation(often, often * 0 + 7, 7.0, 1.2, 0.75)
    assert earned[0] == 0.0
    assert 2.19 < earned[1] <= 2.2
