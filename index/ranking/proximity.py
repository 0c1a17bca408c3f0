"""Proximity: the best window of a text for a query, and which neighbours of the query it has."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

MAX_NEIGHBOUR_DISTANCE = 3  # terms: with a word or two between them

Ints = NDArray[np.int64]
Slots = NDArray[np.int16]
Floats = NDArray[np.float32]


def proximity_gains(k1: float, width: int) -> NDArray[np.float64]:
    """Return what the next occurrence of a word adds in a window of ``width`` terms, per idf.

    float64 [width]: the first, the second and so on, by BM25 without regard to lengths. With a k1
    next to 0 the first adds 1 and the others nothing.
    """
    tf = np.arange(width + 1.0)
    return np.diff(tf * (k1 + 1.0) / (tf + k1))


@compiled(writes=("window",))
def best_proximity_window(
    hits: Ints,
    hit_slots: Slots,
    n_hits: int,
    gains: NDArray[np.float64],
    idf: Floats,
    window: Ints,
) -> float:
    """Return the best BM25 of as many terms in a row as there are ``gains``.

    Parameters
    ----------
    hits
        The ascending positions of content words.
    hit_slots
        The slot of the word at each of ``hits``.
    n_hits
        How many of ``hits`` count.
    gains
        What the next occurrence of a word adds, see ``proximity_gains``.
    idf
        By slot.
    window
        int64 [n_slots], room to count in.
    """
    width = gains.shape[0]
    best, score, first = 0.0, 0.0, 0
    window[:] = 0
    for last in range(n_hits):
        while hits[last] - hits[first] >= width:
            slot = hit_slots[first]
            window[slot] -= 1
            score -= idf[slot] * gains[window[slot]]
            first += 1
        slot = hit_slots[last]
        score += idf[slot] * gains[window[slot]]
        window[slot] += 1
        if score > best:
            best = score
    return best


@compiled
def proximity_pairs(sequence: Slots, content: NDArray[np.bool_], n_slots: int) -> tuple[Slots, int]:
    """Return the number of each pair of content words that follow one another in a query.

    int16 [n_slots, n_slots], symmetric, -1 for no pair; and how many pairs there are. Stop words
    and unknown words between two words do not part them.

    Parameters
    ----------
    sequence
        Query terms in order, by slot.
    content
        Which slots are content words.
    n_slots
        How many slots there are.
    """
    pair_of = np.empty((n_slots, n_slots), np.int16)
    for first in range(n_slots):
        for second in range(n_slots):
            pair_of[first, second] = -1
    n_pairs, before = 0, -1
    for slot in sequence:
        if slot < 0 or not content[slot]:
            continue
        if before >= 0 and before != slot and pair_of[before, slot] < 0:
            pair_of[before, slot] = pair_of[slot, before] = n_pairs
            n_pairs += 1
        before = slot
    return pair_of, n_pairs


@compiled(writes=("seen",))
def mark_proximate_pairs(
    hits: Ints, hit_slots: Slots, n_hits: int, pair_of: Slots, seen: NDArray[np.bool_]
) -> None:
    """Mark in ``seen`` bool [n_pairs] the pairs at most ``MAX_NEIGHBOUR_DISTANCE`` apart.

    Parameters
    ----------
    hits
        Positions of content words of the query in a text, ascending.
    hit_slots
        Which word stands at each.
    n_hits
        How many positions there are.
    pair_of
        Number of each pair of words, -1 for none.
    seen
        Which pairs were found; written.
    """
    seen[:] = False
    for last in range(1, n_hits):
        first = last - 1
        while first >= 0 and hits[last] - hits[first] <= MAX_NEIGHBOUR_DISTANCE:
            pair = pair_of[hit_slots[last], hit_slots[first]]
            if pair >= 0:
                seen[pair] = True
            first -= 1
