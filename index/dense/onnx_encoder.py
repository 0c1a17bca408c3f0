"""A sentence encoder in ONNX form, run on the processor.

The law that shapes this file: a text gets the same vector alone as in company. Models that
quantise their activations measure the whole batch for it, so company changes a vector (cosine
down to .982); they get one text at a time: many texts side by side, each on one thread, and a
single one, for which somebody waits, on all of them.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.cpu import cpu_count
from index.dense.encoder import Kind, Matrix
from index.dense.model_files import EncoderFiles, EncoderUnavailable, Pooling, without_model_library

_FORMAT = 1  # of the vectors: raise it when the same files begin to give other ones
_BATCH = 16  # texts per run: 4 are slower, 64 are no faster
_CHUNK = 1_024  # texts that are tokenised and sorted by length together: bounds the memory
_MAX_CHARACTERS_PER_TOKEN = 16  # far above any language; what lies behind cannot reach the model
_COMPANY = 1e-4  # by how much a vector may differ in company; quantised activations: .03
_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_PROBES = ("A short one", "Is it true that this text, which is longer, changes the one beside it?")


class OnnxEncoder:
    """An encoder in ONNX form with its tokeniser, on the processor. See ``Encoder``."""

    def __init__(self, files: EncoderFiles, *, threads: int = 0) -> None:
        model, tokenizer = files.read()
        self._files = files
        self._threads = threads if threads > 0 else cpu_count()
        self.name = _onnx_encoder_name(files, model, tokenizer)
        self._tokenizer = _open_onnx_tokenizer(files, tokenizer)
        padding = self._tokenizer.padding or {}
        self._pad = int(padding.get("pad_id", 0))
        self._tokenizer.no_padding()
        self._workers: ThreadPoolExecutor | None = None
        self._session: Any = _open_onnx_session(files, model, self._threads)
        self._one_thread: Any = None
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.dim, keeps_company = self._probe_onnx_session()
        if not keeps_company:
            self._one_thread = _open_onnx_session(files, model, 1)
            self._workers = ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        """Return one row for each text, float32 [n, dim], of length 1; zeros for an empty text."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        session, one_thread = self._open_onnx_sessions()
        for start in range(0, len(texts), _CHUNK):
            tokens = self._encoder_token_ids(texts[start : start + _CHUNK], kind)
            alone = self._workers is not None
            batches = list(_encoder_batches(tokens, 1 if alone else _BATCH))
            rows = [[tokens[i] for i in batch] for batch in batches]
            if self._workers is not None and len(rows) > 1:
                found = self._workers.map(partial(self._run_onnx_session, one_thread), rows)
            else:
                found = map(partial(self._run_onnx_session, session), rows)
            for batch, part in zip(batches, found, strict=True):
                vectors[[start + i for i in batch]] = part
        return vectors

    def close(self) -> None:
        """Give the memory back. Calls that are under way come to their end."""
        self._session = self._one_thread = None
        if self._workers is not None:
            self._workers.shutdown(wait=False)

    def _open_onnx_sessions(self) -> tuple[Any, Any]:
        sessions = self._session, self._one_thread
        if sessions[0] is None:
            raise RuntimeError("this encoder was closed")
        return sessions

    def _encoder_token_ids(self, texts: Sequence[str], kind: Kind) -> list[list[int]]:
        """Return the token ids of each text, at most ``max_tokens``; none for an empty text."""
        prefix = self._files.query_prefix if kind == "query" else self._files.passage_prefix
        letters = self._files.max_tokens * _MAX_CHARACTERS_PER_TOKEN
        clean = [_clean_encoder_input(text[:letters]) for text in texts]
        encodings = self._tokenizer.encode_batch([prefix + text for text in clean])
        return [
            encoding.ids if text and not all(encoding.special_tokens_mask) else []
            for text, encoding in zip(clean, encodings, strict=True)
        ]

    def _run_onnx_session(self, session: Any, rows: Sequence[Sequence[int]]) -> Matrix:
        """Return float32 [n, dim] for ``n`` rows of token ids, none of them empty."""
        shape = (len(rows), max(map(len, rows)))
        ids, mask = np.full(shape, self._pad, np.int64), np.zeros(shape, np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = session.run(None, {key: feeds[key] for key in self._inputs})[0]
        return _unit_length_embeddings(
            pool_token_vectors(output, mask, self._files.pooling) if output.ndim == 3 else output
        )

    def _probe_onnx_session(self) -> tuple[int, bool]:
        """Return the length of a vector, and whether a text keeps its vector in company."""
        label = self._files.label
        if not self._inputs <= _INPUTS:
            unknown = sorted(self._inputs - _INPUTS)[0]
            raise EncoderUnavailable(
                f"{label}: the model asks for the input {unknown!r}, which this program does not "
                "have. Take another sentence encoder"
            )
        tokens = self._encoder_token_ids(_PROBES, "passage")
        try:
            together = self._run_onnx_session(self._session, tokens)
            alone = np.vstack([self._run_onnx_session(self._session, [row]) for row in tokens])
        except Exception as error:  # the runtime raises many kinds, all of them about the model
            raise EncoderUnavailable(
                f"{label}: the model cannot be run ({_onnx_error_line(error)}). "
                "Take another sentence encoder"
            ) from None
        if together.ndim != 2 or not np.allclose(np.linalg.norm(alone, axis=1), 1.0, atol=1e-3):
            raise EncoderUnavailable(
                f"{label}: the model does not give one vector for a text. "
                "Take another sentence encoder"
            )
        return together.shape[1], bool(np.abs(together - alone).max() <= _COMPANY)


def pool_token_vectors(hidden: Matrix, mask: NDArray[np.int64], pooling: Pooling) -> Matrix:
    """Return float32 [n, dim], one vector per text, from one per token.

    Parameters
    ----------
    hidden
        [n, length, dim], what the model says of each token.
    mask
        [n, length], 1 for a token, 0 for what only fills the row up.
    pooling
        ``cls``: the first token speaks for all; ``mean``: all tokens do.
    """
    if pooling == "cls":
        return hidden[:, 0].astype(np.float32)
    weights = mask[..., None].astype(np.float32)
    total = (hidden * weights).sum(axis=1, dtype=np.float32)
    return np.asarray(total / np.maximum(weights.sum(axis=1), 1.0), np.float32)


def _unit_length_embeddings(rows: Matrix) -> Matrix:
    """Return the rows with length 1; a row of zeros, or with what is no number, becomes zeros."""
    rows = np.nan_to_num(rows, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), np.float32)


