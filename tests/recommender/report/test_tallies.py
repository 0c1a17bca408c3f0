"""Counts by name, by number and by tenth."""

from __future__ import annotations

from recommender.report.tallies import (
    Tally,
    tallies,
    tallies_per_number,
    tallies_per_tenth,
    tally_share,
)


def test_histograms_leave_no_gap_and_the_end_belongs_to_the_last() -> None:
    assert tallies_per_number({2: 4}, least=3) == (
        Tally("0", 0),
        Tally("1", 0),
        Tally("2", 4),
        Tally("3", 0),
    )
    assert tallies_per_number({}) == ()
    assert [t.count for t in tallies_per_tenth([0.0, 0.05, 0.1, 0.95, 1.0])] == [2, 1, *[0] * 7, 2]


def test_the_most_frequent_come_first_and_ties_keep_the_order_of_the_names() -> None:
    counts = {"b": 2, "a": 2, "c": 5, "none": 0}
    assert tallies(counts) == (Tally("c", 5), Tally("a", 2), Tally("b", 2))
    assert tallies(counts, ("b", "a")) == (Tally("c", 5), Tally("b", 2), Tally("a", 2))


def test_a_share_of_nothing_is_nothing() -> None:
    assert tally_share(1, 4) == 0.25
    assert tally_share(0, 0) == 0.0
