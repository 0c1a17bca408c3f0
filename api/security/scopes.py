"""Scopes of routes: what a key must allow for a request, and what is open without one.

A request is judged by its method and path alone, in one table, before any route is reached: a route
that is not in the table needs ``admin``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal, get_args

from api.settings import Openness

Scope = Literal["read", "preview", "write", "edit", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

_PUBLIC: Scope | None = None
_OPERATION = "healthz readyz robots.txt sitemap.xml opensearch.xml widget.js favicon.ico".split()
# The first line that fits decides. None: never needs a key.
_TABLE: tuple[tuple[str, str, Scope | None], ...] = (
    ("GET|HEAD|OPTIONS", rf"/(?:{'|'.join(map(re.escape, _OPERATION))})", _PUBLIC),
    ("OPTIONS", r"/.*", _PUBLIC),
    ("GET|HEAD", r"/(?:static|docs-assets)/.*", _PUBLIC),
    ("GET|HEAD", r"/sitemaps?/.*", _PUBLIC),
    ("GET|HEAD", r"/metrics", "admin"),
    ("GET|HEAD|POST", r"/draft", "preview"),
    ("POST", r"/v1/preview", "preview"),
    ("GET|HEAD", r"/docs/?", "preview"),
    ("GET|HEAD", r"/openapi\.json", "preview"),
    ("POST", r"/v1/articles:batch", "write"),
    ("PUT|DELETE", r"/v1/articles/.+", "write"),
    ("POST", r"/v1/search", "read"),
    ("GET|HEAD", r"/v1/.*", "read"),
    ("GET|HEAD", r"/v1alpha1/.*", "read"),
    ("GET|HEAD", r"/(?:articles/.*|feeds?/.*|oembed|suggest|search)?", "read"),
)
_ROUTES = tuple((frozenset(m.split("|")), re.compile(p), scope) for m, p, scope in _TABLE)


def required_scope(method: str, path: str) -> Scope | None:
    """Return the scope that a request needs, None for one that never needs a key."""
    for methods, pattern, scope in _ROUTES:
        if method in methods and pattern.fullmatch(path):
            return scope
    # A wrong method or address of ours is told as such to whoever may read.
    return "read" if method in ("GET", "HEAD", "POST") else "admin"


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """Which scopes are open without a key.

    ``reads``: searches, articles and their lists. ``previews``: drafts, explanations, the API's
    documentation and metrics; ``auto`` opens them to this machine alone. Writing always needs a
    key.
    """

    reads: Openness = "open"
    previews: Openness = "auto"
    is_local: bool = True

    def is_open(self, scope: Scope | None) -> bool:
        """Return whether a scope needs no key."""
        if scope is None:
            return True
        if scope == "read":
            return self.reads != "keyed"
        if scope in ("preview", "admin"):
            return self.previews == "open" or (self.previews == "auto" and self.is_local)
        return False

    def open_scopes(self) -> frozenset[Scope]:
        """Return the scopes that need no key."""
        return frozenset(scope for scope in SCOPES if self.is_open(scope))


def is_local_host(host: str) -> bool:
    """Return whether a server that listens at ``host`` is reached from this machine alone."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def scopes_by_route(routes: Mapping[str, str]) -> dict[str, Scope | None]:
    """Return "METHOD path" → scope for routes given as path → methods, for tables and tests."""
    return {
        f"{method} {path}": required_scope(method, path)
        for path, methods in routes.items()
        for method in methods.split()
    }
