"""The multilingual encoder: texts of one meaning are near, and a batch changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from index.dense import use_encoder
from index.dense.load_encoder import describe_encoder, load_encoder
from index.dense.model_files import EncoderUnavailable
from index.dense.packaged_file import Packaged
from index.dense.use_encoder import DIM, UseEncoder, load_use_encoder

pytest.importorskip("sentencepiece", reason="needs the extra multilingual")


@pytest.fixture(scope="module")
def encoder() -> Iterator[UseEncoder]:
    encoder = load_use_encoder()
    yield encoder
    encoder.close()


def test_a_sentence_is_nearest_to_its_translation(encoder: UseEncoder) -> None:
    english = ["Bears sleep in winter.", "Coffee makes you tired.", "The bridge is closed."]
    others = {
        "de": ["Bären schlafen im Winter.", "Kaffee macht müde.", "Die Brücke ist gesperrt."],
        "es": ["Los osos duermen en invierno.", "El café cansa.", "El puente está cerrado."],
        "ja": ["熊は冬に眠る。", "コーヒーを飲むと疲れる。", "橋は閉鎖されている。"],
    }
    here = encoder.encode(english)
    for texts in others.values():
        cosines = here @ encoder.encode(texts, kind="query").T
        assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_vectors_have_length_1_and_an_empty_text_has_none(encoder: UseEncoder) -> None:
    vectors = encoder.encode(["a", "Are bats blind?", "", " \n", "word " * 2_000])
    assert vectors.shape == (5, DIM)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0, 0, 1], abs=1e-5)
    assert encoder.encode([]).shape == (0, DIM)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: UseEncoder) -> None:
    texts = [f"Text number {n} is about bats and bridges " * (n % 9 + 1) for n in range(40)]
    together = encoder.encode(texts)
    for n in (0, 8, 39):
        assert together[n] == pytest.approx(encoder.encode([texts[n]])[0], abs=1e-5)


def test_it_is_loaded_by_its_setting_and_described(encoder: UseEncoder) -> None:
    found = load_encoder("multilingual")
    assert found is not None
    assert (found.name, found.dim) == (encoder.name, DIM)
    found.close()
    with pytest.raises(RuntimeError, match="closed"):
        found.encode(["a"])
    assert "16 languages" in describe_encoder("multilingual")


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (Packaged("no-such-package", "1", "x", ""), "Install the extra 'multilingual'"),
        (Packaged("numpy", "1", "numpy/__init__.py", "0" * 64), "SHA-256"),
    ],
)
def test_a_missing_or_other_file_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, file: Packaged, reason: str
) -> None:
    monkeypatch.setattr(use_encoder, "_WEIGHTS", file)
    with pytest.raises(EncoderUnavailable, match=reason):
        load_use_encoder()
    assert describe_encoder("multilingual").startswith("sentence encoder: none;")
