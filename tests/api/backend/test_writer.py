"""A write says what it did to each article, and is served when it returns."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.backend.writer import ArticleWriter
from corpus.models import Article
from corpus.storage.store import Store


def test_each_result_is_told_and_the_process_refreshed(tmp_path: Path) -> None:
    path, refreshed = tmp_path / "archive.sqlite", []
    writer = ArticleWriter(path, lambda: refreshed.append(1))
    written = writer.apply([Article("a", "A?"), Article("b", "B?")])
    assert written.results == (("a", "added"), ("b", "added"))
    written = writer.apply([Article("a", "A?"), Article("b", "C?")], ["x"], ["a"])
    assert written.results == (
        ("a", "unchanged"),
        ("b", "changed"),
        ("a", "unpublished"),
        ("x", "unknown"),
    )
    assert len(refreshed) == 2
    with Store.open(path, read_only=True) as store:
        assert written.sequence == store.sequence()
        assert not store.article("a").published


def test_an_article_that_cannot_be_written_stops_all(tmp_path: Path) -> None:
    writer = ArticleWriter(tmp_path / "archive.sqlite", lambda: None)
    with pytest.raises(ValueError, match="half a character"):
        writer.apply([Article("a", "A?"), Article("b", "\ud800")])
    with Store.open(tmp_path / "archive.sqlite") as store:
        assert len(store) == 0
