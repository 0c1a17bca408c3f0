"""A real, tiny sentence encoder for tests, built where the libraries are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.dense.encoder import Encoder
from index.dense.load_encoder import load_encoder

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"the flu is cured by garlic query: passage:".split()]
DIM = 5


def make_tokenizer(path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="the extra 'neural' is not installed")
    vocabulary = {word: i for i, word in enumerate(WORDS)}
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.enable_padding(length=40)  # as some published ones have it: must not reach the model
    made.save(str(path))


def make_model(
    path: Path, *, quantised: bool = False, extra_input: str = "", table: Any = None
) -> None:
    """Write a model whose token vectors are rows of a table, each raised by its place."""
    pytest.importorskip("onnxruntime", reason="the extra 'neural' is not installed")
    onnx = pytest.importorskip("onnx", reason="the library onnx, to build a model, is missing")
    helper, kinds = onnx.helper, onnx.TensorProto
    if table is None:
        table = np.random.default_rng(0).normal(size=(len(WORDS), DIM)).astype(np.float32)
        table[2] *= 9  # the first token dominates: only the mask and the mean can tell
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["rows"])]
    last = "rows"
    if quantised:  # scale and zero point come from all rows of the batch, as in int8 models
        nodes += [
            helper.make_node("DynamicQuantizeLinear", ["rows"], ["q", "scale", "zero"]),
            helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["coarse"]),
        ]
        last = "coarse"
    nodes.append(helper.make_node("Identity", [last], ["last_hidden_state"]))
    names = ["input_ids", "attention_mask", *([extra_input] if extra_input else [])]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, kinds.INT64, ["n", "length"]) for name in names],
        [helper.make_tensor_value_info("last_hidden_state", kinds.FLOAT, ["n", "length", DIM])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    opset = [helper.make_opsetid("", 17)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()
    )


def make_folder(folder: Path, *, quantised: bool = False, **own: object) -> Path:
    make_model(folder / "onnx" / "model.onnx", quantised=quantised)
    make_tokenizer(folder / "tokenizer.json")
    (folder / "encoder.json").write_text(json.dumps(own))
    return folder


def make_encoder(folder: Path, *, quantised: bool = False, **own: object) -> Encoder:
    encoder = load_encoder(str(make_folder(folder, quantised=quantised, **own)), threads=2)
    assert encoder is not None
    return encoder


def empty_folder(folder: Path, **files: object) -> Path:
    """Return a folder with an empty model; ``a__b`` stands for the file ``a/b.json``."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "onnx" / "model.onnx").touch()
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


# -- pooling
