"""Columns: filters are exact, counts are complete, the newest comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveError
from corpus.models import Article
from index.columns import Columns, ColumnsWriter
from index.types import Filters

ARTICLES = (
    Article("a", "A?", topic="food", verdict="False", checked_on=date(2024, 3, 1)),
    Article("b", "B?", topic="food", verdict="True", publisher="The Checkers"),
    Article("c", "C?", topic="words", language="de", checked_on=date(2024, 3, 2)),
    Article("d", "D?", verdict="false", checked_on=date(2024, 3, 1)),
)


@pytest.fixture
def columns(tmp_path: Path) -> Columns:
    writer = ColumnsWriter()
    for article in ARTICLES:
        writer.add(article)
    writer.save(tmp_path)
    return Columns.open(tmp_path, len(ARTICLES))


def passing(columns: Columns, filters: Filters) -> str:
    mask = columns.passing(filters)
    assert mask is not None
    return "".join(ARTICLES[place].id for place in np.flatnonzero(mask))


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(topics=("food",)), "ab"),
        (Filters(topics=("food", "words")), "abc"),
        (Filters(topics=("food",), verdicts=("True",)), "b"),
        (Filters(verdicts=("False",)), "ad"),
        (Filters(verdicts=(" FALSE",), languages=("EN-gb",)), "ad"),
        (Filters(verdicts=("unheard of",)), ""),
        (Filters(topics=("",)), ""),
        (Filters(publishers=("The Checkers",), languages=("en",)), "b"),
        (Filters(date_from=date(2024, 3, 2)), "c"),
        (Filters(date_to=date(2024, 3, 1)), "ad"),
        (Filters(date_from=date(2024, 3, 1), date_to=date(2024, 3, 2)), "acd"),
    ],
)
def test_a_filter_lets_through_exactly_what_it_names(
    columns: Columns, filters: Filters, ids: str
) -> None:
    assert passing(columns, filters) == ids


def test_nothing_asked_is_told_from_nothing_found(columns: Columns) -> None:
    assert columns.passing(Filters()) is None


def test_counts_are_those_of_the_matching_articles_without_empty_values(columns: Columns) -> None:
    assert columns.counts(np.array([True, True, True, False])) == {
        "topic": {"food": 2, "words": 1},
        "verdict": {"False": 1, "True": 1},
        "publisher": {"The Checkers": 1},
        "language": {"en": 2, "de": 1},
    }
    assert not any(columns.counts(np.zeros(4, np.bool_)).values())


def test_the_newest_comes_first_then_the_archive_order_then_the_undated(columns: Columns) -> None:
    assert [ARTICLES[place].id for place in columns.newest] == ["c", "a", "d", "b"]


def test_ages_are_never_negative_and_an_undated_article_is_of_no_age(columns: Columns) -> None:
    assert columns.age_days(date(2024, 3, 2)).tolist() == [1, np.inf, 0, 1]
    assert columns.age_days(date(2020, 1, 1))[0] == 0


def test_known_values_are_those_of_the_fields_that_are_asked_for(columns: Columns) -> None:
    assert columns.known(Filters(verdicts=("FALSE",))) == {"verdicts": ("False", "True")}


def test_an_archive_without_articles_has_columns_too(tmp_path: Path) -> None:
    ColumnsWriter().save(tmp_path)
    columns = Columns.open(tmp_path, 0)
    assert columns.newest.tolist() == []
    assert not any(columns.counts(np.zeros(0, np.bool_)).values())


def test_columns_of_other_articles_or_with_unknown_codes_are_refused(tmp_path: Path) -> None:
    writer = ColumnsWriter()
    for article in ARTICLES:
        writer.add(article)
    writer.save(tmp_path)
    with pytest.raises(ArchiveError, match=r"columns\.codes\.npy.*divedeeper build"):
        Columns.open(tmp_path, len(ARTICLES) + 1)
    codes = np.load(tmp_path / "columns.codes.npy")
    codes[1, 2] = 99
    np.save(tmp_path / "columns.codes.npy", codes)
    with pytest.raises(ArchiveError, match=r"columns\.codes\.npy: holds ids outside"):
        Columns.open(tmp_path, len(ARTICLES))


def test_columns_of_more_articles_are_those_of_all_together(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    articles = [
        Article(
            f"a{n}",
            "Headline",
            topic=str(rng.choice(["", "war", "food", f"new {n}"])),
            checked_on=date(2020, 1, int(rng.integers(1, 28))) if n % 3 else None,
        )
        for n in range(60)
    ]
    for cut in (0, 1, 40, 60):
        writers = ColumnsWriter(), ColumnsWriter(), ColumnsWriter()
        for n, article in enumerate(articles):
            writers[n >= cut].add(article)
            writers[2].add(article)
        first, second, whole = (writer.finish() for writer in writers)
        both = first.followed_by(second)
        assert both.newest.tolist() == whole.newest.tolist()
        assert both.days.tolist() == whole.days.tolist()
        everything = np.ones(60, np.bool_)
        assert both.counts(everything) == whole.counts(everything)
        food = Filters(topics=("food",))
        assert np.array_equal(both.passing(food), whole.passing(food))  # type: ignore[arg-type]
