"""A request passes with the right name, key and pace, and is told why where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.security import SCOPES, AccessPolicy, KeyRing, new_key
from api.security.middleware import AccessMiddleware, Guard, asks_to_explain
from api.security.options import AccessOptions
from tests.api.fake_backend import FakeBackend

PUBLIC = AccessPolicy(is_local=False)
REQUESTS = {
    "read": ("GET", "/v1/search?q=tea"),
    "preview": ("POST", "/v1/preview"),
    "write": ("DELETE", "/v1/articles/nothing"),
}


def client(access: AccessOptions, host: str = "testserver") -> TestClient:
    return TestClient(
        create_app(FakeBackend(), access=access),
        base_url=f"http://{host}",
        raise_server_exceptions=False,
    )


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("needed", REQUESTS)
def test_a_key_of_one_scope_does_nothing_of_another(
    tmp_path: Path, scope: str, needed: str
) -> None:
    ring = KeyRing(tmp_path)
    secret, key = new_key("k", [scope])
    ring.add(key)
    method, path = REQUESTS[needed]
    asked = client(AccessOptions(AccessPolicy("keyed", "keyed"), ring)).request(
        method, path, headers={"Authorization": f"Bearer {secret}"}
    )
    assert (asked.status_code == 403) == (scope != needed)
    assert asked.status_code != 401


def test_without_a_key_reads_are_open_and_the_rest_is_told_how() -> None:
    public = client(AccessOptions(PUBLIC))
    assert public.get("/v1/search?q=tea").status_code == 200
    for method, path in (("POST", "/v1/preview"), ("PUT", "/v1/articles/a"), ("GET", "/draft")):
        refused = public.request(method, path)
        assert refused.status_code == 401, path
        assert "Bearer" in refused.headers["www-authenticate"]
    assert public.get("/healthz").status_code == 200


def test_explanations_need_a_key_beyond_this_machine_however_they_are_asked_for() -> None:
    public = client(AccessOptions(PUBLIC))
    for query in ("explain=true", "explain=1", "expl%61in=true", "explain"):
        assert public.get(f"/v1/search?q=tea&{query}").status_code == 401, query
    assert public.get("/v1/search?q=tea&explain=false").status_code == 200
    assert public.post("/v1/search", json={"q": "tea", "explain": True}).status_code == 401
    local = client(AccessOptions())
    assert local.get("/v1/search?q=tea&explain=true").status_code == 200


def test_a_key_comes_in_any_of_three_headers(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    secret, key = new_key("k", ["preview"])
    ring.add(key)
    asked = client(AccessOptions(PUBLIC, ring))
    body = {"text": "# Do trams fly?"}
    assert asked.post("/v1/preview", json=body, auth=("any", secret)).status_code == 200
    for headers in ({"Authorization": f"bearer {secret}"}, {"X-API-Key": secret}):
        assert asked.post("/v1/preview", json=body, headers=headers).status_code == 200
    for headers in ({"Authorization": "Basic !"}, {"Authorization": "Bearer x"}, {}):
        assert asked.post("/v1/preview", json=body, headers=headers).status_code in (401, 403)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("desk.example", 200),
        ("desk.example:8000", 200),
        ("DESK.example", 200),
        ("api.b.example", 200),
        ("evil.example", 421),
        ("b.example.evil.example", 421),
        ("[::1]:8000", 200),
    ],
)
def test_a_server_answers_to_its_names_alone(host: str, status: int) -> None:
    access = AccessOptions(allowed_hosts=("desk.example", "*.b.example", "[::1]"))
    found = client(access).get("/v1/search?q=tea", headers={"Host": host})
    assert found.status_code == status


def test_one_address_may_ask_so_often_and_waits_as_it_is_told() -> None:
    now = [0.0]
    app = create_app(FakeBackend())
    guard = Guard(policy=AccessPolicy(), requests_per_minute=2, clock=lambda: now[0])
    limited = AccessMiddleware(app, guard.check)

    def status() -> int:
        with TestClient(app, raise_server_exceptions=False):
            pass
        found: list[int] = []

        async def run() -> None:
            from api.http.errors import ApiError

            async def send(message: object) -> None:
                if isinstance(message, dict) and message["type"] == "http.response.start":
                    found.append(int(message["status"]))

            async def receive() -> dict[str, object]:
                return {"type": "http.request", "body": b""}

            scope = {
                "type": "http",
                "method": "GET",
                "path": "/v1/suggest",
                "raw_path": b"/v1/suggest",
                "query_string": b"q=t",
                "headers": [(b"host", b"x")],
                "client": ("10.0.0.1", 1),
                "app": app,
            }
            try:
                await limited(scope, receive, send)
            except ApiError as error:
                assert error.headers
                assert int(error.headers["Retry-After"]) > 0
                found.append(error.status_code)

        import anyio

        anyio.run(run)
        return found[0]

    assert [status() for _ in range(3)] == [200, 200, 429]
    now[0] += 31.0
    assert [status() for _ in range(2)] == [200, 429]


def test_explain_is_read_as_the_route_reads_it() -> None:
    assert asks_to_explain(b"explain=True")
    assert not asks_to_explain(b"q=explain")
    assert not asks_to_explain(b"explain=0")
