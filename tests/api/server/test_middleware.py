"""Every response is guarded: bounded bodies, security headers, ids as they were sent."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api.http.errors import ApiError
from api.server.middleware import RequestGuardMiddleware, security_headers
from tests.api.fake_backend import TEA, make_client


def respond(request: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), error.status_code if isinstance(error, ApiError) else 500)


def call(app: Any, scope: dict[str, Any], *bodies: bytes) -> list[Message]:
    """Return the messages that a guarded application sends for one request."""
    guarded = RequestGuardMiddleware(app, 10, security_headers("https://news.example"), respond)
    sent: list[Message] = []
    chunks = list(bodies)

    async def receive() -> Message:
        more = len(chunks) > 1
        return {"type": "http.request", "body": chunks.pop(0) if chunks else b"", "more_body": more}

    async def send(message: Message) -> None:
        sent.append(message)

    defaults = {"type": "http", "method": "GET", "path": "/", "headers": [], "raw_path": b"/"}
    asyncio.run(guarded(defaults | scope, receive, send))
    return sent


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await PlainTextResponse(scope["path"])(scope, receive, send)


def test_a_body_too_large_is_refused_announced_or_not() -> None:
    client = make_client()
    response = client.post("/v1/preview", json={"headline": "x" * 1_000_001})
    assert response.status_code == 413
    error = response.json()["error"]
    assert error["code"] == "too_large"
    assert "1,000,000 bytes" in error["message"]
    chunks = (b"x" * 100_000 for _ in range(11))
    headers = {"content-type": "application/json"}
    assert client.post("/v1/preview", content=chunks, headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("headers", "bodies", "status"),
    [
        ([], [b"0123456789"], 200),
        ([], [b"01234", b"567890"], 413),
        ([(b"content-length", b"11")], [b""], 413),
        ([(b"content-length", b"many")], [b"0"], 200),
    ],
)
def test_the_bound_holds_to_the_byte(
    headers: list[tuple[bytes, bytes]], bodies: list[bytes], status: int
) -> None:
    assert call(read_all, {"headers": headers}, *bodies)[0]["status"] == status


def test_security_headers_are_on_every_response_and_name_who_may_frame_it() -> None:
    headers = dict(call(read_all, {}, b"")[0]["headers"])
    assert b"frame-ancestors https://news.example" in headers[b"content-security-policy"]
    assert headers[b"x-content-type-options"] == b"nosniff"
    for path in (f"/articles/{TEA.id}", "/v1/search?q=tea", "/v1/articles/unknown"):
        assert "default-src 'self'" in make_client().get(path).headers["content-security-policy"]


def test_an_id_reaches_the_application_as_it_was_sent() -> None:
    scope = {"path": "/v1/articles/a/b c", "raw_path": b"/v1/articles/a%2Fb c?x=1"}
    assert call(read_all, scope, b"")[-1]["body"] == b"/v1/articles/a%2Fb%20c"
    assert (
        call(read_all, {"path": "/v1/a b", "raw_path": b"/v1/a%20b"}, b"")[-1]["body"] == b"/v1/a b"
    )


def test_an_error_after_the_response_began_is_not_answered_again() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        call(broken, {}, b"")
