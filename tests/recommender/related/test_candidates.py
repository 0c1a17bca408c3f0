"""Candidates hold what shares the page's salient terms, and never more than asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article
from index.build import build_index
from index.search.reader import IndexReader
from recommender.related.article_vectors import ArticleVectors
from recommender.related.candidates import (
    MAX_DENSE,
    MAX_QUERY_TERMS,
    dense_candidates,
    term_candidates,
)
from recommender.related.content import Content, content_saliences

FILLER = [
    Article(f"town-{n}", f"Is town number{n} growing?", summary=f"Census{n} says so.")
    for n in range(12)
]
ARTICLES = [
    Article("ferry", "Did the ferry sink?", summary="The ferry lay safe at the pier in the storm."),
    Article("pier", "Did the storm break the pier?", summary="The ferry was at the pier."),
    Article("storm", "Was the storm forecast?", summary="It came as a surprise."),
    Article("stop", "Is it this?", summary="It is."),
    *FILLER,
]


@pytest.fixture
def index(tmp_path: Path) -> tuple[IndexReader, ArticleVectors]:
    build_index(ARTICLES, tmp_path)
    reader = IndexReader(tmp_path)
    return reader, ArticleVectors.of_index(reader)


def found(index: tuple[IndexReader, ArticleVectors], row: int, k: int = 160) -> list[str]:
    reader, vectors = index
    return [reader.ids[at] for at in term_candidates(vectors.of(row), vectors.idf, reader, k)]


def test_what_shares_the_salient_terms_comes_first(
    index: tuple[IndexReader, ArticleVectors],
) -> None:
    assert found(index, 0) == ["ferry", "pier", "storm"]  # itself, three terms, one term
    assert found(index, 2)[0] == "storm"
    assert set(found(index, 2)) == {"storm", "pier", "ferry"}


def test_bounds_of_k(index: tuple[IndexReader, ArticleVectors]) -> None:
    assert found(index, 0, 0) == []
    assert found(index, 0, 2) == ["ferry", "pier"]
    assert found(index, 0, 10**6) == ["ferry", "pier", "storm"]


def test_an_article_without_content_has_no_candidates(
    index: tuple[IndexReader, ArticleVectors],
) -> None:
    assert found(index, 3) == []


def test_scores_are_sums_of_salience_times_saturation(
    index: tuple[IndexReader, ArticleVectors],
) -> None:
    reader, vectors = index
    page = vectors.of(1)
    weights = content_saliences(page.terms, page.counts, page.near, vectors.idf)
    expected = np.zeros(len(reader), np.float32)
    for term, weight in zip(page.terms, weights, strict=True):
        one = np.zeros(len(reader), np.float32)
        reader.add_scores("all", np.array([term], np.uint32), np.ones(1, np.float32), one)
        expected += one * np.float32(weight)
    order = np.argsort(-expected, kind="stable")
    rows = term_candidates(page, vectors.idf, reader)
    assert rows.tolist() == [row for row in order.tolist() if expected[row] > 0.0]


def test_only_the_most_salient_terms_of_a_long_page_are_looked_up(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    names = [f"z{a}{b}ko" for a in "abcdefghij" for b in "abcdefghij"]
    many = [Article(f"a{n}", name) for n, name in enumerate(names)]
    many += [Article(f"b{n}", " ".join(rng.permutation(names[:30])[:3])) for n in range(30)]
    build_index(many, tmp_path)
    reader = IndexReader(tmp_path)
    vectors = ArticleVectors.of_index(reader)
    page = Content(
        np.arange(len(reader.terms), dtype=np.uint32),
        np.ones(len(reader.terms), np.uint8),
        np.zeros(len(reader.terms), np.uint8),
        np.zeros(7, np.float32),
    )
    best = np.argsort(-vectors.idf, kind="stable")[:MAX_QUERY_TERMS]
    holding = [row for row in range(len(reader)) if np.isin(vectors.of(row).terms, best).any()]
    assert set(term_candidates(page, vectors.idf, reader).tolist()) == set(holding)
    assert len(holding) < len(reader)


def test_the_nearest_by_meaning_come_first() -> None:
    cosines = np.array([0.1, 0.9, -0.3, 0.0, 0.5], np.float32)
    assert dense_candidates(cosines).tolist() == [1, 4, 0]  # none that is not near at all
    assert dense_candidates(cosines, 2).tolist() == [1, 4]
    assert dense_candidates(cosines, 0).tolist() == []
    assert len(dense_candidates(np.ones(3 * MAX_DENSE, np.float32))) == MAX_DENSE
