"""An object is read by the form that it has, and one of no known form is named."""

from __future__ import annotations

import pytest

from corpus.models import BadRecord
from corpus.readers.json_documents.objects import located_object
from corpus.readers.record import LocatedArticle, ReadOptions


@pytest.mark.parametrize(
    "value",
    [
        {"id": "a", "headline": "Do trams fly?"},
        {"@type": "ClaimReview", "name": "Do trams fly?", "claimReviewed": "Trams fly."},
        {"text": "Trams fly.", "claimReview": [{"title": "Do trams fly?"}]},
        {"title": {"rendered": "Do trams fly?"}, "slug": "a"},
        {"_id": "a", "headlines": {"basic": "Do trams fly?"}},
        {"title": "Do trams fly?", "slug": "a", "html": "<p>No.</p>"},
        {"Title": "Do trams fly?", "Rating": "False"},
    ],
)
def test_each_form_is_known(value: dict[str, object]) -> None:
    (found,) = located_object(value, "f", 3, ReadOptions())
    assert isinstance(found, LocatedArticle)
    assert found.article.headline == "Do trams fly?"
    assert found.line == 3


def test_a_mapping_wins_over_our_own_form() -> None:
    options = ReadOptions(mapping={"headline": "kicker"})
    value = {"id": "a", "headline": "No", "kicker": "Do trams fly?"}
    (found,) = located_object(value, "f", 1, options)
    assert isinstance(found, LocatedArticle)
    assert found.article.headline == "Do trams fly?"


@pytest.mark.parametrize("value", [{}, {"mood": 1}, {"@type": "Person"}, {"claimReview": []}])
def test_an_object_without_an_article_is_named(value: dict[str, object]) -> None:
    (found,) = located_object(value, "f", 1, ReadOptions())
    assert isinstance(found, BadRecord)
    assert "--map headline=KEY" in found.remedy


DEEP = "<div>" * 5_000 + "No."


@pytest.mark.parametrize(
    "value",
    [
        {"id": "a", "headline": "Do trams fly?", "summary": DEEP},
        {"@type": "ClaimReview", "claimReviewed": "Trams fly.", "reviewBody": DEEP},
        {"title": {"rendered": "Do trams fly?"}, "slug": "a", "content": {"rendered": DEEP}},
        {
            "_id": "a",
            "headlines": {"basic": "Do trams fly?"},
            "content_elements": [{"type": "text", "content": DEEP}],
        },
        {"title": "Do trams fly?", "slug": "a", "html": DEEP},
        {"Title": "Do trams fly?", "Text": DEEP, "correction": DEEP},
    ],
)
def test_a_text_that_cannot_be_read_is_a_bad_record_of_any_form(value: dict[str, object]) -> None:
    (found,) = located_object(value, "f", 3, ReadOptions())
    assert isinstance(found, BadRecord)
    assert "within each other" in found.reason
    assert found.line == 3
