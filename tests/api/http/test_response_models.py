from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from api.http.request_models import MAX_TEXT_BYTES, DraftForm, SearchForm
from tests.api.fake_backend import make_app


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    return make_app().openapi()


def test_every_parameter_and_route_says_what_it_is(openapi: dict[str, Any]) -> None:
    for path, operations in openapi["paths"].items():
        for operation in operations.values():
            assert operation["description"] and operation["summary"], path
            for parameter in operation.get("parameters", []):
                schema = parameter["schema"]
                assert parameter.get("description") or schema.get("description"), parameter


def test_the_routes_are_the_ones_we_promise(openapi: dict[str, Any]) -> None:
    assert set(openapi["paths"]) == {
        "/v1/search",
        "/v1/suggest",
        "/v1/articles/{id}",
        "/v1/articles/{id}/questions",
        "/v1/articles/{id}/related",
        "/v1/preview",
        "/healthz",
        "/readyz",
    }


def test_errors_are_described_in_our_form(openapi: dict[str, Any]) -> None:
    responses = openapi["paths"]["/v1/articles/{id}/questions"]["get"]["responses"]
    for status in ("404", "422", "503"):
        schema = responses[status]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/ErrorOut"}


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
    ],
)
def test_a_search_that_cannot_be_meant_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        SearchForm.model_validate(fields)


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
