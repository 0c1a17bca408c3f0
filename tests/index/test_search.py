"""Search: the article that holds the words comes first, and nothing breaks on odd input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.models import Article, Section
from index import search
from index.build import build_index
from index.metrics import average_precision, ndcg, recall, reciprocal_rank
from index.search import Index

if TYPE_CHECKING:
    from index.word_vectors import WordTable


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


@dataclass(frozen=True)
class Alike:
    """Word vectors by hand: a word is like every other that begins with the same letter."""

    def vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        letters = [ord(word[0]) % 64 for word in words]
        return np.eye(64, dtype=np.float32)[letters]


def test_words_like_those_of_the_query_count_where_the_index_has_word_vectors(
    tmp_path: Path,
) -> None:
    articles = [
        Article("far", "Mint water", sections=(Section("", "Zebras yawn over jam."),)),
        Article("near", "Mint water", sections=(Section("", "Doctors nap over coffee."),)),
        Article("else", "Drowsy nightly cats", sections=(Section("", "Quiet rest."),)),
    ]
    build_index(articles, tmp_path / "with", word_table=cast("WordTable", Alike()))
    build_index(articles, tmp_path / "without")

    def near(folder: str) -> dict[str, float]:
        index = Index(tmp_path / folder)
        found = index.candidates("mint drowsy nightly cats")
        return {
            index.ids[place]: index.shares(found, row)[0]["word vectors"]
            for row, place in enumerate(found.places.tolist())
        }

    found = near("with")
    assert found["near"] > found["far"] + 0.2  # the same one word in common, but three like it
    assert near("without") == dict.fromkeys(found, 0.0)


def test_the_window_is_looked_for_in_the_best_by_words_and_the_others_are_middling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = ["Zebras yawn.", "Doctors nap.", "Quiet coffee rest.", "Cats nap on mats."]
    articles = [
        Article(str(n), "Mint water " * (4 - n), sections=(Section("", body),))
        for n, body in enumerate(bodies)
    ]
    build_index(articles, tmp_path, word_table=cast("WordTable", Alike()))
    index = Index(tmp_path)

    def windows() -> list[float]:
        found = index.candidates("mint drowsy nightly cats")
        order = np.argsort(-found.bm25[found.places], kind="stable")
        return [index.shares(found, int(row))[0]["word vectors"] for row in order]

    every = windows()
    assert len(set(every)) == 4
    monkeypatch.setattr(search, "N_WINDOWS", 3)
    assert windows() == [*every[:3], sorted(every[:3])[1]]
