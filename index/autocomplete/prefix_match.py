"""Prefix matching of completions: which entries hold every typed word or a word it is a prefix of.

Entries are numbered by rank, so the first that match are the best that match and a loop may stop
there. ``starts``/``words`` hold the word numbers of entry e, in order, at
``words[starts[e]:starts[e + 1]]``; words are numbered by the alphabet, so a prefix is a range.
``allowed`` uint32 [n_words] has bit j set where a word may stand for typed word j.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

Bits = NDArray[np.uint32]
Numbers = NDArray[np.int32]
Starts = NDArray[np.int64]

MAX_WORDS = 16  # of what is typed: bits of ``allowed`` that are used


@compiled(writes=("allowed",))
def match_mistyped_prefix(
    allowed: Bits, bit: int, typed: Bits, units: Bits, starts: Starts
) -> None:
    """Set ``bit`` for each word that begins with ``typed`` but for one error.

    An error is a letter added, lost or replaced, or two neighbours swapped. ``typed`` has at least
    3 letters; word w has the letters ``units[starts[w]:starts[w + 1]]``.

    Parameters
    ----------
    allowed
        Per word of the vocabulary a bit for each typed word, uint32 [n_words]; written.
    bit
        The bit of this typed word.
    typed
        Its letters.
    units
        Letters of all words, one after the other.
    starts
        Where the letters of each word begin, [n_words + 1].
    """
    mask = np.uint32(1 << bit)
    shortest = max(len(typed) - 1, 2)
    for w in range(len(allowed)):
        begin, end = starts[w], starts[w + 1]
        if end - begin < shortest:
            continue
        first, second = units[begin], units[begin + 1]
        # With one error, a letter of the first two is still where it was or one place away.
        if first != typed[0] and first != typed[1] and second != typed[0] and second != typed[1]:
            continue
        if _is_mistyped_prefix(typed, units[begin:end]):
            allowed[w] |= mask


@compiled
def _is_mistyped_prefix(typed: Bits, word: Bits) -> bool:
    same = 0
    while same < min(len(typed), len(word)) and typed[same] == word[same]:
        same += 1
    if len(typed) - same <= 1:  # nothing is wrong, or only the last letter
        return True
    if same == len(word):
        return False
    swapped = (
        same + 1 < len(word) and typed[same] == word[same + 1] and typed[same + 1] == word[same]
    )
    if swapped and _is_prefix(typed, same + 2, word, same + 2):
        return True
    return (
        _is_prefix(typed, same + 1, word, same + 1)  # replaced
        or _is_prefix(typed, same + 1, word, same)  # added
        or _is_prefix(typed, same, word, same + 1)  # lost
    )


@compiled
def _is_prefix(typed: Bits, i: int, word: Bits, j: int) -> bool:
    """Return whether ``word[j:]`` begins with ``typed[i:]``."""
    if len(word) - j < len(typed) - i:
        return False
    for step in range(len(typed) - i):  # noqa: SIM110 (numba compiles no generator)
        if typed[i + step] != word[j + step]:
            return False
    return True


@compiled
def _rarest_typed_prefix(allowed: Bits, n_typed: int, posting_starts: Starts) -> np.uint32:
    """Return the typed word that the fewest entries hold."""
    holding = np.zeros(n_typed, np.int64)
    for w in range(len(allowed)):
        if allowed[w]:
            for j in range(n_typed):
                if (allowed[w] >> np.uint32(j)) & 1:
                    holding[j] += posting_starts[w + 1] - posting_starts[w]
    return np.uint32(np.argmin(holding))


@compiled
def first_prefix_matches(
    allowed: Bits,
    n_typed: int,
    limit: int,
    starts: Starts,
    words: Numbers,
    posting_starts: Starts,
    postings: Numbers,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the entries that hold every typed word: in the typed order, and in any other.

    Each at most ``limit``, best first; when the first is full the second may be incomplete. The
    entries of word w are ``postings[posting_starts[w]:posting_starts[w + 1]]``.

    Parameters
    ----------
    allowed
        Per word of the vocabulary a bit for each typed word, uint32 [n_words].
    n_typed
        How many words were typed.
    limit
        How many entries of each kind are wanted.
    starts
        Where the words of each entry begin, [n_entries + 1].
    words
        Word numbers of all entries, one after the other.
    posting_starts
        Where the entries of each word begin, [n_words + 1].
    postings
        Entries that hold each word.
    """
    rarest = _rarest_typed_prefix(allowed, n_typed, posting_starts)
    candidate = np.zeros(len(starts) - 1, np.uint8)
    for w in range(len(allowed)):
        if (allowed[w] >> rarest) & 1:
            for p in range(posting_starts[w], posting_starts[w + 1]):
                candidate[postings[p]] = 1
    in_order = np.empty(limit, np.int64)
    otherwise = np.empty(limit, np.int64)
    n_in_order = 0
    n_otherwise = 0
    everything = np.uint32((1 << n_typed) - 1)
    for entry in range(len(candidate)):
        if not candidate[entry]:
            continue
        held = np.uint32(0)
        next_typed = 0
        for p in range(starts[entry], starts[entry + 1]):
            here = allowed[words[p]]
            held |= here
            if next_typed < n_typed and (here >> np.uint32(next_typed)) & 1:
                next_typed += 1
        if next_typed == n_typed:
            in_order[n_in_order] = entry
            n_in_order += 1
            if n_in_order == limit:
                break
        elif held == everything and n_otherwise < limit:
            otherwise[n_otherwise] = entry
            n_otherwise += 1
    return in_order[:n_in_order], otherwise[:n_otherwise]


@compiled
def first_not_before(key: Numbers, by_text: Numbers, starts: Starts, words: Numbers) -> int:
    """Return the first position of ``by_text`` whose entry does not sort before ``key``.

    ``by_text`` holds the entries in the order of their word numbers.

    Parameters
    ----------
    key
        Word numbers, compared one by one.
    by_text
        Entries in the order of their word numbers.
    starts
        Where the words of each entry begin, [n_entries + 1].
    words
        Word numbers of all entries, one after the other.
    """
    low = 0
    high = len(by_text)
    while low < high:
        middle = (low + high) >> 1
        begin = starts[by_text[middle]]
        length = starts[by_text[middle] + 1] - begin
        before = length < len(key)  # a text that the key goes on from sorts before it
        for i in range(min(length, len(key))):
            if words[begin + i] != key[i]:
                before = words[begin + i] < key[i]
                break
        if before:
            low = middle + 1
        else:
            high = middle
    return low
