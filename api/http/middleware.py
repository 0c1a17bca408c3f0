"""What surrounds every answer: security headers, caching, a bound on what is taken in."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import ApiError, ErrorAnswer

NO_STORE = "no-store"
BRIEFLY = "public, max-age=60"  # an article is corrected within a minute wherever it is cached
_SLASH = "/articles/"


def answer(request: Request, body: str, media_type: str, cache: str, status: int = 200) -> Response:
    """Return ``body`` with an entity tag, or 304 where the caller has just this already."""
    headers = {"Cache-Control": cache}
    if cache != NO_STORE:
        headers["ETag"] = tag = f'"{sha256(body.encode()).hexdigest()[:24]}"'
        known = request.headers.get("if-none-match", "")
        if known == "*" or tag in (t.strip().removeprefix("W/") for t in known.split(",")):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type)


class RequestGuardMiddleware:
    """ASGI middleware: bounded bodies, security headers on all answers, ids with their slashes.

    A server hands over a path with ``%2F`` already turned into ``/``, so that the article
    ``a/questions`` could not be told from the questions of ``a``. Below ``/articles/`` the path
    is therefore passed on as it was sent; who takes the id from it decodes it.
    """

    def __init__(
        self, app: ASGIApp, max_body_bytes: int, frame_ancestors: str, on_error: ErrorAnswer
    ) -> None:
        self.app = app
        self.on_error = on_error
        self.max_body_bytes = max_body_bytes
        self.headers = {
            # No inline script, nothing from elsewhere. frame-ancestors, not X-Frame-Options: a
            # route that is meant to stand in other people's pages sets its own policy.
            "Content-Security-Policy": (
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                f"form-action 'self'; frame-ancestors {frame_ancestors}"
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

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

        scope = _with_raw_id(scope)
        try:
            await self.app(scope, self._bounded(scope, receive), send_guarded)
        except Exception as error:
            if started:  # too late for another answer
                raise
            response = self.on_error(Request(scope), error)
            await response(scope, receive, send_guarded)

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """Return ``receive``, which raises 413 at the first byte too many, announced or not."""
        announced = Headers(scope=scope).get("content-length", "0")
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            if announced.isdecimal() and int(announced) > self.max_body_bytes:
                raise self._too_large()
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.max_body_bytes:
                raise self._too_large()
            return message

        return receive_bounded

    def _too_large(self) -> ApiError:
        return ApiError(
            413,
            f"The body is larger than {self.max_body_bytes:,} bytes.",
            "Send less: the text of one article, without pictures or markup.",
        )


def _with_raw_id(scope: Scope) -> Scope:
    raw: bytes = scope.get("raw_path", b"")
    if _SLASH not in scope["path"] or not raw:
        return scope
    # What some clients send unencoded is encoded here, so that decoding once gives the id.
    path = quote(raw.split(b"?")[0], safe="/%~!$&'()*+,;=:@")
    return {**scope, "path": path}
