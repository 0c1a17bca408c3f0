from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.dense.encoder import Kind, Matrix
from index.dense.encoding_cache import EncodingCache, EncodingCacheError, cached_encoding


class CountingEncoder:
    """Vectors from a hash of the text; keeps what it was asked for. No library needed."""

    dim = 8

    def __init__(self, name: str = "counting", fail_after: int = 1 << 30) -> None:
        self.name = name
        self.asked: list[str] = []
        self.fail_after = fail_after

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        if len(self.asked) >= self.fail_after:
            raise KeyboardInterrupt
        self.asked += texts
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            if text:
                seed = hashlib.sha256(f"{self.name}{kind}{text}".encode("utf-8", "replace"))
                row[:] = np.frombuffer(seed.digest()[:8], np.int8)
                row /= np.linalg.norm(row)
        return rows

    def close(self) -> None: ...


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "vectors.sqlite"


TEXTS = [f"text {i}" for i in range(1_200)]


def test_gives_what_the_encoder_gives_to_16_bits(path: Path) -> None:
    with EncodingCache.open(path) as cache:
        vectors = cache.encode_cached(CountingEncoder(), TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, CountingEncoder().encode(TEXTS), atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_the_second_time_gives_the_very_same_and_encodes_only_what_is_new(path: Path) -> None:
    encoder = CountingEncoder()
    with EncodingCache.open(path) as cache:
        first = cache.encode_cached(encoder, TEXTS)
    encoder.asked.clear()
    with EncodingCache.open(path) as cache:
        assert len(cache) == len(TEXTS)
        again = cache.encode_cached(encoder, ["new", *TEXTS[::-1], "new"])
    assert encoder.asked == ["new"]
    assert (again[1:-1] == first[::-1]).all()
    assert (again[0] == again[-1]).all()


def test_another_encoder_or_kind_gets_its_own_vectors(path: Path) -> None:
    with EncodingCache.open(path) as cache:
        for name, kind in (("a", "query"), ("a", "passage"), ("b", "query")):
            encoder = CountingEncoder(name)
            found = cache.encode_cached(encoder, ["flu"], "query" if kind == "query" else "passage")
            assert encoder.asked == ["flu"]
            expected = encoder.encode(["flu"], kind="query" if kind == "query" else "passage")
            np.testing.assert_allclose(found, expected, atol=1e-3)
        assert len(cache) == 3


def test_texts_and_names_do_not_run_into_each_other(path: Path) -> None:
    with EncodingCache.open(path) as cache:
        cache.encode_cached(CountingEncoder("ab"), ["c"])
        cache.encode_cached(CountingEncoder("a"), ["bc", "", "\ud800"])
        assert len(cache) == 4


def test_empty_texts_stay_zeros_and_no_texts_give_no_rows(path: Path) -> None:
    with EncodingCache.open(path) as cache:
        assert not cache.encode_cached(CountingEncoder(), [""]).any()
        assert cache.encode_cached(CountingEncoder(), []).shape == (0, CountingEncoder.dim)


def test_a_killed_build_keeps_the_batches_that_were_done(path: Path) -> None:
    with EncodingCache.open(path) as cache, pytest.raises(KeyboardInterrupt):
        cache.encode_cached(CountingEncoder(fail_after=1_000), TEXTS)
    encoder = CountingEncoder()
    with EncodingCache.open(path) as cache:
        cache.encode_cached(encoder, TEXTS)
    assert encoder.asked == TEXTS[1_024:]


def test_progress_rises_to_the_number_of_texts(path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with EncodingCache.open(path) as cache:
        cache.encode_cached(
            CountingEncoder(), TEXTS, "query", lambda done, total: seen.append((done, total))
        )
    assert seen == [(512, 1_200), (1_024, 1_200), (1_200, 1_200)]


@pytest.mark.parametrize("damage", [b"", b"\x00" * 3, b"\xff" * 16])  # the last: no numbers
def test_a_damaged_vector_is_made_again(path: Path, damage: bytes) -> None:
    with EncodingCache.open(path) as cache:
        whole = cache.encode_cached(CountingEncoder(), ["flu"])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE vectors SET vector = ?", (damage,))
    connection.close()
    with EncodingCache.open(path) as cache:
        assert (cache.encode_cached(CountingEncoder(), ["flu"]) == whole).all()
        encoder = CountingEncoder()
        cache.encode_cached(encoder, ["flu"])
    assert encoder.asked == []


def test_an_old_format_is_emptied(path: Path) -> None:
    with EncodingCache.open(path) as cache:
        cache.encode_cached(CountingEncoder(), ["flu"])
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 77")
    connection.close()
    with EncodingCache.open(path) as cache:
        assert len(cache) == 0


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE vectors (precious)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(EncodingCacheError, match="left as it is"):
        EncodingCache.open(path)
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_used_gets_one_line_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("this is no database " * 100)
    for place in (path, tmp_path, path / "below"):
        with pytest.raises(EncodingCacheError, match="Name another file") as error:
            EncodingCache.open(place)
        assert str(place) in str(error.value)
        assert "\n" not in str(error.value)


def test_two_may_share_the_file(path: Path) -> None:
    with EncodingCache.open(path) as one, EncodingCache.open(path) as two:
        first = one.encode_cached(CountingEncoder(), TEXTS)
        encoder = CountingEncoder()
        assert (two.encode_cached(encoder, TEXTS) == first).all()
        assert encoder.asked == []


def test_without_an_encoder_nothing_is_encoded() -> None:
    with cached_encoding(None, lambda *_: None) as encode:
        assert encode is None
