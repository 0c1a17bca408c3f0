"""Site address: below which path, and at which public address, this server is reached.

A server behind a newspaper's proxy may be reached at https://www.desk.example/factcheck/. Links of
our pages begin with the path, addresses in answers of the JSON API with the whole public address.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import cast
from urllib.parse import urlsplit

from fastapi import Request

_BASE: ContextVar[str] = ContextVar("base", default="")
"""Of the request that is being answered: what its addresses begin with, without a last slash."""


class SiteAddress:
    """Path and public address of a server, both without a last slash and perhaps empty."""

    def __init__(self, root_path: str = "", public_url: str = "") -> None:
        """Take the path of ``public_url`` where ``root_path`` is empty."""
        self.public_url = public_url.rstrip("/")
        self.root_path = root_path.rstrip("/") or urlsplit(self.public_url).path

    def begin_request(self, path: str) -> str:
        """Return ``path`` below the root, and let ``site_link`` answer for this request.

        A proxy may have taken the root away already; both are understood.
        """
        root = self.root_path
        if root and (path == root or path.startswith(f"{root}/")):
            path = path[len(root) :] or "/"
        _BASE.set((self.public_url or root) if path.startswith("/v1") else root)
        return path

    @property
    def base(self) -> str:
        """Return what addresses for others begin with: the public address, else the path."""
        return self.public_url or self.root_path


def site_link(path: str) -> str:
    """Return the address of ``path``, which begins with a slash, for the request at hand."""
    return _BASE.get() + path


def whole_address(request: Request, path: str = "") -> str:
    """Return the whole address of ``path``: the public one, else as the caller named the server."""
    site = cast(SiteAddress, request.app.state.site)
    return (site.public_url or str(request.base_url).rstrip("/")) + path
