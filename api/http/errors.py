"""Error responses: what is wrong and how to mend it; nothing of the program's inside.

``{"error": {"code": "not_found", "message": "…", "remedy": "…"}}``
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.backend.protocol import NotReady
from corpus.errors import ArchiveError

MAX_ECHO_CHARACTERS = 80  # of a wrong value that its message repeats
MAX_FAULTS = 5  # that one message lists: more are not read
MAX_VALUE_CHARACTERS = 1_000  # of a value that are looked at
RETRY_SECONDS = 5  # after 503: an index is opened or switched in about that time
_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "timeout",
    409: "conflict",
    413: "too_large",
    421: "misdirected",
    422: "bad_parameter",
    429: "too_many_requests",
    501: "not_implemented",
    503: "not_ready",
}
_STOCK = {
    404: ("There is nothing at this address.", "/docs lists what can be asked for."),
    405: ("This address does not take this method.", "/docs lists the methods of each address."),
}

_UNREADABLE_BODY = "There was an error parsing the body"
"""What FastAPI says, with 400, of bytes that are no UTF-8, too deep, or a number too long."""

log = logging.getLogger("divedeeper.api")


class ApiError(HTTPException):
    """A response that is an error. ``message`` and ``remedy`` are sentences for the caller."""

    def __init__(self, status: int, message: str, remedy: str) -> None:
        super().__init__(status, message)
        self.remedy = remedy

    @classmethod
    def of(cls, error: Exception) -> ApiError:
        """Return ``error`` as a caller should see it; an unexpected one reveals nothing."""
        if isinstance(error, ApiError):
            return error
        if isinstance(error, HTTPException) and error.detail == _UNREADABLE_BODY:
            return cls(422, "The body is not valid JSON.", "Send JSON as UTF-8; see /docs.")
        if isinstance(error, HTTPException):
            message, remedy = _STOCK.get(error.status_code, (error.detail, "See /docs."))
            return cls(error.status_code, message, remedy)
        if isinstance(error, RequestValidationError):
            return bad_request(error.errors())
        if isinstance(error, NotReady):
            return cls(503, str(error), "Try again shortly; /readyz says when it is ready.")
        if isinstance(error, ArchiveError):
            return cls(
                503,
                "The archive cannot be read at the moment.",
                "Try again shortly; if it happens again, tell the operator, whose log has the "
                "reason.",
            )
        return cls(
            500,
            "Something went wrong on our side.",
            "Try again; if it happens again, tell the operator when it happened.",
        )

    def body(self) -> dict[str, dict[str, str]]:
        """Return the JSON of this error."""
        code = _CODES.get(self.status_code, "internal" if self.status_code >= 500 else "error")
        return {"error": {"code": code, "message": self.detail, "remedy": self.remedy}}


def unknown_article(article_id: str, n_articles: int) -> ApiError:
    """Return the 404 for an id that names no published article."""
    if n_articles == 0:
        return ApiError(404, "The archive is empty, so it has no such article.", EMPTY_REMEDY)
    return ApiError(
        404,
        f"No published article has the id {_value_in_error(article_id)}.",
        "Take the id from a search (/v1/search?q=…); write / in an id as %2F.",
    )


EMPTY_REMEDY = "Load articles with: divedeeper ingest PATH…, then: divedeeper build"


def bad_request(faults: Sequence[Mapping[str, Any]]) -> ApiError:
    """Return the error for what pydantic refused: each parameter, its value, what is allowed."""
    for fault in faults:
        if fault["type"] == "json_invalid":
            reason = fault.get("ctx", {}).get("error", "it does not parse")
            return ApiError(
                422, f"The body is not valid JSON: {reason}.", "Send JSON as UTF-8; see /docs."
            )
        if fault["type"] == "model_attributes_type" and len(fault["loc"]) < 2:
            return ApiError(
                422,
                "The body is not a JSON object.",
                "Send one, with the header Content-Type: application/json; see /docs.",
            )
    listed = [_validation_problem(fault) for fault in faults[:MAX_FAULTS]]
    names = ", ".join(dict.fromkeys(name for name, _ in listed))
    more = len(faults) - len(listed)
    message = " ".join(text for _, text in listed) + (f" And {more} more." if more > 0 else "")
    return ApiError(422, message, f"Correct or leave out {names}; /docs lists what is allowed.")


def _validation_problem(fault: Mapping[str, Any]) -> tuple[str, str]:
    """Return (name, sentence) of one fault that pydantic found."""
    place, *path = fault["loc"] or ("query",)
    name = _plain_error_text(".".join(str(part) for part in path) or f"the {place}")
    allowed = (
        _plain_error_text(str(fault["msg"])).removeprefix("Value error, ").removeprefix("Input ")
    )
    allowed = allowed.removesuffix(", unable to parse string as an integer")
    if isinstance(fault.get("ctx", {}).get("error"), UnicodeError):
        allowed = "should be text without half characters (surrogates)"
    if fault["type"] == "missing":
        return name, f"{name} is missing."
    if fault["type"] == "extra_forbidden":
        return name, f"{name} is not a known parameter."
    if not path:  # about several parameters at once: their values are not repeated
        return name, f"{allowed[:1].upper()}{allowed[1:]}."
    return name, f"{name} is {_value_in_error(fault.get('input'))}: {allowed}."


def _value_in_error(value: object) -> str:
    """Return ``value`` in quotes, cut to a length that cannot flood a response or a log."""
    text = _plain_error_text(value if isinstance(value, str) else repr(value))
    return f'"{text[:MAX_ECHO_CHARACTERS]}{"…" if len(text) > MAX_ECHO_CHARACTERS else ""}"'


def _plain_error_text(text: str) -> str:
    """Return ``text`` without half characters (surrogates), which no response can carry."""
    return text[:MAX_VALUE_CHARACTERS].encode("utf-8", "replace").decode()


ErrorResponse = Callable[[Request, Exception], Response]


def error_responses(page: Callable[[Request, ApiError], Response]) -> ErrorResponse:
    """Return what makes a response of any error: JSON, or a ``page`` where a person reads it."""

    def respond_with_error(request: Request, error: Exception) -> Response:
        shown = ApiError.of(error)
        if shown.status_code == 500:
            log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        elif isinstance(error, ArchiveError):  # its message is for the operator: it names files
            log.error("%s %s failed: %s", request.method, request.url.path, error)
        if _is_error_of_page(request):
            response = page(request, shown)
            response.headers.update({**_extra_headers(shown), **(shown.headers or {})})
            return response
        headers = {"Cache-Control": "no-store"} | _extra_headers(shown)
        if isinstance(error, HTTPException):
            headers |= error.headers or {}
        return JSONResponse(shown.body(), shown.status_code, headers)

    return respond_with_error


def _extra_headers(error: ApiError) -> dict[str, str]:
    if error.status_code == 503:
        return {"Retry-After": str(RETRY_SECONDS)}
    return {"Allow": "GET, HEAD, OPTIONS"} if error.status_code == 405 else {}


EXPECTED = (HTTPException, RequestValidationError, NotReady, ArchiveError)
"""Errors that callers or disks cause; ``RequestGuardMiddleware`` catches any other."""


def _is_error_of_page(request: Request) -> bool:
    path = request.url.path
    if path.startswith(("/v1/", "/healthz", "/readyz")):
        return False
    return (
        path in ("/", "/draft")
        or path.startswith("/articles/")
        or "text/html" in request.headers.get("accept", "")
    )
