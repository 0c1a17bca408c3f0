"""What a request may say, and in which words the rest is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from api.backend.protocol import DRAFT_ID
from api.http.request_models import MAX_TEXT_BYTES, DraftForm, SearchBody, SearchForm


def test_a_text_is_measured_in_bytes() -> None:
    assert SearchForm.model_validate({"q": "ü" * (MAX_TEXT_BYTES // 2)}).q
    with pytest.raises(ValidationError, match="at most 20,480 bytes, it has 20,482"):
        SearchForm.model_validate({"q": "ü" * (MAX_TEXT_BYTES // 2 + 1)})


def test_a_period_in_words_becomes_two_days() -> None:
    filters = SearchForm.model_validate({"date": "2021..2023"}).request().filters
    assert (filters.date_from, filters.date_to) == (date(2021, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": "soonish"}, "not a date that can be read"),
        ({"date": "2023", "date_to": "2023-05-01"}, "either date, or date_from and date_to"),
        ({"date_from": "2024-02-01", "date_to": "2024-01-01"}, "should not be after"),
        ({"verdcit": "False"}, "Extra inputs"),
        ({"limit": 101}, "less than or equal to 100"),
        ({"date_from": "2024"}, "a day such as"),  # no seconds since 1970
        ({"date_to": 0}, "a day such as"),
        ({"date_to": "2024-05-01T00:00:00"}, "a day such as"),
        ({"date_to": "2024-02-30"}, "day is out of range"),
    ],
)
def test_a_search_that_cannot_be_meant_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        SearchForm.model_validate(fields)


@pytest.mark.parametrize("field", [{"weak": "true"}, {"weak": 0}, {"limit": "5"}, {"q": 7}])
def test_json_states_values_by_their_types(field: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="should be a valid"):
        SearchBody.model_validate(field)
    assert SearchBody.model_validate({"weak": True, "limit": 5, "date_from": "2024-05-01"}).weak


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "as text, or at least a headline"),
        ({"headline": "  "}, "as text, or at least a headline"),
        ({"text": "Fact check: A?", "headline": "B?"}, "not text and headline"),
        ({"headline": "A?", "followups": ["x"] * 101}, "at most 100"),
    ],
)
def test_a_draft_is_a_text_or_fields(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        DraftForm.model_validate(fields)


def test_a_search_passes_every_field_on() -> None:
    form = SearchForm.model_validate(
        {"q": " tea ", "context": " c ", "limit": 3, "offset": 6, "topic": ["food"], "sort": "date"}
    )
    request = form.request()
    assert (request.text, request.context, request.limit, request.offset) == ("tea", "c", 3, 6)
    assert request.filters.topics == ("food",)
    assert request.sort == "date"


def test_a_draft_of_fields_is_unpublished_and_has_an_id() -> None:
    form = DraftForm.model_validate(
        {
            "headline": " Is tea wet? ",
            "sections": [{"heading": "H", "text": " t "}],
            "date": "2024-05-01",
        }
    )
    article = form.article()
    assert (article.id, article.headline, article.published) == (DRAFT_ID, "Is tea wet?", False)
    assert article.sections[0].text == "t"
    assert article.checked_on == date(2024, 5, 1)
    assert DraftForm.model_validate({"headline": "A?", "id": "tea"}).article().id == "tea"
