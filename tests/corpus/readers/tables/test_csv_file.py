"""CSV is read with the separators and encodings of spreadsheets, row by row."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables.csv_file import read_csv


def read(path: Path) -> list[LocatedArticle | BadRecord]:
    return list(read_csv(path, ReadOptions()))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["title", "rating", "body"], ["Fährt die Tram?", "True", '"Ja, sie\nfährt"']]
    path.write_text("\r\n".join(separator.join(row) for row in rows), encoding=encoding)
    (found,) = read(path)
    assert isinstance(found, LocatedArticle)
    assert found.article.headline == "Fährt die Tram?"
    assert found.article.body == "Ja, sie\nfährt"


def test_a_gzipped_table_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"title\nA?\n\nB?\n"))
    assert [one.line for one in read(path)] == [2, 4]


def test_wrong_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,rating\nA, B, C?,x\nD?,True\n")
    first, second = read(path)
    assert isinstance(first, BadRecord)
    assert first.reason == "the row has 4 cells, the table 2 columns"
    assert isinstance(second, LocatedArticle)
    path.write_text("")
    (empty,) = read(path)
    assert isinstance(empty, BadRecord)
    assert "empty" in empty.reason
    (missing,) = read(tmp_path / "none.csv")
    assert isinstance(missing, BadRecord)


def test_columns_without_a_name_or_with_the_same_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,mood,mood,\nA?,x,y,z\n")
    (found,) = read(path)
    assert isinstance(found, LocatedArticle)
    assert found.article.extra == (("column 4", "z"), ("mood", "x"), ("mood 3", "y"))


def test_a_row_of_very_many_names_takes_no_time_to_speak_of(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("headline," + ",".join(["a", "b"] * 15_000) + "\nDo trams fly?\n")
    start = time.process_time()
    assert len(list(read_csv(path, ReadOptions()))) == 1
    assert time.process_time() - start < 5.0  # by a look through all names for each: a minute


def test_repeated_names_stay_columns_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("headline,a,a 4,a,verdict\nDo trams fly?,1,2,3,False\n")
    (record,) = read_csv(path, ReadOptions())
    assert isinstance(record, LocatedArticle)
    assert record.article.verdict == "False"
    assert dict(record.article.extra) == {"a": "1", "a 4": "2", "a 4 4": "3"}
