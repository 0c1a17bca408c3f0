"""Each route needs the scope that it should, and a route nobody thought of needs the highest."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from api.app import create_app
from api.security.scopes import (
    SCOPES,
    AccessPolicy,
    Scope,
    is_local_host,
    required_scope,
    scopes_by_route,
)
from tests.api.fake_backend import FakeBackend

# Every route of the API and the pages, and what it needs.
TABLE: dict[str, Scope | None] = {
    "GET /": "read",
    "GET /articles/{id:path}": "read",
    "GET /draft": "preview",
    "POST /draft": "preview",
    "GET /docs": "preview",
    "GET /openapi.json": "preview",
    "GET /v1/search": "read",
    "POST /v1/search": "read",
    "GET /v1/suggest": "read",
    "GET /v1/next": "read",
    "GET /v1/fragment": "read",
    "GET /v1/fragment/{id:path}": "read",
    "GET /widget.js": None,
    "GET /oembed": "read",
    "GET /v1/changes": "read",
    "GET /v1/changes/stream": "read",
    "GET /v1/articles/{id:path}": "read",
    "GET /v1/articles/{id:path}/questions": "read",
    "GET /v1/articles/{id:path}/related": "read",
    "PUT /v1/articles/{id:path}": "write",
    "DELETE /v1/articles/{id:path}": "write",
    "POST /v1/articles:batch": "write",
    "POST /v1/preview": "preview",
    "GET /v1alpha1/claims:search": "read",
    "GET /robots.txt": None,
    "GET /sitemap.xml": None,
    "GET /opensearch.xml": None,
    "GET /suggest": "read",
    "GET /feeds/checks.atom": "read",
    "GET /feeds/checks.json": "read",
    "GET /metrics": "admin",
    "GET /healthz": None,
    "GET /readyz": None,
}


def test_the_table_holds_every_route_with_its_scope() -> None:
    app = create_app(FakeBackend())
    routes = {
        path.replace("{id}", "{id:path}"): " ".join(operations).upper()
        for path, operations in app.openapi()["paths"].items()
    }
    for route in app.router.routes:
        if isinstance(route, Route) and route.path not in routes:
            routes[route.path] = " ".join((route.methods or set()) - {"HEAD"})
    assert {route: required_scope(*route.split(" ")) for route in TABLE} == TABLE
    found = scopes_by_route(routes)
    assert found.keys() <= TABLE.keys() | {"GET /docs/", "POST /docs"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
def test_what_nobody_thought_of_needs_the_highest_scope(method: str) -> None:
    assert required_scope(method, "/v1/unknown") == "admin"


def test_a_policy_opens_reads_and_this_machine_and_never_writing() -> None:
    local, public = AccessPolicy(), AccessPolicy(is_local=False)
    assert local.open_scopes() == {"read", "preview", "admin"}
    assert public.open_scopes() == {"read"}
    assert AccessPolicy("keyed", "keyed").open_scopes() == set()
    assert AccessPolicy("keyed", "keyed").is_open(None)
    assert AccessPolicy("open", "open", is_local=False).open_scopes() == {
        "read",
        "preview",
        "admin",
    }
    assert "write" in SCOPES


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("desk.example", False),
    ],
)
def test_hosts_of_this_machine(host: str, local: bool) -> None:
    assert is_local_host(host) == local
