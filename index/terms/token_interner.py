"""Token interning: texts as the numbers of their white-space tokens, in one pass over their bytes.

Most pieces come again and again, and to know one by its number is several times as fast as to look
it up as a string (benchmarks/README.md).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from random import getrandbits
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

EMPTY_SLOT = -1  # in ``slots``
INITIAL_CAPACITY = 1 << 10  # tokens, and bytes of them; it grows

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
T = TypeVar("T", bound=np.generic)


class TokenInterner:
    """Piece → number, in order of first appearance, starting with 0.

    A hash table with linear probing, at most half full. The hash is FNV-1a of the UTF-8 bytes,
    begun with a random number, so that no feed can be made of pieces that all collide; pieces are
    compared byte by byte, so a collision costs time and changes nothing.
    """

    def __init__(self) -> None:
        self._seed = np.uint64(getrandbits(64))
        self._n = 0
        self._slots = np.full(2 * INITIAL_CAPACITY, EMPTY_SLOT, np.int32)
        self._hashes = np.empty(INITIAL_CAPACITY, np.uint64)
        self._starts = np.zeros(INITIAL_CAPACITY + 1, np.int64)  # of each piece in ``_letters``
        self._letters = np.empty(INITIAL_CAPACITY, np.uint8)

    def __len__(self) -> int:
        return self._n

    def number(self, texts: Sequence[str]) -> tuple[Numbers, Ints]:
        """Return the numbers of the pieces of all ``texts``, int32, and where each text ends.

        The latter is int64 [n_texts]. Tokens that were not met before get the next numbers.
        """
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        data = np.frombuffer(b"".join(encoded), np.uint8)
        ends = np.cumsum([len(text) for text in encoded], dtype=np.int64)
        most = len(data) // 2 + len(texts)  # pieces: a letter and a space, and one more a text
        self._make_interner_room(self._n + most, int(self._starts[self._n]) + len(data))
        numbers = np.empty(most, np.int32)
        piece_ends = np.empty(len(texts), np.int64)
        self._n = _intern_tokens(
            data,
            ends,
            self._seed,
            self._n,
            self._slots,
            self._hashes,
            self._starts,
            self._letters,
            numbers,
            piece_ends,
        )
        return numbers[: piece_ends[-1] if len(texts) else 0], piece_ends

    def since(self, number: int) -> Iterator[str]:
        """Yield the pieces from ``number`` on."""
        starts = self._starts[number : self._n + 1].tolist()
        letters = self._letters[starts[0] : starts[-1]].tobytes()
        for start, end in itertools.pairwise(starts):
            yield letters[start - starts[0] : end - starts[0]].decode("utf-8", "surrogatepass")

    def _make_interner_room(self, n_pieces: int, n_letters: int) -> None:
        self._hashes = _longer_interner_array(self._hashes, n_pieces)
        self._starts = _longer_interner_array(self._starts, n_pieces + 1)
        self._letters = _longer_interner_array(self._letters, n_letters)
        if 2 * n_pieces > len(self._slots):
            size = 1 << (2 * n_pieces).bit_length()
            self._slots = np.full(size, EMPTY_SLOT, np.int32)
            _interner_slot(self._hashes[: self._n], self._slots)


def _longer_interner_array(array: NDArray[T], size: int) -> NDArray[T]:
    if size <= len(array):
        return array
    longer = np.empty(max(size, 2 * len(array)), array.dtype)
    longer[: len(array)] = array
    return longer


@compiled(writes=("slots",))
def _interner_slot(hashes: NDArray[np.uint64], slots: Numbers) -> None:
    mask = np.uint64(slots.shape[0] - 1)
    for number in range(hashes.shape[0]):
        slot = hashes[number] & mask
        while slots[slot] != EMPTY_SLOT:
            slot = (slot + np.uint64(1)) & mask
        slots[slot] = number


@compiled(writes=("slots", "hashes", "starts", "letters", "numbers", "piece_ends"))
def _intern_tokens(
    data: Bytes,
    ends: Ints,
    seed: np.uint64,
    n: int,
    slots: Numbers,
    hashes: NDArray[np.uint64],
    starts: Ints,
    letters: Bytes,
    numbers: Numbers,
    piece_ends: Ints,
) -> int:
    mask = np.uint64(slots.shape[0] - 1)
    at, n_numbers = 0, 0
    for text in range(ends.shape[0]):
        end = ends[text]
        while at < end:
            if _is_token_space(data[at]):
                at += 1
                continue
            begin, key = at, seed
            while at < end and not _is_token_space(data[at]):
                key = (key ^ np.uint64(data[at])) * np.uint64(0x100000001B3)
                at += 1
            key ^= key >> np.uint64(32)  # the low bits choose the slot
            size, slot = at - begin, key & mask
            while True:
                number = slots[slot]
                if number == EMPTY_SLOT:
                    number = slots[slot] = n
                    hashes[n] = key
                    start = starts[n]
                    for i in range(size):
                        letters[start + i] = data[begin + i]
                    n += 1
                    starts[n] = start + size
                    break
                start = starts[number]
                if starts[number + 1] - start == size:
                    same = 0
                    while same < size and letters[start + same] == data[begin + same]:
                        same += 1
                    if same == size:
                        break
                slot = (slot + np.uint64(1)) & mask
            numbers[n_numbers] = number
            n_numbers += 1
        piece_ends[text] = n_numbers
    return n


@compiled
def _is_token_space(letter: int) -> bool:
    """Tell white space of one byte, at which the white space of Unicode need not be parted too."""
    return letter == 32 or 9 <= letter <= 13
