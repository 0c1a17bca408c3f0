"""Sends requests: with a key, a time limit, and again where that may help and can do no harm."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from divedeeper_client.errors import DiveDeeperError, error_of_answer

LONGEST_WAIT_SECONDS = 30
FIRST_WAIT_SECONDS = 0.5  # doubled from try to try
MAY_PASS = (429, 502, 503, 504)


class Transport:
    """Connections to one server, kept open and safe to share between threads."""

    def __init__(self, base: str, api_key: str, timeout: float, retries: int) -> None:
        """Connect to nothing yet.

        Parameters
        ----------
        base
            Address of the server, with the path that it is below.
        api_key
            Sent with each request; empty: none.
        timeout
            Seconds to connect, and to wait for each part of an answer.
        retries
            More tries, where the server is busy or cannot be reached.

        Raises
        ------
        ValueError
            The address is none of http or https.
        """
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{base!r} is no address of http or https")
        self._base = parts._replace(query="", fragment="").geturl().rstrip("/")
        self._headers = {"Accept": "application/json"} | ({"X-API-Key": api_key} if api_key else {})
        retry = urllib3.Retry(
            retries,
            backoff_factor=FIRST_WAIT_SECONDS,
            status_forcelist=MAY_PASS,
            allowed_methods=None,  # each call of this API may be sent twice: none adds up
            redirect=0,  # a key is for this server alone
            raise_on_status=False,
            raise_on_redirect=False,
            respect_retry_after_header=True,
            retry_after_max=LONGEST_WAIT_SECONDS,
        )
        self._pool = urllib3.PoolManager(retries=retry, timeout=urllib3.Timeout(timeout))

    def send(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: object | None = None,
        accept: str | None = None,
    ) -> bytes:
        """Return the body of an answer whose status is 2xx.

        Parameters
        ----------
        method, path
            Of the call; the path is encoded.
        query
            A list is sent as one parameter for each value; None is left out.
        body
            Sent as JSON; None: none.
        accept
            Media type, if it is not JSON.

        Raises
        ------
        DiveDeeperError
            Any other answer, or none.
        """
        pairs = [*_pairs(query or {})]
        address = f"{self._base}{path}{'?' + urlencode(pairs) if pairs else ''}"
        headers = dict(self._headers)
        if accept:
            headers["Accept"] = accept
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body, ensure_ascii=False).encode()
        try:
            answer = self._pool.request(method, address, body=content, headers=headers)
        except urllib3.exceptions.HTTPError as error:
            reason = getattr(error, "reason", error)
            late = isinstance(reason, urllib3.exceptions.TimeoutError) and not isinstance(
                reason,
                urllib3.exceptions.NewConnectionError,  # a refused one, for all its parents
            )
            message = f"{self._base} {'gave no answer in time' if late else 'cannot be reached'}."
            raise DiveDeeperError(message, code="timeout" if late else "unreachable") from error
        if not 200 <= answer.status < 300:
            raise error_of_answer(answer.status, answer.data, answer.headers.get("Retry-After"))
        return answer.data

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        self._pool.clear()


def _pairs(query: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            if one is not None:
                yield name, str(one).lower() if isinstance(one, bool) else str(one)
