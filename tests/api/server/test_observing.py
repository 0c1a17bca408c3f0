"""Each request has an id, is counted by its route, and leaves no trace of what was typed."""

from __future__ import annotations

import json
import logging

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from tests.api.fake_backend import TEA, FakeBackend


def counted(client: TestClient) -> dict[tuple[str, str, str], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (s.labels["route"], s.labels["method"], s.labels["status"]): s.value
        for family in families
        for s in family.samples
        if s.name == "divedeeper_requests_total"
    }


def test_an_id_is_given_or_taken_over_where_it_is_harmless() -> None:
    client = TestClient(create_app(FakeBackend()))
    assert client.get("/healthz", headers={"X-Request-ID": "a-1"}).headers["x-request-id"] == "a-1"
    for odd in ("a b", "x" * 65, "a/b"):
        given = client.get("/healthz", headers={"X-Request-ID": odd})
        assert len(given.headers["x-request-id"]) == 32


def test_requests_are_counted_by_the_pattern_of_their_route() -> None:
    client = TestClient(create_app(FakeBackend()))
    for id in (TEA.id, "nothing", "a%2Fb"):
        client.get(f"/v1/articles/{id}")
    for path in ("/nowhere/1", "/nowhere/2"):
        client.get(path)
    client.request("BREW", "/v1/search")
    found = counted(client)
    assert found["/v1/articles/{id:path}", "GET", "200"] == 1
    assert found["/v1/articles/{id:path}", "GET", "404"] == 2
    assert found["other", "GET", "404"] == 2
    assert not any(method == "BREW" for _, method, _ in found)
    assert "divedeeper_ready 1.0" in client.get("/metrics").text


@pytest.mark.parametrize("form", ["json", "text", "none"])
def test_a_line_of_the_log_holds_no_query_and_no_body(
    form: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = TestClient(create_app(FakeBackend(), log_form=form))  # type: ignore[arg-type]
    with caplog.at_level(logging.INFO, "divedeeper.access"):
        client.get("/v1/search?q=mysecret")
        client.post("/v1/preview", json={"text": "# My secret draft?"})
        client.get("/v1/articles/a%0Ab")
    lines = [r.message for r in caplog.records if r.name == "divedeeper.access"]
    assert len(lines) == (0 if form == "none" else 3)
    assert not any("secret" in line or "\n" in line for line in lines)
    if form == "json":
        first = json.loads(lines[0])
        assert (first["path"], first["status"]) == ("/v1/search", 200)
        assert first["ms"] > 0


def test_metrics_need_a_key_beyond_this_machine() -> None:
    from api.security import AccessPolicy
    from api.security.options import AccessOptions

    access = AccessOptions(AccessPolicy(is_local=False))
    client = TestClient(create_app(FakeBackend(), access=access))
    assert client.get("/metrics").status_code == 401
