"""Search: the article that holds the words comes first, and nothing breaks on odd input."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.evaluation.metrics import average_precision, ndcg, recall, reciprocal_rank
from index.search.reader import Index


@pytest.fixture
def index(tmp_path: Path) -> Index:
    articles = [
        Article("a", "Are bats blind?", sections=(Section("", "Bats see well at dusk."),)),
        Article("b", "Do bulls hate red?", sections=(Section("", "Bulls see movement."),)),
        Article("c", "Is the moon dry?", sections=(Section("", "Ice lies in craters."),)),
    ]
    assert build_index(articles, tmp_path) == 3
    return Index(tmp_path)


def test_the_article_with_the_words_comes_first(index: Index) -> None:
    assert index.rank("blind bat", 3)[0].id == "a"
    assert [hit.id for hit in index.rank("crater", 3)] == ["c"]


def test_an_excluded_article_is_not_found(index: Index) -> None:
    assert index.rank("bats", 3, exclude=["a"]) == []


@pytest.mark.parametrize("text", ["", "the", '"', "-", "🦇", "x" * 20_000, "zzz"])
def test_odd_input_finds_nothing_and_does_not_fail(index: Index, text: str) -> None:
    assert index.rank(text, 5) == []


def test_metrics_are_the_hand_computed_values() -> None:
    ranking, gold = ["x", "g", "y", "h"], {"g": 1, "h": 1}
    assert average_precision(ranking, gold, 5) == (1 / 2 + 2 / 4) / 2
    assert reciprocal_rank(ranking, gold, 10) == 1 / 2
    assert recall(ranking, gold, 2) == 1 / 2
    assert ndcg(["g", "h"], gold, 10) == 1.0
