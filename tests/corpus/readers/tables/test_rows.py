"""Rows become articles by their columns, and a table without a headline is refused."""

from __future__ import annotations

from corpus.models import BadRecord
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables.rows import Row, located_rows


def test_rows_are_read_by_the_mapping_or_by_their_names() -> None:
    rows = [Row(2, {"kicker": "Do trams fly?", "rating": "False"})]
    options = ReadOptions(mapping={"headline": "kicker"})
    (found,) = located_rows(rows, ["kicker", "rating"], "a.csv", options)
    assert isinstance(found, LocatedArticle)
    assert (found.article.headline, found.article.verdict) == ("Do trams fly?", "False")


def test_an_id_is_the_articles_own_only_in_a_table_of_our_export() -> None:
    ours = {"id": "a", "headline": "A?", "checked_on": "2024-01-01"}
    theirs = {"id": "77", "title": "A?", "link": "https://d.example/trams"}
    (own,) = located_rows([Row(2, ours)], ours, "a.csv", ReadOptions())
    (other,) = located_rows([Row(2, theirs)], theirs, "a.csv", ReadOptions())
    assert isinstance(own, LocatedArticle)
    assert isinstance(other, LocatedArticle)
    assert (own.article.id, own.has_own_id) == ("a", True)
    assert (other.article.id, other.article.system_id) == ("trams", "table:77")


def test_what_is_missing_is_named_once() -> None:
    (found,) = located_rows([Row(2, {"x": "1"})], ["x"], "a.csv", ReadOptions())
    assert isinstance(found, BadRecord)
    assert "--map headline=COLUMN" in found.remedy
    options = ReadOptions(mapping={"claim": "y"})
    (found,) = located_rows([Row(2, {"x": "1"})], ["x"], "a.csv", options)
    assert isinstance(found, BadRecord)
    assert found.reason == "there is no column 'y'"


def test_a_bad_row_is_named_and_the_rest_read() -> None:
    rows: list[Row | BadRecord] = [
        Row(2, {"title": ""}),
        BadRecord("a.csv", 3, "r", "m"),
        Row(4, {"title": "B?"}),
    ]
    found = list(located_rows(rows, ["title"], "a.csv", ReadOptions()))
    assert [one.line for one in found] == [2, 3, 4]
    assert isinstance(found[0], BadRecord)
    assert isinstance(found[2], LocatedArticle)
