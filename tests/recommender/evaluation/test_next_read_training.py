"""Training of the next-read model on pairs whose right weights are known by construction."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article
from index.build import build_index
from index.search.reader import IndexReader
from recommender.evaluation.next_read_training import (
    THRESHOLDS,
    TOPIC_GOOD,
    TOPIC_RANK,
    Pairs,
    cross_fitted_figures,
    cross_fitted_next_reads,
    fit_next_read_model,
    graded_pairs,
)
from recommender.evaluation.next_reads import Graded
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder
from recommender.related.next_read_model import NextReadModel
from recommender.related.pair_features import FEATURES, TERM_FEATURES, TOPIC_FEATURE

N_SOURCES, N_PAIRS = 10, 20
TELLING = TERM_FEATURES[0]  # the feature that the grades of the made pairs follow
ARTICLES = {
    f"{thing}-{part}": Article(
        f"{thing}-{part}",
        f"Do {thing} need {part} in winter?",
        summary=f"Keepers of {thing} in Norway weighed their {part} through two winters.",
    )
    for thing in ("otters", "hedgehogs", "storks", "beavers")
    for part in ("fat", "sleep", "water")
}
GRADES = {
    f"{thing}-fat": {
        f"{thing}-sleep": Graded(3, False),
        f"{thing}-water": Graded(2, thing == "storks"),
        f"{other}-sleep": Graded(1, False),
        f"{other}-water": Graded(0, False),
    }
    for thing, other in (("otters", "hedgehogs"), ("hedgehogs", "storks"), ("storks", "otters"))
}


@pytest.fixture
def pairs() -> Pairs:
    rng = np.random.default_rng(1)
    features = np.zeros((N_SOURCES * N_PAIRS, len(FEATURES)), np.float32)
    features[:, : len(TERM_FEATURES)] = rng.random((len(features), len(TERM_FEATURES)))
    grades = (features[:, FEATURES.index(TELLING)] * 4).astype(np.int64)
    source = np.repeat(np.arange(N_SOURCES), N_PAIRS)
    return Pairs(features, grades, grades == 3, source)


@pytest.fixture
def finder(tmp_path: Path) -> RelatedFinder:
    build_index(list(ARTICLES.values()), tmp_path)
    return make_finder(tmp_path)


def make_finder(folder: Path, model: NextReadModel | None = None) -> RelatedFinder:
    reader = IndexReader(folder)
    vectors = ArticleVectors.of_index(reader)
    return RelatedFinder(reader, ARTICLES.__getitem__, {}, vectors, model)


def test_every_head_learns_the_feature_that_the_grades_follow(pairs: Pairs) -> None:
    model = fit_next_read_model(pairs, "terms")
    for head in (model.rank, model.good, model.same_claim):
        weights = {name: head.weights[name] for name in TERM_FEATURES}
        assert max(weights, key=lambda name: abs(weights[name])) == TELLING
        assert weights[TELLING] > 0.0


def test_a_common_topic_has_the_weights_that_the_sample_archive_gave(pairs: Pairs) -> None:
    model = fit_next_read_model(pairs, "terms")
    assert model.rank.weights[TOPIC_FEATURE] == TOPIC_RANK
    assert model.good.weights[TOPIC_FEATURE] == TOPIC_GOOD
    assert TOPIC_FEATURE not in model.same_claim.weights


def test_no_source_is_ranked_by_what_its_own_grades_taught(pairs: Pairs) -> None:
    models = cross_fitted_next_reads(pairs, "terms")
    assert set(models) == set(range(N_SOURCES))
    lies = Pairs(
        pairs.features,
        np.where(pairs.source == 0, 3 - pairs.grades, pairs.grades),
        pairs.same_claim,
        pairs.source,
    )
    again = cross_fitted_next_reads(lies, "terms")
    assert again[0] == models[0]
    assert any(again[n] != models[n] for n in range(1, N_SOURCES))


def test_graded_pairs_are_measured_in_the_order_of_the_grades(finder: RelatedFinder) -> None:
    found = graded_pairs(GRADES, finder, ARTICLES)
    assert found.grades.tolist() == [3, 2, 1, 0] * 3
    assert found.same_claim.tolist() == [False] * 9 + [True, False, False]
    assert found.source.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    matter = found.features[:, FEATURES.index("matter in common")]
    assert matter[0] > matter[2]


def test_held_out_sources_are_ranked_among_all_articles(
    finder: RelatedFinder, tmp_path: Path
) -> None:
    models = cross_fitted_next_reads(graded_pairs(GRADES, finder, ARTICLES), "terms")
    found = cross_fitted_figures(
        GRADES, ARTICLES, models, lambda model: make_finder(tmp_path, model)
    )
    assert found.related["nDCG@5"].mean > 0.5
    assert tuple(found.questions) == THRESHOLDS
    places = [found.questions[t]["places filled"].mean for t in THRESHOLDS]
    assert places == sorted(places, reverse=True)


def test_what_cannot_be_learned_from_is_said(finder: RelatedFinder) -> None:
    one = {"otters-fat": GRADES["otters-fat"]}
    with pytest.raises(ValueError, match="at least 2"):
        graded_pairs(one, finder, ARTICLES)
    with pytest.raises(ValueError, match="no published article 'nowhere'"):
        graded_pairs(one | {"storks-fat": {"nowhere": Graded(1, False)}}, finder, ARTICLES)
