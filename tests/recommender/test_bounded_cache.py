"""A cache computes a value once while it holds it, and holds a bounded number of them."""

from __future__ import annotations

from recommender.bounded_cache import BoundedCache


def test_the_least_recently_used_value_makes_room() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    cache = BoundedCache(double, 2)
    assert [cache[1], cache[2], cache[1], cache[3]] == [2, 4, 2, 6]
    assert asked == [1, 2, 3]
    assert cache[1] == 2
    assert asked == [1, 2, 3]
    assert cache[2] == 4
    assert asked == [1, 2, 3, 2]


def test_two_caches_share_nothing() -> None:
    one, other = BoundedCache(str, 8), BoundedCache(repr, 8)
    assert one["a"] == "a"
    assert other["a"] == "'a'"
