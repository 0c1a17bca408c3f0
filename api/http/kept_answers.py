"""Kept answers: bytes that are sent without a look at the application, while nothing changed.

What embedding pages ask for is the same for every reader of a page. The answer is kept with its
headers, packed and as it is, and sent before any routing; who may have it is checked as always.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple, cast

import brotli
from starlette.types import ASGIApp, Receive, Scope, Send

from api.backend.protocol import Backend
from api.http.caching import TAG_CHARACTERS
from api.http.errors import ApiError

PATH = "/v1/next"
ROUTE = "divedeeper.route"
"""Where what answers before any routing leaves the pattern of its route."""
MAX_KEPT = 20_000  # answers, of some 5 kB and 2 kB packed
MIN_PACKED_BYTES = 500
GZIP_LEVEL, BROTLI_QUALITY = 6, 5

Headers = list[tuple[bytes, bytes]]


class KeptForm(NamedTuple):
    """An answer in one encoding: its name, "" for none, the headers and the bytes."""

    encoding: bytes
    headers: Headers
    body: bytes


class KeptAnswer(NamedTuple):
    """One answer: of which version of the archive, its tag and forms, the shortest first."""

    version: str
    tag: bytes
    forms: tuple[KeptForm, ...]
    unchanged_headers: Headers

    @property
    def body(self) -> bytes:
        """The answer as it is, in no encoding."""
        return self.forms[-1].body


class KeptAnswers:
    """Answers by the query that they answer; used by one event loop."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        """Keep answers that are sent with these headers."""
        self._headers = [(k.lower().encode(), v.encode()) for k, v in headers.items()]
        self._kept: OrderedDict[bytes, KeptAnswer] = OrderedDict()

    def get(self, key: bytes, version: str) -> KeptAnswer | None:
        """Return the answer of a query, if it is of this version of the archive."""
        kept = self._kept.get(key)
        if kept is None or kept.version != version:
            return None
        self._kept.move_to_end(key)
        return kept

    def keep(self, key: bytes, version: str, body: bytes) -> KeptAnswer:
        """Keep an answer, in place of the one that was used longest ago.

        Parameters
        ----------
        key
            The query.
        version
            Of the archive that it answers from.
        body
            The answer, as JSON.
        """
        tag = f'"{sha256(body).hexdigest()[:TAG_CHARACTERS]}"'.encode()
        packed: list[tuple[bytes, bytes]] = []
        if len(body) >= MIN_PACKED_BYTES:
            packed.append((b"br", brotli.compress(body, brotli.MODE_TEXT, BROTLI_QUALITY)))
            packed.append((b"gzip", gzip.compress(body, GZIP_LEVEL, mtime=0)))
        common = [*self._headers, (b"etag", tag), (b"vary", b"Accept-Encoding")]
        typed = [*common, (b"content-type", b"application/json")]
        forms = [
            KeptForm(
                encoding,
                [
                    *typed,
                    (b"content-encoding", encoding),
                    (b"content-length", b"%d" % len(data)),
                ],
                data,
            )
            for encoding, data in packed
        ]
        plain = KeptForm(b"", [*typed, (b"content-length", b"%d" % len(body))], body)
        kept = KeptAnswer(version, tag, (*forms, plain), common)
        self._kept[key] = kept
        self._kept.move_to_end(key)
        if len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
        return kept


class KeptAnswersMiddleware:
    """Sends kept answers; every other request goes on to the application."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        backend: Backend,
        answers: KeptAnswers,
        check: Callable[[Scope], None],
        origins: tuple[str, ...] = (),
    ) -> None:
        """Serve ``app``.

        Parameters
        ----------
        app
            The next ASGI application.
        backend
            Tells the version of the archive.
        answers
            What is kept; routes add to it.
        check
            Raises ApiError for a request that may not pass; the application then says so.
        origins
            Whose pages may read answers in a browser; a request of a page goes on, unless all may.
        """
        self.app = app
        self._backend, self._answers, self._check = backend, answers, check
        self._any_origin = "*" in origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        kept = None
        if scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "GET":
            kept = self._kept_for(scope)
        if kept is None:
            await self.app(scope, receive, send)
            return
        scope[ROUTE] = PATH
        headers, body = kept
        status = 304 if body is None else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body or b""})

    def _kept_for(self, scope: Scope) -> tuple[Headers, bytes | None] | None:
        """Return headers and body of what is kept, the body None for 304; None for nothing kept."""
        known = accepted = origin = b""
        for name, value in cast(Headers, scope["headers"]):
            if name == b"if-none-match":
                known = value
            elif name == b"accept-encoding":
                accepted = value
            elif name == b"origin":
                origin = value
        if origin and not self._any_origin:
            return None  # whether this page may read it is told by the application
        try:
            found = self._answers.get(scope["query_string"], self._backend.version())
            if found is None:
                return None
            self._check(scope)
        except (ApiError, OSError, RuntimeError):
            return None
        allowed = [(b"access-control-allow-origin", b"*")] if origin else []
        if known and (known == b"*" or found.tag in known):
            return [*found.unchanged_headers, *allowed], None
        form = next(form for form in found.forms if form.encoding in accepted)
        return [*form.headers, *allowed], form.body