def _encoder_batches(tokens: Sequence[Sequence[int]], size: int) -> Iterator[list[int]]:
    """Yield positions, texts of like length together: padding costs as much as words do."""
    order = sorted((i for i, ids in enumerate(tokens) if ids), key=lambda i: len(tokens[i]))
    for start in range(0, len(order), size):
        yield order[start : start + size]


def _clean_encoder_input(text: str) -> str:
    """Return ``text`` with single spaces, without halves of surrogate pairs."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _onnx_encoder_name(files: EncoderFiles, model: bytes, tokenizer: bytes) -> str:
    """Return a name that changes with everything that changes a vector."""
    parts = [files.pooling, files.query_prefix, files.passage_prefix, files.max_tokens]
    settings = json.dumps([_FORMAT, *parts]).encode()
    digest = hashlib.sha256(
        b"".join(hashlib.sha256(part).digest() for part in (model, tokenizer, settings))
    )
    return f"onnx-{files.pooling}-{files.max_tokens}-{digest.hexdigest()[:16]}"


def _open_onnx_tokenizer(files: EncoderFiles, content: bytes) -> Any:
    library = _import_onnx_library("tokenizers")
    try:
        tokenizer = library.Tokenizer.from_str(content.decode("utf-8"))
        tokenizer.enable_truncation(files.max_tokens)
    except Exception as error:  # the library raises plain Exception
        raise EncoderUnavailable(
            f"{files.tokenizer}: not a tokenizer ({_onnx_error_line(error)}). "
            "Put the tokenizer.json of the model there"
        ) from None
    return tokenizer


def _open_onnx_session(files: EncoderFiles, model: bytes, threads: int) -> Any:
    runtime = _import_onnx_library("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only: they are raised as well
    # Threads that spin while they wait win 1 ms in 10, and take it from all others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises many kinds, all of them about the model
        raise EncoderUnavailable(
            f"{files.model}: not a model that can be run ({_onnx_error_line(error)}). "
            "Put a sentence encoder in ONNX form there"
        ) from None


def _import_onnx_library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise without_model_library(name) from None


def _onnx_error_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
