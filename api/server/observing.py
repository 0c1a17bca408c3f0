"""Observation of requests: an id for each, one line of JSON in the log, and Prometheus metrics.

What people type is no business of a log: neither the query nor the body stands in a line.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import orjson
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.backend.protocol import BackendStatus
from api.http.kept_answers import ROUTE

METRICS_PATH = "/metrics"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_OTHER = "other"  # for addresses of no route: their number has no bound

log = logging.getLogger("divedeeper.access")


class Metrics:
    """What a server counts, by route and status."""

    def __init__(
        self, status: Callable[[], BackendStatus], shared_folder: Path | None = None
    ) -> None:
        """Count for one server.

        Parameters
        ----------
        status
            Tells what it serves.
        shared_folder
            Where its processes count together, by ``PROMETHEUS_MULTIPROC_DIR``; None for one alone.
        """
        self._shared = shared_folder
        self._status = status
        self._registry = CollectorRegistry()
        self.seconds = Histogram(
            "divedeeper_request_seconds",
            "Time from a request to the end of its answer.",
            ("route", "method"),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.requests = Counter(
            "divedeeper_requests",
            "Requests answered.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self.running = Gauge(
            "divedeeper_requests_running",
            "Requests being answered.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._articles = Gauge(
            "divedeeper_articles",
            "Articles that are served.",
            registry=self._registry,
            multiprocess_mode="livemostrecent",
        )
        self._ready = Gauge(
            "divedeeper_ready",
            "1 where an index is served.",
            registry=self._registry,
            multiprocess_mode="livemin",
        )
        self._generation = Gauge(
            "divedeeper_generation_built_seconds",
            "When the index that is served was built, in seconds since 1970.",
            registry=self._registry,
            multiprocess_mode="livemostrecent",
        )

    def text(self) -> bytes:
        """Return the metrics in the form that Prometheus reads."""
        status = self._status()
        self._articles.set(status.articles)
        self._ready.set(status.ready)
        if status.built_at is not None:
            self._generation.set(status.built_at.timestamp())
        if self._shared is None:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, str(self._shared))  # type: ignore[no-untyped-call]
        return generate_latest(together)


class ObservingMiddleware:
    """Gives each request an id, counts it, and writes its line of the log."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log_form: str = "none") -> None:
        """Observe ``app``.

        Parameters
        ----------
        app
            The next ASGI application.
        metrics
            Where requests are counted.
        log_form
            Of the line of the log that each request has: text, json, or none.
        """
        self.app, self._metrics, self._log_form = app, metrics, log_form

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and observe its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status, size, asked = time.perf_counter(), 500, 0, scope["method"]
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else uuid4().hex

        async def send_observed(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            else:
                size += len(message.get("body", b""))
            await send(message)

        self._metrics.running.inc()
        try:
            await self.app(scope, receive, send_observed)
        finally:
            self._metrics.running.dec()
            seconds = time.perf_counter() - start
            route = _pattern_of_route(scope)
            method = asked if asked in _METHODS else _OTHER
            self._metrics.requests.labels(route, method, status).inc()
            self._metrics.seconds.labels(route, method).observe(seconds)
            if self._log_form != "none":
                scope["method"] = asked  # HEAD is answered as GET
                log.info(self._log_line(scope, request_id, status, size, seconds))

    def _log_line(
        self, scope: Scope, request_id: str, status: int, size: int, seconds: float
    ) -> str:
        """Return the line of one request, without its query and body."""
        client = scope.get("client")
        address, method, path = client[0] if client else "-", scope["method"], scope["path"]
        ms = round(seconds * 1000, 2)
        if self._log_form == "json":
            line = {"id": request_id, "client": address, "method": method, "path": path}
            line |= {"status": status, "bytes": size, "ms": ms}
            return orjson.dumps(line).decode()
        shown = "".join(c if c.isprintable() else "?" for c in path)
        return f"{address} {method} {shown} {status} {size} B {ms} ms {request_id}"


_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"))


def _pattern_of_route(scope: Scope) -> str:
    """Return the pattern of the route that answered, or the name of the page's function.

    Whoever answered left it in the scope.
    """
    route = scope.get(ROUTE) or getattr(scope.get("route"), "path", "")
    return str(route or getattr(scope.get("endpoint"), "__name__", "") or _OTHER)
