"""Site path: requests below the path where a proxy shows this server, and redirects within it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.site_address import SiteAddress

_REDIRECTS = (301, 302, 303, 307, 308)


class SitePathMiddleware:
    """Takes the path of the site away before any routing, and puts it before redirects.

    The name of the server is taken out of redirects, too: it is whatever the caller wrote.
    """

    def __init__(self, app: ASGIApp, site: SiteAddress) -> None:
        """Serve ``app`` at ``site``."""
        self.app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = {**scope, "app_root_path": self._site.root_path}  # for Request.base_url
        path = self._site.begin_request(scope["path"])
        if path != scope["path"]:
            raw = scope.get("raw_path", b"")
            root = self._site.root_path.encode()
            scope["path"] = path
            if raw.startswith(root):
                scope["raw_path"] = raw[len(root) :] or b"/"

        async def send_redirected(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _REDIRECTS:
                headers = MutableHeaders(scope=message)
                if location := headers.get("location"):
                    parts = urlsplit(location)
                    query = f"?{parts.query}" if parts.query else ""
                    headers["location"] = f"{self._site.root_path}{parts.path}{query}"
            await send(message)

        await self.app(scope, receive, send_redirected)
