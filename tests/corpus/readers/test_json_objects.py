"""One JSON object a line: a broken line is reported, and the rest is read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import BadRecord
from corpus.readers import json_objects
from corpus.readers.bytes_of_file import open_bytes
from corpus.readers.json_objects import Line, read_objects


def written(path: Path, data: bytes) -> list[Line | BadRecord]:
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return list(read_objects(path))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_lines_have_their_numbers_and_blank_ones_are_skipped(tmp_path: Path, name: str) -> None:
    data = b'\xef\xbb\xbf{"a": 1}\n\n \r\n{"b": "\xc3\xa9"}'
    assert written(tmp_path / name, data) == [Line(1, {"a": 1}), Line(4, {"b": "é"})]
    with open_bytes(tmp_path / name) as stream:
        assert stream.read() == data


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": ', "the line is not JSON"),
        (b"[1]", "the line is no JSON object"),
        (b"null", "the line is no JSON object"),
        (b'{"a": "\xff"}', "byte 8 of the line is not UTF-8"),
        (b"[" * 3_000, "the line is"),
    ],
)
def test_a_broken_line_is_reported_in_its_place(tmp_path: Path, line: bytes, reason: str) -> None:
    before, bad, after = written(tmp_path / "a.jsonl", b"{}\n" + line + b"\n{}\n")
    assert (before, after) == (Line(1, {}), Line(3, {}))
    assert isinstance(bad, BadRecord)
    assert bad.line == 2
    assert bad.reason.startswith(reason)
    assert bad.remedy


def test_a_line_beyond_the_limit_is_skipped_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_objects, "MAX_LINE_BYTES", 10)
    first, second, third = written(tmp_path / "a.jsonl", b"x" * 55 + b'\n{"a": 1}\n' + b"y" * 33)
    assert isinstance(first, BadRecord)
    assert first.line == 1
    assert second == Line(2, {"a": 1})
    assert isinstance(third, BadRecord)
    assert third.line == 3


def test_a_torn_gzip_is_the_last_message(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"n": %d}\n' % n for n in range(20_000)))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[:-4_000])
    *lines, last = read_objects(path)
    assert [line.number for line in lines if isinstance(line, Line)] == [*range(1, len(lines) + 1)]
    assert len(lines) > 1_000
    assert isinstance(last, BadRecord)
    assert last.line == len(lines) + 1
    assert "gzip file is broken" in last.reason


def test_what_cannot_be_opened_is_a_message(tmp_path: Path) -> None:
    (missing,) = read_objects(tmp_path / "none.jsonl")
    assert isinstance(missing, BadRecord)
    assert "no such file" in missing.reason
    (folder,) = read_objects(tmp_path)
    assert isinstance(folder, BadRecord)
    assert "cannot be read" in folder.reason


@given(st.lists(st.dictionaries(st.text(), st.integers(-(2**53), 2**53) | st.text(), max_size=3)))
def test_objects_come_back(tmp_path_factory: pytest.TempPathFactory, values: list[object]) -> None:
    path = tmp_path_factory.mktemp("objects") / "a.jsonl"
    found = written(path, "".join(json.dumps(value) + "\n" for value in values).encode())
    surrogates = any("\\ud" in json.dumps(value) for value in values)
    if not surrogates:
        assert found == [Line(n, value) for n, value in enumerate(values, 1)]  # type: ignore[arg-type]
