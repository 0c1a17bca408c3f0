"""An encoder's folder in the sentence-transformers ONNX layout.

Read are ``onnx/model.onnx``, ``tokenizer.json`` and, where they are, ``1_Pooling/config.json``,
``config_sentence_transformers.json``, ``sentence_bert_config.json`` and ``modules.json``. An
``encoder.json`` of ours has the last word: ``{"model", "pooling", "query_prefix",
"passage_prefix", "max_tokens"}``, all optional.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from index.dense.model_files import (
    DEFAULT_MAX_TOKENS,
    EncoderFiles,
    EncoderUnavailable,
    Pooling,
    bounded_model_file,
)

POOLINGS = ("mean", "cls")
MAX_TOKENS = 512  # what encoders of this kind were trained with at most

_MAX_CONFIG_BYTES = 1 << 20
_MAX_PREFIX = 1_000  # characters
_OWN_KEYS = ("max_tokens", "passage_prefix", "pooling", "query_prefix")


def model_folder_files(folder: Path) -> EncoderFiles:
    """Return the files in ``folder`` and how to use them; model and tokenizer are not read yet.

    Raises
    ------
    EncoderUnavailable
        There is no such folder or model, or a configuration asks for what cannot be done.
    """
    if not _is_file_in_folder(folder, folder=True):
        raise EncoderUnavailable(
            f"{folder}: there is no such folder. Name a folder with a model in ONNX form and its "
            "tokenizer.json, or set the encoder to auto or none"
        )
    own = _config_in_folder(folder / "encoder.json")
    found = EncoderFiles(
        label=folder.resolve().name,
        model=_model_in_folder(folder, own.get("model")),
        tokenizer=folder / "tokenizer.json",
        pooling=_pooling_of_model_folder(folder),
    )
    _refuse_layers_after_pooling(folder)
    prompts = _config_in_folder(folder / "config_sentence_transformers.json").get("prompts")
    prompts = prompts if isinstance(prompts, dict) else {}
    trained = _config_in_folder(folder / "sentence_bert_config.json").get("max_seq_length")
    limit = trained if isinstance(trained, int) and 0 < trained <= MAX_TOKENS else MAX_TOKENS
    found = replace(
        found,
        query_prefix=prompts.get("query") or "",
        passage_prefix=prompts.get("passage") or prompts.get("document") or "",
        max_tokens=min(DEFAULT_MAX_TOKENS, limit),
    )
    unknown = sorted(set(own) - {"model", *_OWN_KEYS})
    if unknown:
        raise EncoderUnavailable(
            f"{folder / 'encoder.json'}: unknown key {unknown[0]!r}. "
            f"Known are model, {', '.join(_OWN_KEYS)}"
        )
    return _checked_model_folder(
        replace(found, **{k: v for k, v in own.items() if k in _OWN_KEYS}), folder
    )


def _is_file_in_folder(path: Path, *, folder: bool = False) -> bool:
    """Return whether there is such a file; a path that the system refuses is none."""
    try:
        return path.is_dir() if folder else path.is_file()
    except (OSError, ValueError):
        return False


def _checked_model_folder(files: EncoderFiles, folder: Path) -> EncoderFiles:
    """Return ``files`` where every value taken from the folder is of its kind and in bounds."""
    tokens: object = files.max_tokens
    prefixes: tuple[object, object] = (files.query_prefix, files.passage_prefix)
    if files.pooling not in POOLINGS:
        reason = f"pooling {files.pooling!r} is not known; it may be {' or '.join(POOLINGS)}"
    elif type(tokens) is not int or not 8 <= tokens <= MAX_TOKENS:
        reason = f"max_tokens must be a whole number from 8 to {MAX_TOKENS}, not {tokens!r}"
    elif not all(isinstance(prefix, str) and len(prefix) <= _MAX_PREFIX for prefix in prefixes):
        reason = f"a prefix must be a text of at most {_MAX_PREFIX} characters"
    else:
        return files
    raise EncoderUnavailable(f"{folder}: {reason}. Put it right in encoder.json in this folder")


def _model_in_folder(folder: Path, named: object) -> Path:
    """Return the model's file: the one named, else ``model.onnx``, else the only one there is."""
    if named is not None:
        # By its letters, not resolved: published folders often are links to files elsewhere.
        inside = isinstance(named, str) and not Path(named).is_absolute()
        if (
            not inside
            or ".." in Path(str(named)).parts
            or not _is_file_in_folder(folder / str(named))
        ):
            raise EncoderUnavailable(
                f"{folder / 'encoder.json'}: there is no model {named!r} within this folder. "
                "Name a file that is, or leave the name out"
            )
        return folder / str(named)
    places = (folder / "onnx", folder)
    for place in places:
        if (place / "model.onnx").is_file():
            return place / "model.onnx"
    found = [path for place in places for path in sorted(place.glob("*.onnx"))]
    if len(found) == 1:
        return found[0]
    count = "no model" if not found else f"{len(found)} models, none of them model.onnx,"
    raise EncoderUnavailable(
        f"{folder}: {count} in ONNX form here or in the folder onnx within. "
        'Put one there, or name it in encoder.json: {"model": "onnx/…"}'
    )


def _pooling_of_model_folder(folder: Path) -> Pooling:
    """Return the pooling the model was trained with; mean where nothing says so."""
    config = _config_in_folder(folder / "1_Pooling" / "config.json")
    newer = config.get("pooling_mode")
    if isinstance(newer, str):
        return cast(Pooling, newer)  # its value is looked at with all the others
    modes = [key for key, value in config.items() if key.startswith("pooling_mode_") and value]
    names = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    if not modes:
        return "mean"
    return cast(Pooling, names.get(modes[0], modes[0]) if len(modes) == 1 else "+".join(modes))


def _refuse_layers_after_pooling(folder: Path) -> None:
    """Raise where layers come after pooling that would be left out: the vectors would be wrong."""
    for layer in _config_in_folder(folder / "modules.json", list):
        kind = str(layer.get("type", "")).rpartition(".")[2] if isinstance(layer, dict) else ""
        if kind not in ("", "Transformer", "Pooling", "Normalize"):
            raise EncoderUnavailable(
                f"{folder / 'modules.json'}: the layer {kind} cannot be computed here. "
                "Take a model that ends with pooling"
            )


def _config_in_folder(path: Path, kind: type[Any] = dict) -> Any:
    """Return the JSON in ``path``, an empty ``kind`` where there is no such file."""
    if not path.is_file():
        return kind()
    try:
        value = json.loads(bounded_model_file(path, _MAX_CONFIG_BYTES))
    except (ValueError, RecursionError) as error:
        raise EncoderUnavailable(f"{path}: not JSON ({error}). Mend it or remove it") from None
    if not isinstance(value, kind):
        raise EncoderUnavailable(f"{path}: not as expected inside. Mend it or remove it")
    return value
