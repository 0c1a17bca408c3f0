"""Access of one request: the key that it carries, and what it may do."""

from __future__ import annotations

import base64
import binascii

from starlette.datastructures import Headers
from starlette.types import Scope as Connection

from api.http.errors import ApiError

GRANTED = "divedeeper.scopes"
"""Where a connection holds the scopes that it has; without it everything is allowed."""
MAX_KEY_CHARACTERS = 200


def check_granted(connection: Connection, scope: str) -> None:
    """Raise ApiError 401 or 403 where a request may not do what a scope allows.

    For what a route learns from the body; the table of scopes is checked for each request.
    """
    if scope in connection.get(GRANTED, frozenset((scope,))):
        return
    if not secret_of_request(Headers(scope=connection)):
        error = ApiError(
            401,
            f"This needs a key with the scope {scope}.",
            "Send it as `Authorization: Bearer KEY`; `divedeeper keys add` makes one.",
        )
        error.headers = {"WWW-Authenticate": 'Bearer, Basic realm="divedeeper", charset="UTF-8"'}
        raise error
    raise ApiError(
        403, f"This key does not allow {scope}.", "Ask the operator for a key that does."
    )


def secret_of_request(headers: Headers) -> str:
    """Return the key that a request carries, "" for none.

    As ``Authorization: Bearer``, as the password of ``Basic`` (what a browser asks for), or as
    ``X-API-Key``; never in the address, which logs keep.
    """
    kind, _, value = headers.get("authorization", "").partition(" ")
    value = value.strip()[:MAX_KEY_CHARACTERS]
    if kind.casefold() == "bearer":
        return value
    if kind.casefold() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return headers.get("x-api-key", "")[:MAX_KEY_CHARACTERS]
