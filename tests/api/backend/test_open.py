"""Law: what is missing is said in one line, and the work goes on without it."""

from __future__ import annotations

import pytest

from api.backend import open as opening
from index.dense.static_embeddings import StaticEmbeddings, StaticEmbeddingsUnavailable


def test_without_the_table_of_word_vectors_the_reason_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> StaticEmbeddings:
        raise StaticEmbeddingsUnavailable("the package is not installed")

    monkeypatch.setattr(opening, "load_static_embeddings", missing)
    said: list[str] = []
    assert opening.try_static_embeddings(said.append) is None
    assert said == ["Indexing without word vectors: the package is not installed"]
