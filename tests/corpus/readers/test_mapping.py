"""Columns are known by their names, and what an operator says wins."""

from __future__ import annotations

import pytest

from corpus.readers.mapping import (
    fields_of_custom,
    fields_of_row,
    guess_mapping,
    missing_columns,
    parse_mapping,
)


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Title", "headline"),
        ("post_title", "headline"),
        ("claimReviewed", "claim"),
        ("Rating", "verdict"),
        ("evaluation", "verdict"),
        ("date_posted", "published_on"),
        ("Canonical URL", "url"),
        ("content_html", "html"),
        ("post_status", "state"),
        ("Keywords", "tags"),
        ("Byline", "authors"),
        ("inLanguage", "language"),
    ],
)
def test_usual_names_are_known(column: str, field: str) -> None:
    assert guess_mapping([column], {}) == {field: column}


def test_a_column_is_used_once_and_the_choice_of_the_operator_wins() -> None:
    assert guess_mapping(["title", "headline"], {}) == {"headline": "headline"}
    assert guess_mapping(["title", "kicker"], {"headline": "kicker"})["headline"] == "kicker"


def test_a_written_mapping_is_read_and_its_errors_are_named() -> None:
    assert parse_mapping("headline=title, date=pub") == {"headline": "title", "published_on": "pub"}
    with pytest.raises(ValueError, match="'title' is no field=column"):
        parse_mapping("title")
    with pytest.raises(ValueError, match="no field 'mood'"):
        parse_mapping("mood=x")
    assert missing_columns(["a"], {"headline": "a", "claim": "b"}) == ["b"]


def test_what_has_no_field_is_kept_apart() -> None:
    row = {"title": "A?", "mood": "grim"}
    assert fields_of_row(row, guess_mapping(row, {}))["extra"] == {"mood": "grim"}


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"draft": "true"}, "state", "draft"),
        ({"draft": "false"}, "state", True),
        ({"published": "yes"}, "published", "yes"),
        ({"published": "2024-05-01"}, "published_on", "2024-05-01"),
        ({"created_at": "2024-05-01"}, "published_on", "2024-05-01"),
        ({"score": "3", "bestRating": "5"}, "rating", {"value": "3", "best": "5", "worst": None}),
    ],
)
def test_values_that_mean_one_thing_or_another(
    row: dict[str, str], field: str, value: object
) -> None:
    assert fields_of_row(row, guess_mapping(row, {}))[field] == value


def test_fields_that_a_site_made_say_nothing_of_state_identity_and_text() -> None:
    own = {"claim": "Trams fly.", "status": "draft", "id": "7", "body": "x", "mood": "grim"}
    said, rest = fields_of_custom(own, {})
    assert said == {"claim": "Trams fly."}
    assert rest == {"status": "draft", "id": "7", "body": "x", "mood": "grim"}
    assert fields_of_custom(own, {"text": "body"})[0]["text"] == "x"
