"""ONNX encoder: the same vector alone and in company, pooling, prefixes, broken models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense.load_encoder import EncoderUnavailable, load_encoder
from index.dense.onnx_encoder import pool_token_vectors
from tests.index.dense.tiny_model import (
    DIM,
    WORDS,
    make_encoder,
    make_folder,
    make_model,
)


def test_the_mean_is_that_of_the_tokens_not_of_the_padding() -> None:
    hidden = np.array([[[1, 2], [3, 6], [99, 99]], [[1, 1], [2, 2], [6, 9]]], np.float32)
    mask = np.array([[1, 1, 0], [1, 1, 1]])
    assert pool_token_vectors(hidden, mask, "mean").tolist() == [[2, 4], [3, 4]]


def test_cls_pooling_takes_the_first_token() -> None:
    hidden = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
    assert pool_token_vectors(hidden, np.ones((2, 3), np.int64), "cls").tolist() == [[0, 1], [6, 7]]


# -- the model


TEXTS = ["the flu", "garlic", "", "is the flu cured by garlic", "  \n ", "by the by " * 30]


@pytest.mark.parametrize("quantised", [False, True])
def test_a_text_has_the_same_vector_alone_as_in_company(tmp_path: Path, quantised: bool) -> None:
    encoder = make_encoder(tmp_path, quantised=quantised)
    together = encoder.encode(TEXTS * 20)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, np.tile(alone, (20, 1)), atol=1e-6)


def test_rows_have_length_1_and_an_empty_text_is_zeros(tmp_path: Path) -> None:
    vectors = make_encoder(tmp_path).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), DIM)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1, 0, 1], atol=1e-6)


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    assert make_encoder(tmp_path).encode([]).shape == (0, DIM)


def test_order_of_the_answer_is_the_order_of_the_texts(tmp_path: Path) -> None:
    encoder = make_encoder(tmp_path)
    texts = ["garlic " * (1 + i % 7) + "flu" for i in range(50)]
    there, back = encoder.encode(texts), encoder.encode(texts[::-1])
    np.testing.assert_allclose(there, back[::-1], atol=1e-6)


def test_pooling_is_that_of_the_folder(tmp_path: Path) -> None:
    texts = ["the flu", "garlic"]
    cls = make_encoder(tmp_path / "cls", pooling="cls").encode(texts)
    mean = make_encoder(tmp_path / "mean", pooling="mean").encode(texts)
    np.testing.assert_allclose(cls[0], cls[1], atol=1e-6)  # both begin with the same token
    assert np.abs(mean[0] - mean[1]).max() > 1e-3


def test_prefixes_are_those_of_the_kind(tmp_path: Path) -> None:
    encoder = make_encoder(tmp_path / "a", query_prefix="query: ", passage_prefix="passage: ")
    plain = make_encoder(tmp_path / "b")
    for kind in ("query", "passage"):
        expected = plain.encode([f"{kind}: flu"])
        np.testing.assert_allclose(encoder.encode(["flu"], kind=kind), expected, atol=1e-6)
    assert not encoder.encode([" "], kind="query").any()  # a prefix alone is no text


def test_what_lies_behind_the_last_token_changes_nothing(tmp_path: Path) -> None:
    encoder = make_encoder(tmp_path, max_tokens=8)
    kept = "flu " * 6
    a, b, c = encoder.encode([kept, kept + "garlic " * 5_000, kept + "by"])
    np.testing.assert_allclose(a, b, atol=1e-6)
    np.testing.assert_allclose(a, c, atol=1e-6)


def test_odd_input_is_encoded_not_refused(tmp_path: Path) -> None:
    odd = ["\x00", "\ud800", "💉💉", "x" * 20_000, "\u202egarlic", "[CLS] [SEP]"]
    vectors = make_encoder(tmp_path).encode(odd)
    assert np.isfinite(vectors).all()


def test_the_name_changes_with_all_that_changes_vectors_and_with_nothing_else(
    tmp_path: Path,
) -> None:
    names = [
        make_encoder(tmp_path / "plain").name,
        make_encoder(tmp_path / "cls", pooling="cls").name,
        make_encoder(tmp_path / "query", query_prefix="q").name,
        make_encoder(tmp_path / "passage", passage_prefix="q").name,
        make_encoder(tmp_path / "tokens", max_tokens=64).name,
        make_encoder(tmp_path / "weights", quantised=True).name,
    ]
    assert len(set(names)) == len(names)
    assert make_encoder(tmp_path / "moved").name == names[0]


def test_a_closed_encoder_says_so(tmp_path: Path) -> None:
    encoder = make_encoder(tmp_path, quantised=True)
    encoder.close()
    with pytest.raises(RuntimeError, match="closed"):
        encoder.encode(["flu"])


def test_a_model_that_asks_for_more_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    make_model(folder / "onnx" / "model.onnx", extra_input="pixels")
    with pytest.raises(EncoderUnavailable, match="'pixels'"):
        load_encoder(str(folder))


def test_a_model_whose_vectors_are_no_numbers_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    make_model(folder / "onnx" / "model.onnx", table=np.full((len(WORDS), DIM), np.nan, np.float32))
    with pytest.raises(EncoderUnavailable, match="does not give one vector"):
        load_encoder(str(folder))


@pytest.mark.parametrize("broken", ["onnx/model.onnx", "tokenizer.json"])
def test_a_broken_file_is_named_in_one_line(tmp_path: Path, broken: str) -> None:
    folder = make_folder(tmp_path)
    (folder / broken).write_text("{not this}")
    with pytest.raises(EncoderUnavailable) as error:
        load_encoder(str(folder))
    assert broken in str(error.value)
    assert "\n" not in str(error.value)


# -- settings and files: no library needed
