"""Top-k selection: the positions of the best scores, by a heap over one pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled

Positions = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
_EVERYWHERE = np.zeros(0, np.bool_)  # a mask of no length allows every position


def top_k(scores: Floats, k: int, above: float = 0.0, allowed: Mask | None = None) -> Positions:
    """Return the positions of the best scores, int64 [at most k], best first, ties by position.

    Parameters
    ----------
    scores
        float32 [n].
    k
        How many positions; none below 1.
    above
        A score must be greater than this.
    allowed
        Which positions may be returned, bool [n]; None for all.
    """
    # A heap is faster than a partition where k is small against n. One compiled form for all calls:
    # a default of the kernel itself would make a second one.
    mask = _EVERYWHERE if allowed is None else allowed
    return _top_k(scores, max(0, min(k, len(scores))), above, mask)


@compiled
def _top_k(scores: Floats, k: int, above: float, allowed: Mask) -> Positions:
    heap_scores = np.empty(k, np.float32)  # a heap with the worst of the best so far at its root
    heap_positions = np.empty(k, np.int64)
    size = 0
    floor = np.float32(above)
    for position in range(scores.shape[0] if k > 0 else 0):
        score = scores[position]
        if score <= floor:  # a later position with the same score as the root is worse
            continue
        # Behind the floor, which few scores pass: a mask costs hardly anything.
        if allowed.shape[0] > 0 and not allowed[position]:
            continue
        if size < k:
            _sift_up(heap_scores, heap_positions, size, score, position)
            size += 1
        else:
            _sift_down(heap_scores, heap_positions, size, score, position)
        if size == k:
            floor = heap_scores[0]
    order = np.empty(size, np.int64)
    for last in range(size - 1, -1, -1):  # remove the worst, again and again
        order[last] = heap_positions[0]
        _sift_down(heap_scores, heap_positions, last, heap_scores[last], heap_positions[last])
    return order


@compiled
def _is_worse_in_heap(score: float, position: int, other_score: float, other_position: int) -> bool:
    return score < other_score or (score == other_score and position > other_position)


@compiled(writes=("heap_scores", "heap_positions"))
def _sift_up(
    heap_scores: Floats, heap_positions: Positions, size: int, score: float, position: int
) -> None:
    """Add an entry to a heap of ``size`` entries."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if _is_worse_in_heap(heap_scores[parent], heap_positions[parent], score, position):
            break
        heap_scores[at], heap_positions[at] = heap_scores[parent], heap_positions[parent]
        at = parent
    heap_scores[at], heap_positions[at] = score, position


@compiled(writes=("heap_scores", "heap_positions"))
def _sift_down(
    heap_scores: Floats, heap_positions: Positions, size: int, score: float, position: int
) -> None:
    """Replace the root of a heap of ``size`` entries."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        right = child + 1
        if right < size and _is_worse_in_heap(
            heap_scores[right], heap_positions[right], heap_scores[child], heap_positions[child]
        ):
            child = right
        if _is_worse_in_heap(score, position, heap_scores[child], heap_positions[child]):
            break
        heap_scores[at], heap_positions[at] = heap_scores[child], heap_positions[child]
        at = child
    heap_scores[at], heap_positions[at] = score, position
