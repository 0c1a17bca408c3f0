"""Law: a word's vector depends on its spelling alone, and words used alike lie close."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from index.dense import static_embeddings as word_vectors
from index.dense.packaged_file import Packaged
from index.dense.static_embeddings import (
    StaticEmbeddings,
    StaticEmbeddingsUnavailable,
    embedded_spellings,
    load_static_embeddings,
)


class Letters:
    """Cuts a word into its letters, a is 0."""

    def __init__(self, ids: list[int]) -> None:
        self.ids = ids

    @staticmethod
    def encode_batch(words: list[str], add_special_tokens: bool) -> list[Letters]:
        assert not add_special_tokens
        return [Letters([ord(letter) - ord("a") for letter in word]) for word in words]


@pytest.fixture(scope="module")
def table() -> StaticEmbeddings:
    pytest.importorskip("wordllama", reason="no wheels of wordllama for this machine")
    return load_static_embeddings()


def test_a_vector_is_the_mean_of_the_pieces_with_length_one() -> None:
    pieces = np.array([[3.0, 0.0], [0.0, 4.0]], np.float32)
    found = StaticEmbeddings(pieces, Letters).vectors(["a", "ab", "", "bab"])
    np.testing.assert_allclose(found[0], [1.0, 0.0])
    np.testing.assert_allclose(found[1], [0.6, 0.8], rtol=1e-6)
    np.testing.assert_array_equal(found[2], [0.0, 0.0])
    np.testing.assert_allclose(found[3], np.array([3.0, 8.0]) / np.sqrt(73.0), rtol=1e-6)


def test_no_words_have_no_vectors() -> None:
    assert StaticEmbeddings(np.eye(2, dtype=np.float32), Letters).vectors([]).shape == (0, 2)


def test_words_used_alike_lie_closer_than_others(table: StaticEmbeddings) -> None:
    doctor, physician, bicycle = table.vectors(["doctor", "physician", "bicycle"])
    assert doctor @ physician > doctor @ bicycle + 0.2
    np.testing.assert_allclose(np.linalg.norm([doctor, physician, bicycle], axis=1), 1.0, rtol=1e-5)


def test_a_vector_is_the_same_in_company(table: StaticEmbeddings) -> None:
    alone = table.vectors(["vaccines"])[0]
    np.testing.assert_array_equal(alone, table.vectors(["a", "vaccines", "tomorrow"])[1])


def test_a_term_is_spelt_by_its_shortest_word_then_by_the_alphabet() -> None:
    term_of = {"studies": 0, "studied": 0, "study": 0, "bats": 1, "bath": 1}
    assert embedded_spellings(term_of, ["studi", "bat", "unseen"]) == ["study", "bath", "unseen"]


def test_without_the_package_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("safetensors")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(
        StaticEmbeddingsUnavailable, match=r"pip install 'wordllama==0.4.0.post1'"
    ) as e:
        load_static_embeddings()
    assert "\n" not in str(e.value)


def test_another_file_than_the_known_one_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Packaged("numpy", "2", "numpy/__init__.py", "0" * 64)
    monkeypatch.setattr(word_vectors, "_WEIGHTS", other)
    with pytest.raises(StaticEmbeddingsUnavailable, match="SHA-256 sum differs"):
        load_static_embeddings()
