"""A file of articles gives back what was written, and a message for every broken line."""

from __future__ import annotations

import gzip
import json
import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article, BadRecord, Section
from corpus.readers import json_objects
from corpus.readers.article_jsonl import read_jsonl, write_jsonl
from corpus.serialization import article_to_dict
from tests.corpus.articles import ARTICLES

TRAM = Article("tram", "Do trams fly?", sections=(Section("Why", "Wheels."),))


@given(st.lists(ARTICLES, max_size=4))
def test_a_file_gives_back_what_was_written(articles: list[Article]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.jsonl", "a.jsonl.gz"):
            path = Path(folder, name)
            assert write_jsonl(articles, path) == len(articles)
            assert list(read_jsonl(path)) == articles


def test_writing_is_repeatable_and_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    write_jsonl([TRAM], path)
    first = path.read_bytes()
    write_jsonl([TRAM], path)
    assert path.read_bytes() == first
    with pytest.raises(ValueError, match="article 'half' cannot be written"):
        write_jsonl([TRAM, Article("half", "\ud800")], path)
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_a_broken_line_never_stops_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps(article_to_dict(TRAM)).encode()
    lines = [
        b"\xef\xbb\xbf" + good,
        b"",
        b"  \r",
        b'{"id": ',
        b"[1]",
        b'{"id": "\xff"}',
        b'{"id": "a", "headline": 5}',
        b'{"id": "a", "headline": "\\ud800"}',
        b"[" * 3000,
        b'{"id": "a", "headline": "B?"}',
    ]
    path.write_bytes(b"\n".join(lines))
    found = list(read_jsonl(path))
    assert [item for item in found if isinstance(item, Article)] == [TRAM, Article("a", "B?")]
    bad = [item for item in found if isinstance(item, BadRecord)]
    assert [item.line for item in bad] == [4, 5, 6, 7, 8, 9]
    assert all(item.file == str(path) and item.remedy for item in bad)
    assert bad[1].reason == "the line is no JSON object"
    assert bad[2].reason == "byte 9 of the line is not UTF-8"
    assert bad[3].reason == "headline must be text, not a number"


def test_a_torn_gzip_gives_what_stands_before_the_tear(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    articles = [Article(f"a{i}", f"Is {math.sqrt(i)} a number?") for i in range(3000)]
    write_jsonl(articles, path)
    path.write_bytes(path.read_bytes()[:-2000])
    *before, last = read_jsonl(path)
    assert before == articles[: len(before)]
    assert len(before) > 500
    assert isinstance(last, BadRecord)
    assert "gzip file is broken" in last.reason
    path.write_bytes(b"no gzip at all")
    (only,) = read_jsonl(path)
    assert isinstance(only, BadRecord)
    assert only.line == 1


def test_a_line_beyond_the_limit_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_objects, "MAX_LINE_BYTES", 1000)
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"x" * 5000 + b"\n" + b'{"id": "a", "headline": "B?"}\n' + b"y" * 3000)
    first, second, third = read_jsonl(path)
    assert isinstance(first, BadRecord)
    assert first.line == 1
    assert second == Article("a", "B?")
    assert isinstance(third, BadRecord)
    assert third.line == 3


def test_a_missing_file_is_a_message(tmp_path: Path) -> None:
    (only,) = read_jsonl(tmp_path / "none.jsonl")
    assert isinstance(only, BadRecord)
    assert "no such file" in only.reason
