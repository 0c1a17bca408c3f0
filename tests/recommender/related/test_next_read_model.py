"""Three linear heads whose contributions add up, saved as JSON of one format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from recommender.related.next_read_model import (
    FORMAT,
    USED,
    Head,
    NextReadModel,
    Vectors,
    next_read_probability,
)
from recommender.related.pair_features import FEATURES, TERM_FEATURES

MODEL = NextReadModel(
    Head(0.5, {"words of leads": 2.0, "number of common words": -1.0}),
    Head(-1.0, {"matter in common": 8.0}),
    Head(-4.0, {"nearly the same text": 20.0}),
    {"pairs": 12.0},
)


def features(**values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    row = np.zeros(len(FEATURES), np.float32)
    for name, value in values.items():
        row[FEATURES.index(name.replace("_", " "))] = value
    return row


def test_a_head_is_a_constant_and_weights_times_features() -> None:
    rows = np.stack([features(), features(words_of_leads=0.25, number_of_common_words=1.0)])
    np.testing.assert_allclose(MODEL.rank.values(rows), [0.5, 0.5 + 0.5 - 1.0])
    weights = MODEL.rank.vector()
    assert weights[FEATURES.index("words of leads")] == 2.0
    assert np.count_nonzero(weights) == 2


def test_contributions_name_what_counts_and_add_up_to_the_rank() -> None:
    row = features(words_of_leads=0.25, matter_in_common=0.7)
    assert MODEL.contributions(row) == {"constant": 0.5, "words of leads": 0.5}


@pytest.mark.parametrize("vectors", get_args(Vectors))
def test_contributions_of_the_shipped_models_add_up(vectors: Vectors) -> None:
    model = NextReadModel.load(vectors)
    rows = np.random.default_rng(4).uniform(0.0, 1.0, (20, len(FEATURES))).astype(np.float32)
    for row, value in zip(rows, model.rank.values(rows), strict=True):
        assert sum(model.contributions(row).values()) == pytest.approx(float(value), abs=1e-5)


@pytest.mark.parametrize("vectors", get_args(Vectors))
def test_the_shipped_models_weigh_only_what_their_index_has(vectors: Vectors) -> None:
    model = NextReadModel.load(vectors)
    for head in (model.rank, model.good, model.same_claim):
        assert set(head.weights) - {"same topic"} <= set(USED[vectors])
        assert head.weights


@pytest.mark.parametrize("vectors", get_args(Vectors))
def test_a_page_that_shares_nothing_is_hardly_a_good_next_read(vectors: Vectors) -> None:
    model = NextReadModel.load(vectors)
    nothing = np.zeros((1, len(FEATURES)), np.float32)
    much = nothing.copy()
    much[0, [FEATURES.index(name) for name in USED[vectors]]] = 0.6
    much[0, FEATURES.index("nearly the same text")] = 0.0
    few, many = (float(next_read_probability(model.good.values(row))[0]) for row in (nothing, much))
    assert few < 0.05
    assert many > 0.5


def test_probabilities_lie_between_0_and_1_and_rise_with_the_log_odds() -> None:
    odds = np.array([-15.0, -1.0, 0.0, 1.0, 15.0], np.float32)
    found = next_read_probability(odds)
    np.testing.assert_allclose(found, 1.0 / (1.0 + np.exp(-odds.astype(np.float64))), rtol=1e-5)
    assert found.dtype == np.float32
    assert found[0] > 0.0
    assert found[-1] < 1.0
    assert found[2] == 0.5
    assert (np.diff(found) > 0.0).all()


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    MODEL.save(tmp_path / "next-reads-words.json")
    assert NextReadModel.load("words", tmp_path) == MODEL
    assert [file.name for file in tmp_path.iterdir()] == ["next-reads-words.json"]


def test_another_format_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "next-reads-terms.json"
    MODEL.save(path)
    other = json.loads(path.read_text(encoding="utf-8")) | {"format": FORMAT + 1}
    path.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(ValueError, match=f"format {FORMAT + 1}.*reads {FORMAT}.*divedeeper train"):
        NextReadModel.load("terms", tmp_path)


def test_each_index_uses_what_a_poorer_one_has_and_more() -> None:
    assert USED["terms"] == TERM_FEATURES
    assert set(USED["terms"]) < set(USED["words"]) < set(USED["encoder"]) < set(FEATURES)
