"""Listwise learning finds what separates, and weighs sets as it is told."""

from __future__ import annotations

import numpy as np
import pytest

from index.ranking.listwise import Example, fit_listwise


def test_the_feature_that_tells_relevant_from_not_gets_the_weight() -> None:
    random = np.random.default_rng(5)
    examples = []
    for _ in range(40):
        relevant = np.arange(10) == random.integers(10)
        noise = random.normal(size=10)
        examples.append(Example(np.column_stack([relevant, noise]).astype(np.float32), relevant))
    weights = fit_listwise([examples])
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
    top = fit_listwise([near], n_hard=4)
    assert fit_listwise([deep], n_hard=4)[1] > fit_listwise([deep], n_hard=12)[1]
    assert top[1] > 0.0


def test_a_set_counts_by_its_share() -> None:
    relevant = np.arange(6) == 2
    says_first = Example(np.column_stack([relevant, ~relevant]).astype(np.float32), relevant)
    says_second = Example(np.column_stack([~relevant, relevant]).astype(np.float32), relevant)
    sets = [[says_first], [says_second]]
    first, second = fit_listwise(sets, shares=[1.0, 0.3])
    assert first > second
    assert fit_listwise(sets, shares=[1.0, 1.0]) == pytest.approx(fit_listwise(sets))
    first, second = fit_listwise(sets, shares=[0.3, 1.0])
    assert first < second
    assert fit_listwise(sets, shares=[1.0, 0.0]) == pytest.approx(fit_listwise(sets[:1]))
    with pytest.raises(ValueError, match="every set counts 0"):
        fit_listwise(sets, shares=[0.0, 0.0])


def test_nothing_to_learn_is_said() -> None:
    empty = Example(np.zeros((3, 2), np.float32), np.zeros(3, np.bool_))
    with pytest.raises(ValueError, match="nothing to learn"):
        fit_listwise([[empty]])
