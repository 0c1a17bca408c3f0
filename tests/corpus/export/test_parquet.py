"""A Parquet file has a row for each article, in groups, with days and lists as they are."""

from __future__ import annotations

import io
from datetime import date

import pytest

from corpus.export import parquet
from corpus.export.parquet import parquet_rows
from corpus.models import Article, Rating

pq = pytest.importorskip("pyarrow.parquet")


def test_rows_have_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 2)
    articles = [
        Article(f"a{n}", "=1+1?", tags=("rail", "sky, high"), checked_on=date(2026, 1, 2))
        for n in range(5)
    ]
    articles[0] = Article("a0", "Rated?", rating=Rating(1.0, 5.0, None), published=False)
    stream = io.BytesIO()
    assert list(parquet_rows(articles, stream)) == articles
    file = pq.ParquetFile(stream)
    assert file.num_row_groups == 3
    first, second, *_ = file.read().to_pylist()
    assert (first["rating_value"], first["rating_best"], first["rating_worst"]) == (1.0, 5.0, None)
    assert (first["published"], second["published"]) == (False, True)
    assert second["headline"] == "=1+1?"  # nothing runs it there
    assert (second["tags"], second["checked_on"]) == (["rail", "sky, high"], date(2026, 1, 2))


def test_without_an_article_the_file_has_its_columns() -> None:
    stream = io.BytesIO()
    assert list(parquet_rows([], stream)) == []
    assert "headline" in pq.ParquetFile(stream).schema_arrow.names
