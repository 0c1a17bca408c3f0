"""Access middleware: host names, keys and their scopes, and how often one address may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from api.http.access import GRANTED, check_granted, secret_of_request
from api.http.errors import ApiError
from api.security.keys import KeyRing
from api.security.scopes import AccessPolicy, required_scope

MAX_CLIENTS = 10_000  # whose requests are counted; the one that was silent longest is forgotten
_ALWAYS_ANSWERED = ("/healthz", "/readyz")  # whatever the load: for the operator's probes


class AccessMiddleware:
    """Lets a request pass that ``Guard.check`` does not refuse."""

    def __init__(self, app: ASGIApp, check: Callable[[Connection], None]) -> None:
        """Guard ``app``; ``check`` raises ApiError for a request that may not pass."""
        self.app, self._check = app, check

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        """Pass one request on, or raise ApiError 401, 403, 421 or 429."""
        if connection["type"] == "http":
            self._check(connection)
        await self.app(connection, receive, send)


class Guard:
    """Judges requests: by the name they call the server by, by their key, and by how many come."""

    def __init__(
        self,
        *,
        policy: AccessPolicy,
        keys: KeyRing | None = None,
        allowed_hosts: Sequence[str] = ("*",),
        requests_per_minute: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Judge by these options.

        Parameters
        ----------
        policy
            What needs no key.
        keys
            Those that there are; None for none.
        allowed_hosts
            Names by which the server may be called, ``*.desk.example`` and ``*`` among them. Any
            other is refused: a foreign name that leads here reads a local server through a browser.
        requests_per_minute
            That one client address may send; 0: any number. A key is counted by itself.
        clock
            Seconds that only go forward.
        """
        self._policy, self._keys = policy, keys
        self._open = policy.open_scopes()
        self._hosts = tuple(host.casefold() for host in allowed_hosts)
        self._rate = requests_per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, connection: Connection) -> None:
        """Raise ApiError where a request may not pass; note what it may do."""
        headers = Headers(scope=connection)
        self._check_host(headers.get("host", ""))
        secret = secret_of_request(headers)
        known = self._keys.scopes_of(secret) if self._keys and secret else frozenset()
        connection[GRANTED] = known | self._open
        self._check_scope(connection)
        if self._rate and connection["path"] not in _ALWAYS_ANSWERED:
            client = connection.get("client")
            self._check_rate(secret or (client[0] if client else ""))

    def _check_host(self, host: str) -> None:
        if "*" in self._hosts:
            return
        name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        name = name.casefold()
        for allowed in self._hosts:
            if name == allowed or (allowed.startswith("*.") and name.endswith(allowed[1:])):
                return
        raise ApiError(
            421,
            "This server is not called by that name.",
            "Use its own address, or let the operator add the name to DIVEDEEPER_ALLOWED_HOSTS.",
        )

    def _check_scope(self, connection: Connection) -> None:
        scope = required_scope(connection["method"], connection["path"])
        if scope is not None:
            check_granted(connection, scope)
        if asks_to_explain(connection.get("query_string", b"")):
            check_granted(connection, "preview")

    def _check_rate(self, client: str) -> None:
        """Take one from the client's bucket, which a minute fills."""
        now, full = self._clock(), float(self._rate)
        left, last = self._buckets.pop(client, (full, now))
        left = min(full, left + (now - last) * full / 60.0)
        self._buckets[client] = (left - 1.0 if left >= 1.0 else left, now)
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        if left < 1.0:
            error = ApiError(
                429, "Too many requests from this address.", "Wait as Retry-After says."
            )
            error.headers = {"Retry-After": str(max(1, round((1.0 - left) * 60.0 / full)))}
            raise error


def asks_to_explain(query: bytes) -> bool:
    """Return whether a query string has an ``explain`` that is not false."""
    if b"explain" not in query and b"%" not in query:
        return False
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return any(
        name == "explain" and value.casefold() not in ("false", "0", "no", "off", "f", "n")
        for name, value in pairs
    )
