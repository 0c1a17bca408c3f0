"""Tallies: counts by name, by number, and by tenth of [0, 1]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

N_STEPS = 10  # bars of a histogram over [0, 1]
_UNIT = tuple(f"{step / N_STEPS:.1f}–{(step + 1) / N_STEPS:.1f}" for step in range(N_STEPS))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something there are."""

    name: str
    count: int


def tallies(counts: Mapping[str, int], names: Sequence[str] = ()) -> tuple[Tally, ...]:
    """Return what was counted, most first; ties as in ``names``, then by name. No zeros."""
    order = {name: rank for rank, name in enumerate(names)}
    found = sorted(counts.items(), key=lambda c: (-c[1], order.get(c[0], len(order)), c[0]))
    return tuple(Tally(name, count) for name, count in found if count)


def tallies_per_number(counts: Mapping[int, int], least: int = 0) -> tuple[Tally, ...]:
    """Return how many have 0, 1, 2 … up to the largest number, or ``least`` if that is more."""
    if not counts:
        return ()
    return tuple(Tally(str(n), counts.get(n, 0)) for n in range(max(*counts, least) + 1))


def tallies_per_tenth(values: Iterable[float]) -> tuple[Tally, ...]:
    """Return how many of ``values`` in [0, 1] lie in each tenth; 1 belongs to the last."""
    counts = Counter(min(int(value * N_STEPS), N_STEPS - 1) for value in values)
    return tuple(Tally(name, counts[step]) for step, name in enumerate(_UNIT))


def tally_share(part: int, whole: int) -> float:
    """Return ``part`` of ``whole`` in [0, 1]; 0 of nothing."""
    return part / whole if whole else 0.0
