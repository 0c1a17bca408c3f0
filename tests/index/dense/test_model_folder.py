"""Folder of a model: the published layout, our own settings, one line for what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.dense.load_encoder import (
    EncoderUnavailable,
    describe_encoder,
    find_encoder_files,
    load_encoder,
)
from tests.index.dense.tiny_model import (
    empty_folder,
)


def test_a_folder_in_the_published_layout_is_read(tmp_path: Path) -> None:
    folder = empty_folder(
        tmp_path,
        **{"1_Pooling__config": {"pooling_mode_cls_token": True, "word_embedding_dimension": 5}},
        config_sentence_transformers={"prompts": {"query": "q: ", "document": "d: "}},
        sentence_bert_config={"max_seq_length": 64},
        modules=[{"type": "sentence_transformers.models.Pooling"}],
    )
    files = find_encoder_files(str(folder))
    assert files is not None
    assert (files.pooling, files.max_tokens) == ("cls", 64)
    assert (files.query_prefix, files.passage_prefix) == ("q: ", "d: ")
    assert files.model == folder / "onnx" / "model.onnx"


def test_our_own_file_has_the_last_word(tmp_path: Path) -> None:
    own = {"pooling": "mean", "query_prefix": "", "passage_prefix": "p ", "max_tokens": 200}
    folder = empty_folder(
        tmp_path, encoder=own, **{"1_Pooling__config": {"pooling_mode_cls_token": True}},
        config_sentence_transformers={"prompts": {"query": "q: "}},
    )  # fmt: skip
    files = find_encoder_files(str(folder))
    assert files is not None
    assert {key: getattr(files, key) for key in own} == own


def test_of_several_models_one_must_be_named(tmp_path: Path) -> None:
    folder = empty_folder(tmp_path)
    (folder / "onnx" / "model.onnx").rename(folder / "onnx" / "model_a.onnx")
    only = find_encoder_files(str(folder))
    assert only is not None
    assert only.model.name == "model_a.onnx"
    (folder / "onnx" / "model_b.onnx").touch()
    with pytest.raises(EncoderUnavailable, match="2 models"):
        find_encoder_files(str(folder))
    empty_folder(tmp_path, encoder={"model": "onnx/model_b.onnx"})
    (folder / "onnx" / "model.onnx").unlink()
    named = find_encoder_files(str(folder))
    assert named is not None
    assert named.model == folder / "onnx" / "model_b.onnx"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"encoder": "{"}, "not JSON"),
        ({"encoder": "[" * 100_000}, "not JSON"),
        ({"encoder": [1]}, "not as expected"),
        ({"encoder": {"pooling": "max"}}, "mean or cls"),
        ({"encoder": {"pooling": ["mean"]}}, "mean or cls"),
        ({"encoder": {"max_tokens": True}}, "8 to 512"),
        ({"encoder": {"max_tokens": 100_000}}, "8 to 512"),
        ({"encoder": {"query_prefix": 7}}, "prefix"),
        ({"encoder": {"passage_prefix": "x" * 2_000}}, "prefix"),
        ({"encoder": {"prefix": "x"}}, "unknown key 'prefix'"),
        ({"encoder": {"model": "../elsewhere.onnx"}}, "within this folder"),
        ({"encoder": {"model": "\x00"}}, "within this folder"),
        ({"encoder": {"model": 7}}, "within this folder"),
        ({"1_Pooling__config": {"pooling_mode_lasttoken": True}}, "lasttoken"),
        ({"modules": [{"type": "sentence_transformers.models.Dense"}]}, "Dense"),
    ],
)
def test_a_wrong_configuration_gets_one_line(
    tmp_path: Path, files: dict[str, object], said: str
) -> None:
    folder = empty_folder(tmp_path, **files)
    with pytest.raises(EncoderUnavailable) as error:
        find_encoder_files(str(folder))
    assert said in str(error.value)
    assert str(tmp_path) in str(error.value)
    assert "\n" not in str(error.value)
    assert describe_encoder(str(folder)) == f"sentence encoder: none; {error.value}"


@pytest.mark.parametrize("setting", ["/no/such/folder", "\x00", "x" * 5_000, "~nobody~/x"])
def test_a_folder_that_is_not_there_gets_one_line(setting: str) -> None:
    with pytest.raises(EncoderUnavailable) as error:
        load_encoder(setting)
    assert "\n" not in str(error.value)
