"""Files give their bytes and texts in any encoding, and never more than is safe."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.readers.bytes_of_file import (
    ReadError,
    decoded,
    document_bytes,
    encoding_of,
    open_bytes,
    open_text,
    readable,
)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Schöne Straßen"),
        ("utf-8-sig", "Schöne Straßen"),
        ("utf-16", "Schöne Straßen"),
        ("cp1252", "Die Straße führt über schöne Brücken nach Köln. " * 9),
        ("cp1251", "Трамвай едет по улице, и никто не летает. " * 9),
        ("shift_jis", "路面電車は空を飛びません。街を走ります。" * 9),
    ],
)
def test_texts_are_decoded_in_their_encoding(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_a_cut_character_at_the_end_of_the_sample_is_no_other_encoding() -> None:
    assert encoding_of("ä".encode()[:1].join([b"a", b""])) == "utf-8"


def test_a_bomb_is_refused_soon_and_a_text_is_not(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.jsonl.gz"
    bomb.write_bytes(gzip.compress((b" " * 99 + b"\n") * 600_000))
    with open_bytes(bomb) as stream, pytest.raises(ReadError, match="times its size"):
        while stream.readline():
            pass
    text = tmp_path / "text.gz"
    content = b"".join(b"%d trams\n" % n for n in range(200_000))
    text.write_bytes(gzip.compress(content))
    assert document_bytes(text) == content


def test_errors_say_why(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        document_bytes(tmp_path / "none")
    torn = tmp_path / "torn.gz"
    torn.write_bytes(gzip.compress(b"x" * 10_000)[:20])
    with pytest.raises(ReadError, match="gzip file is broken"):
        document_bytes(torn)
    (tmp_path / "long").write_bytes(b"x" * 2_000_001)
    with pytest.raises(ReadError, match="over 2 MB"):
        document_bytes(tmp_path / "long", 2_000_000)
    with pytest.raises(ReadError, match="cannot be read"), readable(tmp_path):
        pass


def test_a_text_stream_keeps_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfa\r\nb")
    with open_text(tmp_path / "a.csv") as stream:
        assert stream.read() == "a\r\nb"
