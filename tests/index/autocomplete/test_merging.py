"""Completions of several indexes come in the order of one, without what is hidden."""

from __future__ import annotations

import random

from index.autocomplete.completions import CompletionEntry, CompletionIndex
from index.autocomplete.merging import complete_from

WORDS = "bats blind owls night tides moon salt vaccine".split()


def entries(n: int) -> list[CompletionEntry]:
    dice = random.Random(7)
    return [
        CompletionEntry(
            " ".join(dice.choices(WORDS, k=4)),
            "headline",
            f"a{i}",
            demand=dice.randrange(3),
            freshness=dice.randrange(3),
        )
        for i in range(n)
    ]


def test_two_parts_complete_as_the_whole() -> None:
    every = entries(200)
    whole = CompletionIndex.build(every)
    for cut in (0, 1, 100, 199):
        parts = CompletionIndex.build(every[:cut]), CompletionIndex.build(every[cut:])
        for typed in (
            "b",
            "bats",
            "bats ",
            "night ow",
            "moon bats",
            "vacc",
            "vaccone",
            "tides salt",
        ):
            merged = complete_from([(part, ()) for part in parts], typed, 10)
            assert [e.text for e in merged] == [e.text for e in whole.complete(typed, 10)], typed


def test_what_is_hidden_gives_its_place_to_the_next() -> None:
    every = entries(100)
    index = CompletionIndex.build(every)
    best = [e.article_id for e in index.complete("bats", 30)]
    shown = complete_from([(index, set(best[:25]))], "bats", 5)
    assert [e.article_id for e in shown] == best[25:30]
    assert complete_from([(index, {e.article_id for e in every})], "bats", 5) == []


def test_nothing_typed_is_nothing() -> None:
    assert complete_from([(CompletionIndex.build(entries(5)), ())], "", 5) == []
