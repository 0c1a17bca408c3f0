"""Values of a search are frozen, and their defaults ask for everything, best first."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from index.types import Filters, Hit, SearchRequest, SearchResult


def test_a_request_asks_for_the_first_ten_of_all_articles_by_relevance() -> None:
    request = SearchRequest("bats")
    assert (request.limit, request.offset, request.sort) == (10, 0, "relevance")
    assert request.filters == Filters()
    assert not request.explain


def test_filters_without_values_let_everything_pass() -> None:
    assert not any(getattr(Filters(), field.name) for field in fields(Filters))


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        SearchRequest("bats").limit = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        Hit("bats", 1.0).score = 2.0  # type: ignore[misc]


def test_a_result_says_nothing_more_unless_there_is_something() -> None:
    result = SearchResult((), 0, {})
    assert result.notes == ()
    assert result.did_you_mean == result.without_quotes == ""
