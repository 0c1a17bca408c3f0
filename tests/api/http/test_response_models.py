"""The description of the API: every route, parameter and error."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.fake_backend import make_app


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    return make_app().openapi()


def test_every_parameter_and_route_says_what_it_is(openapi: dict[str, Any]) -> None:
    for path, operations in openapi["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            assert operation["summary"], path
            for parameter in operation.get("parameters", []):
                schema = parameter["schema"]
                assert parameter.get("description") or schema.get("description"), parameter


def test_the_routes_are_the_ones_we_promise(openapi: dict[str, Any]) -> None:
    assert set(openapi["paths"]) == {
        "/v1/articles:batch",
        "/v1/changes",
        "/v1/changes/stream",
        "/oembed",
        "/v1/fragment",
        "/v1/fragment/{id}",
        "/v1/next",
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
