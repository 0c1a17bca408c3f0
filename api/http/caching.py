"""HTTP caching: entity tags, Cache-Control, and 304 for what the caller has already."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

NO_STORE = "no-store"
REVALIDATE = "no-cache"  # may be stored, and is revalidated before each use
ONE_MINUTE = "public, max-age=60"  # so a correction of an article is everywhere in a minute
TAG_CHARACTERS = 24  # of the SHA-256: 96 bits


def embedded_cache_control(seconds: int) -> str:
    """Return the Cache-Control of what embedding pages ask for.

    A cache may show what it has for ten times as long while it asks for the new one, so that no
    reader waits; 0 seconds: it asks each time.
    """
    if seconds == 0:
        return REVALIDATE
    return f"public, max-age={seconds}, stale-while-revalidate={10 * seconds}"


def cacheable_response(
    request: Request,
    body: str,
    media_type: str,
    cache_control: str,
    status: int = 200,
    extra: Mapping[str, str] | None = None,
) -> Response:
    """Return ``body`` with an entity tag, or 304 where the caller has just this already.

    Parameters
    ----------
    request
        Its ``If-None-Match`` names what the caller has.
    body
        The content.
    media_type
        Such as ``text/html``.
    cache_control
        One of the constants of this module; with ``NO_STORE`` there is no tag and no 304.
    status
        Of the response with the body.
    extra
        More headers, such as ``Vary``; a 304 has them too.
    """
    headers = {"Cache-Control": cache_control, **(extra or {})}
    if cache_control != NO_STORE:
        tag = f'"{sha256(body.encode()).hexdigest()[:TAG_CHARACTERS]}"'
        headers["ETag"] = tag
        known = request.headers.get("if-none-match", "")
        if known == "*" or tag in (t.strip().removeprefix("W/") for t in known.split(",")):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type)
