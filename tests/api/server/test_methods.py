"""HEAD is GET without its body, and OPTIONS says what an address takes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.fake_backend import FakeBackend


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app(FakeBackend()))


@pytest.mark.parametrize(
    "path",
    ["/", "/v1/search?q=tea", "/v1/articles/tea-dries-you-out", "/healthz", "/readyz", "/nowhere"],
)
def test_head_has_the_status_and_headers_of_get(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/search", "GET, HEAD, POST, OPTIONS"),
        ("/v1/articles/a", "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/v1/articles:batch", "POST, OPTIONS"),
        ("/nowhere", "OPTIONS"),
    ],
)
def test_options_names_the_methods(client: TestClient, path: str, allowed: str) -> None:
    found = client.options(path)
    assert (found.status_code, found.headers["allow"]) == (204, allowed)


def test_a_method_that_an_address_does_not_take_is_405_with_those_that_it_does(
    client: TestClient,
) -> None:
    for method, path in (("PATCH", "/v1/search"), ("POST", "/")):
        assert client.request(method, path).headers.get("allow"), path


def test_pages_of_chosen_origins_may_read_and_not_write() -> None:
    from api.security.options import AccessOptions

    access = AccessOptions(cors_origins=("https://desk.example",))
    client = TestClient(create_app(FakeBackend(), access=access))
    origin = {"Origin": "https://desk.example"}
    assert (
        client.get("/v1/suggest?q=t", headers=origin).headers["access-control-allow-origin"]
        == "https://desk.example"
    )
    other = client.get("/v1/suggest?q=t", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    asked = origin | {"Access-Control-Request-Method": "GET"}
    assert client.options("/v1/next", headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "PUT"
    assert client.options("/v1/articles/a", headers=asked).status_code == 400


def test_a_long_answer_is_packed_for_those_who_can_read_it(client: TestClient) -> None:
    packed = client.get("/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = client.get("/openapi.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
