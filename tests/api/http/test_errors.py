import logging
from typing import Any

import pytest

from tests.api.fake_backend import TEA, FakeBackend, make_client


def error_of(response: Any, status: int) -> dict[str, str]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    error: dict[str, str] = response.json()["error"]
    assert set(error) == {"code", "message", "remedy"}
    assert all(error.values())
    return error


def test_an_unknown_id_is_named() -> None:
    for path in ("", "/questions", "/related"):
        error = error_of(make_client().get(f"/v1/articles/nope{path}"), 404)
        assert error["code"] == "not_found"
        assert '"nope"' in error["message"]


def test_a_wrong_parameter_is_named_with_what_it_was_and_what_it_may_be() -> None:
    error = error_of(make_client().get("/v1/search?q=tea&limit=500&date=soonish"), 422)
    assert 'limit is "500": should be less than or equal to 100.' in error["message"]
    assert 'date is "soonish":' in error["message"]
    assert "last 30 days" in error["message"]
    assert error["remedy"].startswith("Correct or leave out limit, date")


def test_a_misspelt_filter_does_not_find_too_much() -> None:
    error = error_of(make_client().get("/v1/search?q=tea&verdcit=False"), 422)
    assert error["message"] == "verdcit is not a known parameter."


@pytest.mark.parametrize("limit", ["0", "-1", "51", "many", ""])
def test_limits_are_held(limit: str) -> None:
    error = error_of(make_client().get(f"/v1/articles/{TEA.id}/questions?limit={limit}"), 422)
    assert error["message"].startswith("limit is")


def test_a_long_wrong_value_is_cut_in_the_message() -> None:
    error = error_of(make_client().get(f"/v1/search?sort={'x' * 5_000}"), 422)
    assert len(error["message"]) < 300


def test_a_missing_parameter_is_named() -> None:
    assert error_of(make_client().get("/v1/suggest"), 422)["message"] == "q is missing."


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b'{"headline": "\\ud800"}', b"[" * 5_000]
)
def test_a_body_that_is_no_form_is_refused_in_words(body: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = make_client().post("/v1/preview", content=body, headers=headers)
    assert response.status_code in (400, 422)
    error_of(response, response.status_code)


def test_a_body_sent_as_a_form_names_the_missing_header() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}  # what curl -d says by itself
    response = make_client().post("/v1/preview", content=b'{"headline": "x"}', headers=headers)
    assert "Content-Type: application/json" in error_of(response, 422)["remedy"]


def test_a_limit_that_is_no_number_is_named_once() -> None:
    error = error_of(make_client().get("/v1/search?limit=many"), 422)
    assert error["message"] == 'limit is "many": should be a valid integer.'


def test_a_text_that_is_no_page_says_why() -> None:
    error = error_of(make_client().post("/v1/preview", json={"text": "<html><p>x</p>"}), 422)
    assert error["message"].startswith("text cannot be read as a page:")


def test_an_empty_archive_answers_a_search_and_says_how_to_fill_it() -> None:
    for backend in (FakeBackend(()), FakeBackend((), index=False)):
        client = make_client(backend)
        response = client.get("/v1/search?q=tea")
        assert response.status_code == 200
        assert response.json()["hits"] == []
        assert "divedeeper ingest" in response.json()["message"]
        assert "empty" in error_of(client.get("/v1/articles/x"), 404)["message"]


def test_without_an_index_the_caller_is_asked_to_come_back() -> None:
    client = make_client(FakeBackend(index=False))
    for path in ("/v1/search?q=tea", f"/v1/articles/{TEA.id}/questions", "/v1/suggest?q=t"):
        response = client.get(path)
        assert error_of(response, 503)["message"] == "The index is being built."
        assert response.headers["retry-after"] == "5"
    assert client.get(f"/v1/articles/{TEA.id}").status_code == 200


def test_a_fault_of_ours_shows_nothing_of_the_inside(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "divedeeper.api"):
        response = make_client(FakeBackend(broken=True)).get("/v1/search?q=tea")
    error = error_of(response, 500)
    assert error["code"] == "internal"
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "secret inside" in caplog.text


def test_an_unknown_address_and_method_answer_in_the_same_form() -> None:
    assert error_of(make_client().get("/v1/nothing"), 404)["code"] == "not_found"
    response = make_client().delete("/v1/search")
    assert error_of(response, 405)["code"] == "method_not_allowed"
    assert response.headers["allow"]


@pytest.mark.parametrize(
    "body", [b"\xff", b"[" * 100_000, b'{"q": ' + b"9" * 5_000 + b"}", b'"\xed\xa0\x80"']
)
@pytest.mark.parametrize("path", ["/v1/search", "/v1/preview"])
def test_a_body_that_nothing_can_read_is_told_as_such(path: str, body: bytes) -> None:
    answer = make_client().post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad_parameter"
    assert "codec" not in answer.text


def test_half_a_character_is_told_without_a_codec() -> None:
    body = b'{"q": "\\ud800"}'
    answer = make_client().post(
        "/v1/search", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code in (200, 422)
    assert "codec" not in answer.text
