"""What fresh articles cost is measured by pairs: the same query of both, in turn."""

from __future__ import annotations

from typing import Any, cast

from benchmarks import updates


class Backend:
    """Notes who was asked what."""

    def __init__(self, name: str, asked: list[tuple[str, str]]) -> None:
        self.name, self.asked = name, asked

    def search(self, request: Any) -> None:
        self.asked.append((self.name, request.text))


def test_each_query_is_asked_of_both_and_each_is_first_as_often() -> None:
    asked: list[tuple[str, str]] = []
    backends = cast("Any", (Backend("unchanged", asked), Backend("fresh", asked)))
    before, fresh = updates.searches_in_turn(backends, ["tram", "tea"])
    assert len(before) == len(fresh) == 2
    turn = [("fresh", "tram"), ("unchanged", "tram"), ("unchanged", "tea"), ("fresh", "tea")]
    assert asked == turn * updates.TURNS
