"""Phrase overlap: runs of query terms that a text repeats word for word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Slots = NDArray[np.int16]


MET_AT, LENGTH, REACHED = range(3)
RUN_ROWS = 3
"""The rows of ``runs``: for each place in the query, the position where its term was met last, the
length of the run that ended there, and the greatest length so far."""


@compiled(writes=("runs", "run_weights"))
def lengthen_phrase_runs(
    slot: int,
    position: int,
    place_starts: Ints,
    places: Ints,
    idf: Floats,
    runs: Ints,
    run_weights: Floats,
) -> float:
    """Return the weight of the heaviest run that ends at a position; a single term weighs 0.

    Parameters
    ----------
    slot
        The query's term at the position.
    position
        Greater than those before.
    place_starts, places, idf
        See ``QueryTerms``.
    runs
        int64 [RUN_ROWS, n_places], of the text before the position; updated.
    run_weights
        float32 [n_places], the weight of the run that ended at each place; updated.
    """
    heaviest = 0.0
    for i in range(place_starts[slot], place_starts[slot + 1]):  # last first: see ``QueryTerms``
        place = places[i]
        length, weight = 1, idf[slot]
        if place > 0 and runs[MET_AT, place - 1] == position - 1:
            length += runs[LENGTH, place - 1]
            weight += run_weights[place - 1]
            heaviest = max(heaviest, float(weight))
        run_weights[place] = weight
        runs[LENGTH, place] = length
        runs[MET_AT, place] = position
        runs[REACHED, place] = max(runs[REACHED, place], length)
    return heaviest


@compiled
def overlap_of_pairs_and_triples(
    sequence: Slots, idf: Floats, reached: Ints
) -> tuple[float, float]:
    """Return the summed idf of the pairs and of the triples of query terms that a text repeats.

    ``reached`` int64 [n_places]: the length of the longest run that ends at each place.

    Parameters
    ----------
    sequence
        Query terms in order, by slot.
    idf
        Inverse document frequency of each slot.
    reached
        Length of the longest run that ends at each position of the query.
    """
    pairs, triples = 0.0, 0.0
    for place in range(1, sequence.shape[0]):
        if reached[place] >= 2:
            pair = idf[sequence[place]] + idf[sequence[place - 1]]
            pairs += pair
            if reached[place] >= 3:
                triples += pair + idf[sequence[place - 2]]
    return pairs, triples


@compiled
def whole_phrase_runs(sequence: Slots) -> Ints:
    """Return ``runs[REACHED]`` of a text that is the query itself, int64 [n_places]."""
    reached = np.zeros(sequence.shape[0], np.int64)
    for place in range(sequence.shape[0]):
        if sequence[place] >= 0:
            reached[place] = 1 + (reached[place - 1] if place > 0 else 0)
    return reached
