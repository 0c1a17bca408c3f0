"""Bounded cache: the most recently used results of a function of one argument."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Results of ``function`` by its argument; safe for several threads.

    ``functools.lru_cache`` as a value: a class that holds one names it, instead of hiding it in a
    decorated closure, and every instance has a cache of its own.
    """

    def __init__(self, function: Callable[[K], V], max_entries: int) -> None:
        """Keep at most ``max_entries`` results; the least recently used one makes room."""
        self._cached = lru_cache(max_entries)(function)

    def __getitem__(self, key: K) -> V:
        return self._cached(key)
