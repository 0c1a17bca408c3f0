"""The record of a build says what it held, and nothing where it cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.pipeline.record import FILE, BuildRecord, is_record_behind, read_record, write_record
from corpus.models import Article
from corpus.storage.store import Store

RECORD = BuildRecord(7, "abc", datetime(2025, 5, 1, 12, tzinfo=UTC), 3, "encoder", 2, 1.5, 2.5)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_record(tmp_path, RECORD)
    assert read_record(tmp_path) == RECORD


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 0}', "not JSON"])
def test_what_cannot_be_read_is_unknown(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert read_record(tmp_path) is None
    assert read_record(None) is None
    assert read_record(tmp_path / "nowhere") is None


def test_an_index_is_behind_when_the_contents_differ_and_a_change_and_back_is_none(
    tmp_path: Path,
) -> None:
    bats = Article("bats", "Are bats blind?")
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put([bats])
        built = BuildRecord(store.sequence(), store.content_hash(), datetime.now(UTC), 1)
        assert not is_record_behind(built, store)
        assert is_record_behind(None, store)
        store.put([Article("owls", "Do owls hear?")])
        assert is_record_behind(built, store)
        store.delete(["owls"])
        assert not is_record_behind(built, store)
