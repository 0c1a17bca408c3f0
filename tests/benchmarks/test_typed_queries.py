"""Typed queries are read by kind, and what is served well is counted by halves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from benchmarks.typed_queries import (
    QUERIES,
    TypedQuery,
    is_served_well,
    measured_rows,
    read_typed_queries,
)
from index.types import SearchRequest

RIGHT = TypedQuery("words", "trams", "")
TYPO = TypedQuery("typos", "trsms", "Trams")


class Fake:
    """Answers from a table: query → (first hit, what is offered)."""

    def __init__(self, **answers: tuple[str, str]) -> None:
        self.answers = answers

    def search(self, request: SearchRequest) -> Any:
        hit, offered = self.answers[request.text.lower()]
        hits = [SimpleNamespace(id=hit)] if hit else []
        return SimpleNamespace(did_you_mean=offered, hits=hits)


def test_the_set_has_three_hundred_queries_of_which_half_are_right() -> None:
    queries = list(read_typed_queries(QUERIES.read_text(encoding="utf-8").splitlines()))
    assert len(queries) == 300
    assert sum(not query.meant for query in queries) == 150
    assert len({query.typed for query in queries}) == len(queries)


def test_lines_are_read_with_their_kind() -> None:
    lines = ["# a comment", "[words]", "trams", "", "[typos]", "trsms → Trams"]
    assert list(read_typed_queries(lines)) == [RIGHT, TYPO]


def test_a_right_query_is_served_well_where_nothing_is_offered() -> None:
    assert is_served_well(RIGHT, Fake(trams=("a", "")))  # type: ignore[arg-type]
    assert not is_served_well(RIGHT, Fake(trams=("a", "trains")))  # type: ignore[arg-type]


def test_a_typo_is_served_well_by_what_is_meant_or_by_its_first_hit() -> None:
    trams = ("a", "")
    assert is_served_well(TYPO, Fake(trsms=("", "trams"), trams=trams))  # type: ignore[arg-type]
    assert is_served_well(TYPO, Fake(trsms=("a", ""), trams=trams))  # type: ignore[arg-type]
    assert not is_served_well(TYPO, Fake(trsms=("b", ""), trams=trams))  # type: ignore[arg-type]
    assert not is_served_well(TYPO, Fake(trsms=("a", "trains"), trams=trams))  # type: ignore[arg-type]
    assert not is_served_well(TYPO, Fake(trsms=("", ""), trams=("", "")))  # type: ignore[arg-type]


def test_rows_are_counted_by_halves() -> None:
    fake = Fake(trams=("a", ""), trsms=("", ""))
    rows = measured_rows([RIGHT, RIGHT, TYPO, TYPO], fake)  # type: ignore[arg-type]
    assert [row["queries"] for row in rows] == ["words", "typos", "all right queries", "all typos"]
    assert rows[2] == {
        "queries": "all right queries",
        "number": 2,
        "served well, train": 1.0,
        "served well, dev": 1.0,
    }
    assert rows[3]["served well, dev"] == 0.0
