"""What is missing is said in one line, and what an operator trained is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.pipeline import models
from api.pipeline.models import trained_rankers, try_encoder, try_static_embeddings
from corpus.storage.archive import Archive
from index.dense.model_files import EncoderUnavailable
from index.dense.static_embeddings import StaticEmbeddings, StaticEmbeddingsUnavailable
from index.dense.use_encoder import NAME as USE_NAME
from index.ranking.linear_ranker import LinearRanker


def test_without_the_table_of_word_vectors_the_reason_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> StaticEmbeddings:
        raise StaticEmbeddingsUnavailable("the package is not installed")

    monkeypatch.setattr(models, "load_static_embeddings", missing)
    lines: list[str] = []
    assert try_static_embeddings(lines.append) is None
    assert lines == ["Indexing without word vectors: the package is not installed"]


def test_an_encoder_that_is_not_there_is_named_and_none_is_wanted_silently(tmp_path: Path) -> None:
    lines: list[str] = []
    assert try_encoder(str(tmp_path / "model"), lines.append) is None
    assert len(lines) == 1
    assert lines[0].startswith("Working by words alone: ")
    assert try_encoder("none", lines.append) is None
    assert len(lines) == 1


def test_trained_rankers_are_those_of_the_kind_of_index(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert trained_rankers(archive, None) == (None, None)
    search, questions = LinearRanker({"bm25": 1.0}), LinearRanker({"words headline": 2.0})
    search.save(tmp_path / "ranker.json")
    questions.save(tmp_path / "question-ranker-neural.json")
    found, missing = trained_rankers(archive, None)
    assert found is not None
    assert found.weights == search.weights
    assert missing is None
    encoder: Any = object()  # only whether there is one counts
    missing, found = trained_rankers(archive, encoder)
    assert found is not None
    assert found.weights == questions.weights
    assert missing is None
    (tmp_path / "ranker.json").write_text('{"format": 0}')
    with pytest.raises(ValueError, match="format"):
        trained_rankers(archive, None)


@pytest.mark.parametrize(
    ("setting", "languages", "chosen"),
    [
        ("auto", {"en": 95, "de": 5}, "auto"),
        ("auto", {"en": 89, "de": 11}, "multilingual"),
        ("auto", {"de": 3}, "multilingual"),
        ("none", {"de": 3}, "none"),
        ("some/folder", {"de": 3}, "some/folder"),
    ],
)
def test_auto_looks_at_the_languages_of_an_archive_and_says_so(
    setting: str, languages: dict[str, int], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(models, "describe_use_encoder", lambda: "")
    assert models.encoder_setting(setting, languages, said.append) == chosen
    assert len(said) == (chosen == "multilingual")


def test_without_its_package_auto_says_why_it_reads_by_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []

    def fail() -> str:
        raise EncoderUnavailable("no package")

    monkeypatch.setattr(models, "describe_use_encoder", fail)
    assert models.encoder_setting("auto", {"de": 3}, said.append) == "auto"
    assert "no package" in said[0]


def test_an_index_is_opened_with_the_encoder_that_auto_chose() -> None:
    assert models.setting_of_built_index("auto", USE_NAME) == "multilingual"
    assert models.setting_of_built_index("auto", "another") == "auto"
    assert models.setting_of_built_index("none", USE_NAME) == "none"
