"""Webhook: tells one address what changed, signed, again until it was heard, and off by default.

A delivery is ``POST`` with the JSON of ``/v1/changes``. ``X-Divedeeper-Signature`` holds
``t=SECONDS,v1=HEX``: the HMAC-SHA-256, by the secret, of the seconds, a full stop and the body, as
Stripe and others sign theirs; a receiver refuses old seconds. A delivery that is not answered by
2xx is sent again; what was told last is kept beside the archive.
"""

from __future__ import annotations

import hmac
import socket
import threading
import time
import urllib.request
from collections.abc import Callable
from hashlib import sha256
from http.client import HTTPException
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from corpus.errors import ArchiveError
from corpus.fetch.addresses import is_public_ip
from corpus.progress import Say
from corpus.storage.atomic import atomic_writer
from corpus.storage.store import Store

CURSOR = "webhook.json"
LOOK_SECONDS = 1.0
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0  # seconds before a delivery is tried again; twice each time
SEND_SECONDS = 10.0
MAX_CHANGES = 500  # of one delivery

Send = Callable[[str, bytes, dict[str, str]], int]


class WebhookError(Exception):
    """The address cannot be used; the message says why."""


class Webhook:
    """Delivers the changes of a store to one address, in a thread of its own."""

    def __init__(
        self,
        store_path: Path,
        url: str,
        secret: str,
        say: Say,
        *,
        allow_private: bool = False,
        send: Send | None = None,
    ) -> None:
        """Deliver to ``url``.

        Parameters
        ----------
        store_path
            The file of the store; what was told last is kept in its folder.
        url
            http or https.
        secret
            Signs each delivery.
        say
            Told when deliveries begin to fail, and when they work again.
        allow_private
            Whether the address may lead into a private network.
        send
            Sends a body with headers and returns the status; None for a real request.

        Raises
        ------
        WebhookError
            The address or the secret cannot be used.
        """
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise WebhookError(f"the webhook address {url!r} does not begin with https://")
        if len(secret) < 16:
            raise WebhookError("the webhook secret has fewer than 16 characters")
        self._path, self._url, self._secret, self._say = store_path, url, secret, say
        self._allow_private = allow_private
        self._send = send or _post
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhook", daemon=True)
        self._wait = 0.0

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; a delivery that is under way may end."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(SEND_SECONDS)

    def deliver(self) -> int:
        """Deliver what is new, once; return how many changes were heard.

        Raises
        ------
        OSError, HTTPException, WebhookError
            It was not heard; the same changes are delivered the next time.
        """
        cursor = self._cursor()
        with Store.open(self._path, read_only=True) as store:
            if cursor is None:  # from now on: what was there before is no news
                self._keep_cursor(store.sequence())
                return 0
            changes = [
                {
                    "sequence": change.sequence,
                    "id": change.id,
                    "kind": "put" if change.article and change.article.published else "gone",
                }
                for change in islice(store.changed_since(cursor), MAX_CHANGES)
            ]
        if not changes:
            return 0
        last = changes[-1]["sequence"]
        body = orjson.dumps({"sequence": last, "changes": changes})
        if not self._allow_private:
            refuse_private_address(self._url)
        status = self._send(self._url, body, self._headers(body))
        if not 200 <= status < 300:
            raise WebhookError(f"{self._url} answered {status}")
        self._keep_cursor(int(str(last)))
        return len(changes)

    def _headers(self, body: bytes) -> dict[str, str]:
        seconds = str(int(time.time()))
        signed = hmac.new(self._secret.encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "User-Agent": "divedeeper",
            "X-Divedeeper-Signature": f"t={seconds},v1={signed}",
        }

    def _run(self) -> None:
        while not self._stopped.wait(self._wait or LOOK_SECONDS):
            try:
                self.deliver()
            except (OSError, HTTPException, WebhookError, ArchiveError) as error:
                if not self._wait:
                    self._say(f"The webhook is not heard, and tried again: {error}")
                self._wait = min(LONGEST_WAIT, 2 * self._wait or FIRST_WAIT)
            else:
                if self._wait:
                    self._say("The webhook is heard again")
                self._wait = 0.0

    def _cursor(self) -> int | None:
        try:
            kept = orjson.loads((self._path.parent / CURSOR).read_bytes())
            return int(kept["sequence"]) if kept["url"] == self._url else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep_cursor(self, sequence: int) -> None:
        with atomic_writer(self._path.parent / CURSOR) as file:
            file.write(orjson.dumps({"url": self._url, "sequence": sequence}))


def refuse_private_address(url: str) -> None:
    """Raise WebhookError where an address leads to this machine or into a private network."""
    host = urlsplit(url).hostname or ""
    for *_, place in socket.getaddrinfo(host, None):
        if not is_public_ip(str(place[0]).partition("%")[0]):
            raise WebhookError(f"{host} leads to the private address {place[0]}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None  # another address was not asked for


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    request = urllib.request.Request(url, body, headers, method="POST")
    opener = urllib.request.build_opener(_NoRedirects)
    with opener.open(request, timeout=SEND_SECONDS) as response:
        return int(response.status)
