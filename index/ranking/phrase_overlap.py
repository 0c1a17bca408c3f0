"""Runs: stretches of a query that an article says word for word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Slots = NDArray[np.int16]


@compiled(writes=("run_at", "run_length", "run_weight", "reached"))
def lengthen(
    slot: int,
    here: int,
    place_starts: Ints,
    places: Ints,
    idf: Floats,
    run_at: Ints,
    run_length: Ints,
    run_weight: Floats,
    reached: Ints,
) -> float:
    """Take the term of ``slot`` at position ``here``; return the weight of the heaviest run there.

    For each place in the query: ``run_at`` is where its term was met last, ``run_length`` and
    ``run_weight`` what the run that ended there had, ``reached`` the longest length so far. All
    are [n_places] and are updated; a single term is no run and weighs 0.
    """
    heaviest = 0.0
    for i in range(place_starts[slot], place_starts[slot + 1]):  # last first: see ``QueryTerms``
        place = places[i]
        length, weight = 1, idf[slot]
        if place > 0 and run_at[place - 1] == here - 1:
            length += run_length[place - 1]
            weight += run_weight[place - 1]
            heaviest = max(heaviest, weight)
        run_length[place], run_weight[place], run_at[place] = length, weight, here
        reached[place] = max(reached[place], length)
    return heaviest


@compiled
def pairs_and_triples(sequence: Slots, idf: Floats, reached: Ints) -> tuple[float, float]:
    """Return what the pairs and the triples weigh that ``reached`` holds, each by its terms' idf.

    ``reached`` int64 [n_places]: the length of the longest run that ends at each place.
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
def whole_runs(sequence: Slots) -> Ints:
    """Return ``reached`` of a text that is the query itself, int64 [n_places]."""
    reached = np.zeros(sequence.shape[0], np.int64)
    for place in range(sequence.shape[0]):
        if sequence[place] >= 0:
            reached[place] = 1 + (reached[place - 1] if place > 0 else 0)
    return reached
