"""One polite, bounded GET: robots.txt kept, time and bytes limited, every redirect checked."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import urllib3
from protego import Protego

from corpus.fetch.addresses import AddressError, Target, request_target
from corpus.models import BadRecord

USER_AGENT = "divedeeper"
MAX_PAGE_BYTES = 20_000_000
MAX_DOCUMENT_BYTES = 4_000_000_000  # of a dump that is named by the operator
MAX_ROBOTS_BYTES = 500_000  # RFC 9309, 2.5: at least 500 kibibytes are read
MAX_REDIRECTS = 5
CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0
PAGE_SECONDS, DOCUMENT_SECONDS = 60.0, 1_800.0  # of a whole answer
PAUSE_SECONDS = 0.5  # between two requests to a host, unless it asks for more
MAX_PAUSE_SECONDS = 30.0  # that a host may ask for, between requests or before a second try
_BLOCK_BYTES = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})


class FetchError(Exception):
    """An address that gave nothing; ``record`` says why and what to do.

    ``status`` is that of the answer, 0 for none; ``is_site`` says that the site itself does not
    answer, so that its other addresses will not either.
    """

    def __init__(
        self, url: str, reason: str, remedy: str, *, status: int = 0, is_site: bool = False
    ) -> None:
        super().__init__(f"{url}: {reason}. {remedy}")
        self.record = BadRecord(url, 0, reason, remedy)
        self.status, self.is_site = status, is_site

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing here any more."""
        return self.status in (404, 410)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``path`` holds its bytes until the next request, None where nothing changed.

    ``url`` is the address after redirects; ``etag`` and ``modified`` are what the next request
    for it says that it has (RFC 9110, 13.1).
    """

    url: str
    path: Path | None
    content_type: str = ""
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Asks web addresses, one at a time; keeps one answer. Close it, or use it in ``with``.

    Parameters
    ----------
    allow_private
        Whether hosts in private networks are asked.
    pause
        Seconds between two requests to one host, None for the usual ``PAUSE_SECONDS``; its
        robots.txt may ask for more.
    """

    def __init__(self, *, allow_private: bool = False, pause: float | None = None) -> None:
        self._allow_private = allow_private
        self._pause = PAUSE_SECONDS if pause is None else pause
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}  # host → when it was asked, in monotonic seconds
        self._pools: dict[Target, urllib3.HTTPConnectionPool] = {}
        self._folder = tempfile.TemporaryDirectory()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections and remove the answer."""
        for pool in self._pools.values():
            pool.close()
        self._folder.cleanup()

    def get(
        self, url: str, *, etag: str = "", modified: str = "", is_page: bool = False
    ) -> Fetched:
        """Return the answer of an address; one after redirects that are checked like the first.

        Parameters
        ----------
        url
            An http or https address.
        etag, modified
            What is there already, as an answer before said it; "" for nothing.
        is_page
            Whether it is one page, with the smaller limits.

        Raises
        ------
        FetchError
            It may not be asked, does not answer in time, answers with an error or with too much.
        """
        headers = {"Accept-Encoding": "gzip", "User-Agent": USER_AGENT}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        limit = MAX_PAGE_BYTES if is_page else MAX_DOCUMENT_BYTES
        deadline = time.monotonic() + (PAGE_SECONDS if is_page else DOCUMENT_SECONDS)
        for _ in range(MAX_REDIRECTS + 1):
            self._check_robots(url)
            answer = self._answer(url, headers)
            try:
                if answer.status in _REDIRECTS and (place := answer.headers.get("Location")):
                    url = urljoin(url, place)
                    continue
                return self._fetched(url, answer, limit, deadline)
            finally:
                answer.close()  # a connection whose answer was read to its end is back in the pool
        raise FetchError(url, f"it redirects more than {MAX_REDIRECTS} times", "Name its last page")

    def _fetched(
        self, url: str, answer: urllib3.BaseHTTPResponse, limit: int, deadline: float
    ) -> Fetched:
        validators = {
            "etag": answer.headers.get("ETag", ""),
            "modified": answer.headers.get("Last-Modified", ""),
        }
        if answer.status == 304:
            return Fetched(url, None, **validators)
        if answer.status != 200:
            raise _error_of_status(url, answer.status)
        for old in Path(self._folder.name).iterdir():
            old.unlink()
        path = Path(self._folder.name) / "answer"
        self._save(url, answer, path, limit, deadline)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Fetched(url, path, kind, **validators)

    def _save(
        self,
        url: str,
        answer: urllib3.BaseHTTPResponse,
        path: Path,
        limit: int,
        deadline: float,
    ) -> None:
        n = 0
        try:
            with path.open("wb") as file:
                for block in answer.stream(_BLOCK_BYTES, decode_content=True):
                    n += len(block)
                    if n > limit:
                        reason = f"the answer is over {limit // 1_000_000} MB"
                        raise FetchError(url, reason, "Download it, and give the file")
                    if time.monotonic() > deadline:
                        reason = "the answer takes too long"
                        raise FetchError(url, reason, "Try again, or download it", is_site=True)
                    file.write(block)
        except urllib3.exceptions.HTTPError as error:
            reason = f"the answer broke off ({_reason(error)})"
            raise FetchError(url, reason, "Try again", is_site=True) from error

    def _answer(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        """Return the head of the answer; one that says "later" is asked once more, then."""
        answer = self._ask(url, headers)
        if answer.status in _BUSY:
            wait = _seconds(answer.headers.get("Retry-After", ""))
            if wait is not None and wait <= MAX_PAUSE_SECONDS:
                answer.close()
                time.sleep(wait)
                answer = self._ask(url, headers)
        return answer

    def _ask(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            target = request_target(url, allow_private=self._allow_private)
        except AddressError as error:
            raise FetchError(url, error.reason, error.remedy) from error
        self._wait_for_turn(url, target.host)
        default = 443 if target.scheme == "https" else 80
        name = f"[{target.host}]" if ":" in target.host else target.host
        host = name if target.port == default else f"{name}:{target.port}"
        try:
            answer: urllib3.BaseHTTPResponse = self._pool(target).request(
                "GET",
                target.path,
                headers={**headers, "Host": host},
                preload_content=False,
                redirect=False,
                retries=False,
            )
        except urllib3.exceptions.HTTPError as error:
            reason = f"the site does not answer ({_reason(error)})"
            raise FetchError(url, reason, "Try again later", is_site=True) from error
        finally:
            self._last[target.host] = time.monotonic()
        return answer

    def _pool(self, target: Target) -> urllib3.HTTPConnectionPool:
        key = target._replace(path="")
        if (pool := self._pools.get(key)) is None:
            timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
            if target.scheme == "https":
                pool = urllib3.HTTPSConnectionPool(
                    target.ip,
                    target.port,
                    timeout=timeout,
                    server_hostname=target.host,
                    assert_hostname=target.host,
                )
            else:
                pool = urllib3.HTTPConnectionPool(target.ip, target.port, timeout=timeout)
            self._pools[key] = pool
        return pool

    def _wait_for_turn(self, url: str, host: str) -> None:
        asked = self._robots.get(_origin(url))
        wanted = asked.crawl_delay(USER_AGENT) if asked is not None else None
        pause = min(max(self._pause, wanted or 0.0), MAX_PAUSE_SECONDS)
        if (last := self._last.get(host)) is not None:
            time.sleep(max(0.0, last + pause - time.monotonic()))

    def _check_robots(self, url: str) -> None:
        """Raise FetchError where the site's robots.txt forbids the address (RFC 9309)."""
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = Protego.parse(self._robots_text(origin))
        if not self._robots[origin].can_fetch(url, USER_AGENT):
            raise FetchError(
                url,
                "the robots.txt of the site forbids this address",
                f"Ask the site to allow {USER_AGENT}, or for an export",
            )

    def _robots_text(self, origin: str) -> str:
        """Return the rules of a site: none where it has none, all forbidden where it fails."""
        url = f"{origin}/robots.txt"
        headers = {"Accept-Encoding": "gzip", "User-Agent": USER_AGENT}
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._answer(url, headers)
            try:
                if answer.status in _REDIRECTS and (place := answer.headers.get("Location")):
                    url = urljoin(url, place)
                    continue
                if answer.status >= 500:
                    reason = f"the site fails (status {answer.status} for its robots.txt)"
                    raise FetchError(url, reason, "Try again later", is_site=True)
                if answer.status != 200:
                    return ""
                with suppress(urllib3.exceptions.HTTPError):
                    data = answer.read(MAX_ROBOTS_BYTES, decode_content=True)
                    return data.decode("utf-8", "replace")
                return ""
            finally:
                answer.close()
        return ""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _error_of_status(url: str, status: int) -> FetchError:
    if status in (404, 410):
        return FetchError(
            url, f"there is nothing here (status {status})", "Check it", status=status
        )
    if status in (401, 403):
        reason = f"the site does not show it to everybody (status {status})"
        return FetchError(url, reason, "Ask it for an export, and give the file", status=status)
    is_site = status >= 500 or status == 429
    reason = f"the answer is status {status}"
    return FetchError(url, reason, "Try again later", status=status, is_site=is_site)


def _reason(error: Exception) -> str:
    return type(error).__name__.removesuffix("Error")


def _seconds(text: str) -> float | None:
    """Return the seconds that a Retry-After names, None for a date or nothing."""
    return float(text) if text.isdecimal() else None
