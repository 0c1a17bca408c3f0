"""The error that every call may raise."""

from __future__ import annotations

import json


class DiveDeeperError(Exception):
    """What went wrong, in the words of the server where it could be reached.

    ``status`` is that of the answer, 0 where there was none. ``code`` is the API's word for it,
    ``unreachable`` or ``timeout`` without an answer, ``unknown`` where something between answered.
    ``remedy`` says how to mend it, or is empty. ``retry_after`` is in seconds, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: str = "unreachable",
        remedy: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message, self.status, self.code, self.remedy = message, status, code, remedy
        self.retry_after = retry_after


def error_of_answer(status: int, body: bytes, retry_after: str | None) -> DiveDeeperError:
    """Return the error that an answer tells.

    Parameters
    ----------
    status
        Of the answer.
    body
        In the API's form, or whatever something between wrote.
    retry_after
        The header, if there is one.
    """
    seconds = float(retry_after) if retry_after and retry_after.isdecimal() else None
    try:
        told = json.loads(body)["error"]
        message, code, remedy = str(told["message"]), str(told["code"]), str(told["remedy"])
    except (ValueError, KeyError, TypeError):
        message, code, remedy = f"The server answered {status}.", "unknown", ""
    return DiveDeeperError(message, status=status, code=code, remedy=remedy, retry_after=seconds)
