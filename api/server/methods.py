"""HEAD and OPTIONS of every route: the headers of a GET, and the methods that are allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT", "DELETE")


class MethodsMiddleware:
    """Answers HEAD by what GET answers, and OPTIONS by the methods of the address."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        """Serve ``app``, whose ``routes`` tell what an address takes."""
        self.app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http" or scope["method"] not in ("HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            allowed = ", ".join(allowed_methods(self._routes, scope))
            headers = [(b"allow", allowed.encode()), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        else:

            async def send_head(message: Message) -> None:
                if message["type"] == "http.response.body":
                    if message.get("more_body"):
                        return
                    message = {"type": "http.response.body", "body": b""}
                await send(message)

            scope["method"] = "GET"
            await self.app(scope, receive, send_head)


def allowed_methods(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    """Return the methods that the address of a request takes, HEAD and OPTIONS among them.

    An address that there is not takes OPTIONS alone.
    """
    routes = list(routes)
    found = [
        method
        for method in METHODS
        if any(r.matches({**scope, "method": method})[0] is Match.FULL for r in routes)
    ]
    if "GET" in found:
        found.insert(found.index("GET") + 1, "HEAD")
    return [*found, "OPTIONS"]
