"""Request guard: bounded bodies, security headers, and article ids with slashes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import ApiError, ErrorResponse

BODY_SECONDS = 30.0  # for the next piece of a body
_OF_IDS = ("/articles/", "/v1/fragment/")  # what comes before the id of an article


def security_headers(frame_ancestors: str) -> dict[str, str]:
    """Return the headers of every response; ``frame_ancestors`` may show it in a frame."""
    return {
        # No inline script, nothing from elsewhere. frame-ancestors, not X-Frame-Options: a
        # route that is meant to be embedded in other sites sets its own policy.
        "Content-Security-Policy": (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            f"form-action 'self'; frame-ancestors {frame_ancestors}"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


class RequestGuardMiddleware:
    """ASGI middleware: bounded bodies, security headers on all responses, ids with slashes.

    A server decodes ``%2F`` in a path, so that the article ``a/questions`` would look like the
    questions of ``a``. Below ``/articles/`` the path is therefore passed on as it was sent;
    ``routes.article_id_of_route`` decodes the id.
    """

    def __init__(
        self,
        app: ASGIApp,
        max_body_bytes: int,
        headers: Mapping[str, str],
        on_error: ErrorResponse,
        larger_bodies: Mapping[str, int] | None = None,
    ) -> None:
        """Guard an application.

        Parameters
        ----------
        app
            The next ASGI application.
        max_body_bytes
            Larger bodies are refused with 413.
        headers
            Of every response that does not set them itself; see ``security_headers``.
        on_error
            Makes the response to an error that nothing else has caught.
        larger_bodies
            Path → bytes that its bodies may have.
        """
        self.app = app
        self.on_error = on_error
        self.max_body_bytes = max_body_bytes
        self.larger_bodies = dict(larger_bodies or {})
        self.headers = dict(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            started = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        scope = _scope_with_raw_id(scope)
        try:
            await self.app(scope, self._bounded_receive(scope, receive), send_guarded)
        except Exception as error:
            if started:  # too late for another response
                raise
            response = self.on_error(Request(scope), error)
            await response(scope, receive, send_guarded)

    def _bounded_receive(self, scope: Scope, receive: Receive) -> Receive:
        """Return ``receive``, which raises 413 at the first byte too many, announced or not."""
        announced = Headers(scope=scope).get("content-length", "0")
        most = self.larger_bodies.get(scope["path"], self.max_body_bytes)
        taken = 0

        is_whole = False

        async def receive_bounded() -> Message:
            nonlocal taken, is_whole
            if announced.isdecimal() and int(announced) > most:
                raise self._request_too_large(most)
            if is_whole:  # what comes is the end of the connection, whenever that is
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), BODY_SECONDS)
            except TimeoutError:
                raise ApiError(
                    408, "The body did not come in time.", "Send it again, without pauses."
                ) from None
            is_whole = not message.get("more_body", False)
            taken += len(message.get("body", b""))
            if taken > most:
                raise self._request_too_large(most)
            return message

        return receive_bounded

    def _request_too_large(self, most: int) -> ApiError:
        return ApiError(
            413,
            f"The body is larger than {most:,} bytes.",
            "Send less: the text of one article, without pictures or markup.",
        )


def _scope_with_raw_id(scope: Scope) -> Scope:
    raw: bytes = scope.get("raw_path", b"")
    if not raw or not any(before in scope["path"] for before in _OF_IDS):
        return scope
    # What some clients send unencoded is encoded here, so that decoding once gives the id.
    path = quote(raw.split(b"?")[0], safe="/%~!$&'()*+,;=:@")
    scope["path"] = path
    return scope
