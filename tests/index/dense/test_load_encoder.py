"""Loading an encoder: by setting, or one line that says what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from index.dense.encoder import Encoder
from index.dense.load_encoder import EncoderUnavailable, describe_encoder, load_encoder
from tests.index.dense.tiny_model import (
    empty_folder,
)


def test_none_is_no_encoder() -> None:
    assert load_encoder("none") is None
    assert describe_encoder("none") == "sentence encoder: none, as set"


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: str
) -> None:
    folder = empty_folder(tmp_path, tokenizer="{}")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # as if none were installed
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    if library == "tokenizers":
        monkeypatch.setitem(sys.modules, "onnxruntime", pytest)  # any module: it is not reached
    with pytest.raises(EncoderUnavailable, match="Install the extra 'neural'"):
        load_encoder(str(folder))
    assert f"needs the library {library}" in describe_encoder(str(folder))


# -- the encoder of the extra


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    try:
        encoder = load_encoder("auto")
    except EncoderUnavailable as error:
        pytest.skip(str(error))
    assert encoder is not None
    return encoder


def test_the_shipped_encoder_knows_what_means_the_same(shipped: Encoder) -> None:
    question, same, other = shipped.encode(
        ["Can garlic cure influenza?", "Does eating garlic heal the flu?", "Who owns the bridge?"]
    )
    assert question @ same > 0.7
    assert question @ other < 0.3


def test_the_shipped_encoder_keeps_vectors_in_company(shipped: Encoder) -> None:
    texts = ["Is tap water safe?", "No.", "A longer sentence about many a thing. " * 12]
    alone = np.vstack([shipped.encode([text]) for text in texts])
    np.testing.assert_allclose(shipped.encode(texts * 9), np.tile(alone, (9, 1)), atol=1e-3)
