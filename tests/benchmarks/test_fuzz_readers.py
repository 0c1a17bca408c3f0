"""The fuzzer makes the same inputs again, has a whole sample for every reader, and sees faults."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import fuzz_readers
from benchmarks.fuzz_readers import READERS, changed, read_input, sample_of
from corpus.readers import LocatedArticle, ReadOptions, read_records
from corpus.readers.dispatch import known_ending
from corpus.readers.record import Record

INPUTS = 60  # of each reader: the law of the long run, in seconds


@pytest.mark.parametrize("name", READERS)
def test_a_sample_is_whole_before_it_is_changed(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{known_ending(READERS[name])}"
    path.write_bytes(sample_of(READERS[name]))
    found = list(read_records(path, ReadOptions()))
    is_sitemap = name == "sitemap"
    assert any(isinstance(record, LocatedArticle) for record in found) is not is_sitemap


@pytest.mark.parametrize("name", READERS)
def test_a_changed_sample_is_read_or_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{known_ending(READERS[name])}"
    sample = sample_of(READERS[name])
    for number in range(INPUTS):
        data = changed(sample, random.Random(f"{name} {number}"))
        assert data == changed(sample, random.Random(f"{name} {number}"))
        path.write_bytes(data)
        for _ in read_records(path, ReadOptions()):
            pass


def test_an_exception_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, options: ReadOptions) -> Iterator[Record]:
        yield from read_records(path, options)
        raise ValueError("lost")

    path = tmp_path / "a.csv"
    path.write_bytes(sample_of("table.csv"))
    assert read_input(path) == (1, "")
    monkeypatch.setattr(fuzz_readers, "read_records", broken)
    assert read_input(path) == (1, "ValueError: lost")
