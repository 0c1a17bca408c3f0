"""Features tell a candidate from the best, and how close in meaning its words are to the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.models import Article, Section
from index.build import build_index
from index.dense.static_embeddings import StaticEmbeddings
from index.query import query_terms
from index.query.rewriting import RewrittenQuery
from index.ranking import features
from index.search.retrieval import Retrieval

if TYPE_CHECKING:
    pass


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
    build_index(articles, tmp_path / "with", word_table=cast("StaticEmbeddings", Alike()))
    build_index(articles, tmp_path / "without")

    def near(folder: str) -> dict[str, float]:
        retrieval = Retrieval.open(tmp_path / folder)
        found = retrieval.candidates(RewrittenQuery("mint drowsy nightly cats"))
        return {
            retrieval.reader.ids[row]: retrieval.contributions(found, n)[0]["word vectors"]
            for n, row in enumerate(found.rows.tolist())
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
    build_index(articles, tmp_path, word_table=cast("StaticEmbeddings", Alike()))
    retrieval = Retrieval.open(tmp_path)

    def windows() -> list[float]:
        found = retrieval.candidates(RewrittenQuery("mint drowsy nightly cats"))
        order = np.argsort(-found.bm25[found.rows], kind="stable")
        return [retrieval.contributions(found, int(n))[0]["word vectors"] for n in order]

    every = windows()
    assert len(set(every)) == 4
    monkeypatch.setattr(features, "N_WINDOWS", 1)  # for each of the first words, at most MAX_REACH
    monkeypatch.setattr(query_terms, "MAX_REACH", 3)
    assert windows() == [*every[:3], sorted(every[:3])[1]]


def test_cubes_tell_the_best_from_the_good(tmp_path: Path) -> None:
    articles = [
        Article("best", "One", sections=(Section("", "wolves hens salt wine"),)),
        Article("good", "Two", sections=(Section("", "wolves hens salt sea"),)),
    ]
    build_index(articles, tmp_path)
    retrieval = Retrieval.open(tmp_path)
    found = retrieval.candidates(RewrittenQuery("wolves hens salt wine"))
    best, good = (retrieval.contributions(found, n)[0] for n in (0, 1))
    assert best["coverage of best, cubed"] == best["coverage of best"] == 1.0
    assert 0.0 < good["coverage of best"] < 1.0
    assert good["coverage of best, cubed"] == pytest.approx(good["coverage of best"] ** 3)
