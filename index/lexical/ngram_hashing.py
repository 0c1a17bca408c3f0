"""Hashed character n-grams: the n-grams of words, each as one of 2^18 buckets.

The buckets are those of scikit-learn's ``HashingVectorizer`` with the analyser ``char_wb`` and
n-grams of 3 to 5 characters, in one compiled pass: no vocabulary to keep, a new article needs no
new fit, and neither search nor build has to import scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

N_BUCKETS = 1 << 18
MIN_N, MAX_N = 3, 5  # characters of an n-gram

Bytes = NDArray[np.uint8]
Buckets = NDArray[np.uint32]
Ends = NDArray[np.int64]


def ngram_buckets(texts: Sequence[str]) -> tuple[Buckets, Ends]:
    """Return the bucket of each n-gram of ``texts``, uint32, and where each text ends.

    ``texts`` are words with one space between. The ends are int64 [n_texts]. A word has a space
    before and behind it, which belong to its n-grams; one too short for n-grams of some length is
    an n-gram as a whole. An n-gram that occurs several times is there as often.
    """
    encoded = [f" {text} ".encode("utf-8", "surrogatepass") for text in texts]
    data = np.frombuffer(b"".join(encoded) or b" ", np.uint8)
    ends = np.cumsum([len(text) for text in encoded], dtype=np.int64)
    # A character begins at most one n-gram of each length.
    buckets = np.empty((MAX_N - MIN_N + 1) * len(data), np.uint32)
    bucket_ends = np.empty(len(texts), np.int64)
    n = _hash_ngrams(data, ends, np.empty(len(data) + 1, np.int64), buckets, bucket_ends)
    return buckets[:n], bucket_ends


@compiled(writes=("characters", "buckets", "bucket_ends"))
def _hash_ngrams(
    data: Bytes, ends: Ends, characters: Ends, buckets: Buckets, bucket_ends: Ends
) -> int:
    """Hash the n-grams of all words; ``characters`` is room for where characters begin."""
    n, begin = 0, 0
    for text in range(ends.shape[0]):
        n_characters = 0
        for at in range(begin, ends[text]):
            if data[at] & 0xC0 == 0x80:  # not the first byte of a character
                continue
            characters[n_characters] = at
            n_characters += 1
            if data[at] == 32:
                if n_characters > 2:  # the spaces around a word, and the word
                    characters[n_characters] = at + 1
                    n = _hash_word(data, characters, n_characters, buckets, n)
                characters[0] = at  # the next word begins with this space
                n_characters = 1
        begin = ends[text]
        bucket_ends[text] = n
    return n


@compiled(writes=("buckets",))
def _hash_word(data: Bytes, characters: Ends, n_characters: int, buckets: Buckets, n: int) -> int:
    for size in range(MIN_N, MAX_N + 1):
        last = max(n_characters - size, 0)
        for first in range(last + 1):
            end = min(first + size, n_characters)
            buckets[n] = _hash_bucket(data, characters[first], characters[end])
            n += 1
        if last == 0:  # the word as a whole, which is counted once
            break
    return n


@compiled
def _hash_bucket(data: Bytes, begin: int, end: int) -> np.uint32:
    """Return the bucket of ``data[begin:end]``: MurmurHash3 (A. Appleby) of 32 bits, seed 0."""
    key = np.uint32(0)
    n_blocks = (end - begin) // 4
    for block in range(n_blocks):
        at = begin + 4 * block
        word = (
            np.uint32(data[at])
            | np.uint32(data[at + 1]) << np.uint32(8)
            | np.uint32(data[at + 2]) << np.uint32(16)
            | np.uint32(data[at + 3]) << np.uint32(24)
        )
        key ^= _scrambled_hash(np.uint32(word))
        key = _rotated_hash(key, 13)
        key = np.uint32(key * np.uint32(5) + np.uint32(0xE6546B64))
    rest, left = np.uint32(0), (end - begin) % 4
    for i in range(left):
        rest |= np.uint32(data[begin + 4 * n_blocks + i]) << np.uint32(8 * i)
    if left:
        key ^= _scrambled_hash(np.uint32(rest))
    key ^= np.uint32(end - begin)
    key ^= key >> np.uint32(16)
    key = np.uint32(key * np.uint32(0x85EBCA6B))
    key ^= key >> np.uint32(13)
    key = np.uint32(key * np.uint32(0xC2B2AE35))
    key ^= key >> np.uint32(16)
    signed = np.int64(np.int32(key))  # scikit-learn takes the absolute value of a signed hash
    return np.uint32(abs(signed) % N_BUCKETS)


@compiled
def _scrambled_hash(word: np.uint32) -> np.uint32:
    word = np.uint32(word * np.uint32(0xCC9E2D51))
    return np.uint32(_rotated_hash(word, 15) * np.uint32(0x1B873593))


@compiled
def _rotated_hash(word: np.uint32, bits: int) -> np.uint32:
    return np.uint32((word << np.uint32(bits)) | (word >> np.uint32(32 - bits)))
