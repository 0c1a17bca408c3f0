"""Retrieval: the article that has the words is the best candidate, and odd input breaks nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.query.rewriting import RewrittenQuery
from index.ranking.features import FEATURES
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval, bm25_scores, query_bm25


@pytest.fixture
def retrieval(tmp_path: Path) -> Retrieval:
    articles = [
        Article("a", "Are bats blind?", sections=(Section("", "Bats see well at dusk."),)),
        Article("b", "Do bulls hate red?", sections=(Section("", "Bulls see movement."),)),
        Article("c", "Is the moon dry?", sections=(Section("", "Ice lies in craters."),)),
    ]
    build_index(articles, tmp_path)
    return Retrieval.open(tmp_path)


def best(retrieval: Retrieval, text: str) -> str:
    found = retrieval.candidates(retrieval.rewrite(text))
    return retrieval.reader.ids[int(found.rows[retrieval.score(found).argmax()])]


def test_the_article_with_the_words_is_the_best(retrieval: Retrieval) -> None:
    assert best(retrieval, "blind bat") == "a"
    assert best(retrieval, "crater") == "c"


def test_a_misspelt_word_is_rewritten_and_matches(retrieval: Retrieval) -> None:
    assert retrieval.rewrite("cratesr").text == "craters"
    assert best(retrieval, "cratesr") == "c"


@pytest.mark.parametrize("text", ["", '"', "-", "🦇", "x" * 20_000, "zzz"])
def test_odd_input_has_no_candidates_and_does_not_fail(retrieval: Retrieval, text: str) -> None:
    found = retrieval.candidates(retrieval.rewrite(text))
    assert len(found.rows) == len(retrieval.score(found)) == 0
    assert not found.matching.any()
    assert found.features.shape == (0, len(FEATURES))


def test_only_allowed_articles_are_candidates(retrieval: Retrieval) -> None:
    query = RewrittenQuery("bats bulls")
    assert retrieval.candidates(query).rows.tolist() == [0, 1]
    allowed = np.array([False, True, True])
    found = retrieval.candidates(query, allowed)
    assert found.rows.tolist() == [1]
    assert found.matching.tolist() == [False, True, False]


def test_contributions_add_up_to_the_score(retrieval: Retrieval) -> None:
    found = retrieval.candidates(RewrittenQuery("do bats see movement"))
    scores = retrieval.score(found)
    for candidate in range(len(found.rows)):
        features, contributions = retrieval.contributions(found, candidate)
        assert list(features) == list(contributions) == list(FEATURES)
        assert sum(contributions.values()) == pytest.approx(float(scores[candidate]), abs=1e-4)


def test_another_ranker_takes_the_place_of_the_shipped_one(retrieval: Retrieval) -> None:
    other = Retrieval(retrieval.reader, LinearRanker({"bm25 of best": 2.0}))
    found = other.candidates(RewrittenQuery("bats"))
    assert other.score(found).tolist() == [2.0]


def test_bm25_adds_up_over_terms_and_counts_short_fields_once_more(retrieval: Retrieval) -> None:
    reader = retrieval.reader
    both = bm25_scores(reader, {"bat": 1.0, "see": 1.0})
    apart = bm25_scores(reader, {"bat": 1.0}) + bm25_scores(reader, {"see": 1.0})
    np.testing.assert_allclose(both, apart, rtol=1e-6)
    np.testing.assert_allclose(
        bm25_scores(reader, {"bat": 0.5}), bm25_scores(reader, {"bat": 1.0}) / 2, rtol=1e-6
    )
    assert bm25_scores(reader, {"blind": 1.0})[0] > bm25_scores(reader, {"dusk": 1.0})[0]


def test_added_terms_count_with_their_weight_and_unknown_ones_not(retrieval: Retrieval) -> None:
    reader = retrieval.reader
    query = RewrittenQuery("bats", {"moon": 0.5, "zinc": 0.5, "bat": 0.1})
    expected = bm25_scores(reader, {"bat": 1.0, "moon": 0.5})
    np.testing.assert_allclose(query_bm25(reader, query), expected)
