"""Parquet is read batch by batch, its days and lists as they are."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables.parquet import ROWS_PER_BATCH, read_parquet

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def test_rows_are_read(tmp_path: Path) -> None:
    n = ROWS_PER_BATCH + 1
    table = pa.table(
        {
            "title": [f"Do trams fly {i}?" for i in range(n)],
            "date": [date(2026, 4, 10)] * n,
            "tags": [["sky", "rails"]] * n,
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = list(read_parquet(tmp_path / "a.parquet", ReadOptions()))
    assert len(found) == n
    last = found[-1]
    assert isinstance(last, LocatedArticle)
    assert (last.line, last.article.checked_on) == (n, date(2026, 4, 10))
    assert last.article.tags == ("sky", "rails")


def test_what_cannot_be_read_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    (broken,) = read_parquet(tmp_path / "b.parquet", ReadOptions())
    assert isinstance(broken, BadRecord)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (lacking,) = read_parquet(tmp_path / "b.parquet", ReadOptions())
    assert isinstance(lacking, BadRecord)
    assert "divedeeper[tables]" in lacking.remedy


def test_names_of_columns_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"headline": ["Do trams fly?"]}), path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"headline", b"hea\xe1line"))
    assert [type(record) for record in read_parquet(path, ReadOptions())] == [BadRecord]
