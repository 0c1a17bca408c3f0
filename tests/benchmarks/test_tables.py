"""Tables of the documentation from result files."""

from __future__ import annotations

from benchmarks.result_files import Row
from benchmarks.tables import Result, Tables, markdown, with_tables


def _result(kind: str, commit: str, date: str, *rows: Row) -> Result:
    return Result(kind, commit, date, "2 cores", "make bench", "", list(rows))


def test_columns_come_in_order_and_numbers_by_their_kind() -> None:
    rows: list[Row] = [{"set": "a", "MAP@5": 0.5, "ms p50": 4.567}, {"set": "b", "n": 1234}]
    assert markdown(rows).splitlines() == [
        "| set | MAP@5 | ms p50 | n |",
        "| --- | --- | --- | --- |",
        "| a | .500 | 4.57 |  |",
        "| b |  |  | 1,234 |",
    ]


def test_a_table_takes_the_newest_result_of_its_kind_and_says_where_it_is_from() -> None:
    old = _result("engines", "old", "2026-01-01", {"x": 1})
    new = _result("engines", "new", "2026-01-02T10:00:00", {"x": 2})
    page = "before\n<!-- table: engines -->\nstale\n<!-- /table -->\nafter\n"
    made = with_tables(page, Tables([old, new]))
    assert "| 2 |" in made
    assert "stale" not in made
    assert "| 1 |" not in made
    assert "Commit new, 2026-01-02, 2 cores: `make bench`." in made
    assert made.startswith("before\n")
    assert made.endswith("\nafter\n")
    assert with_tables(made, Tables([old, new])) == made


def test_search_takes_the_newest_row_of_each_set_and_names_all_commits() -> None:
    tables = Tables(
        [
            _result("search-baseline", "base", "2026-01-01", {"set": "a", "MAP@5": 0.1}),
            _result(
                "search",
                "old",
                "2026-01-01",
                {"set": "a", "encoder": "none", "MAP@5": 0.2},
                {"set": "b", "encoder": "none", "MAP@5": 0.3},
            ),
            _result("search", "new", "2026-01-02", {"set": "a", "encoder": "none", "MAP@5": 0.4}),
        ]
    )
    table = tables.table("search")
    assert "| a | .100 | .400 |" in table
    assert "| b |  | .300 |" in table
    assert ".200" not in table
    assert "Commit old" in table
    assert "Commit new" in table
