"""Index build: the same files for the same articles, optional parts where asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Section
from index.autocomplete.completions import CompletionIndex
from index.build import build_index
from index.search.reader import IndexReader
from index.storage.generation_format import seal_generation, verify_generation

ARTICLES = (
    Article("a", "Are bats blind?", sections=(Section("", "Bats see well at dusk."),)),
    Article("b", "Do bulls hate red?", claim="Bulls hate red.", followups=("Is it movement?",)),
)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.eye(4, dtype=np.float32)[: len(texts)]


def test_the_same_articles_give_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert build_index(iter(ARTICLES), tmp_path / name) == 2
    one, other = (seal_generation(tmp_path / name) for name in ("one", "other"))
    assert one.files == other.files
    assert len(one.files) > 20
    assert verify_generation(tmp_path / "one") == one


def test_progress_counts_articles(tmp_path: Path) -> None:
    counts: list[int] = []
    many = (Article(str(n), f"Is {n} odd?") for n in range(1_001))
    assert build_index(many, tmp_path, progress=counts.append) == 1_001
    assert counts == [500, 1_000]


def test_embeddings_are_there_only_with_an_encoder(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path / "words")
    build_index(ARTICLES, tmp_path / "dense", encode=encode, encoder_name="eye")
    assert not list((tmp_path / "words").glob("embeddings-*"))
    names = sorted(path.name for path in (tmp_path / "dense").glob("embeddings-*.codes.npy"))
    assert names == ["embeddings-headline.codes.npy", "embeddings-lead.codes.npy"]
    reader = IndexReader(tmp_path / "dense")
    assert reader.encoder is None  # none was given that has the name
    assert reader.embeddings == {}


def test_an_archive_without_articles_has_an_index(tmp_path: Path) -> None:
    assert build_index([], tmp_path) == 0
    assert len(IndexReader(tmp_path)) == 0


def test_a_question_that_a_search_finds_nothing_for_is_not_offered(tmp_path: Path) -> None:
    article = Article(
        "a",
        "Do trams fly?",
        followups=("Do xylophones quack?", "Can trams swim?", "What is it?"),
    )
    build_index([article], tmp_path)
    completions = CompletionIndex.open(tmp_path)
    offered = {entry.text for typed in ("do", "can", "wh") for entry in completions.complete(typed)}
    assert offered == {"Do trams fly?", "Can trams swim?"}
