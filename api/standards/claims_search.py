"""Google's Fact Check Tools API, ``claims:search``: its client works here unchanged.

The form: https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.backend.protocol import Backend, NotReady
from api.http.caching import NO_STORE
from api.http.request_models import MAX_OFFSET, MAX_TEXT_BYTES
from corpus.errors import ArchiveError
from corpus.models import Article
from index.types import Filters, SearchRequest

DEFAULT_PAGE, MAX_PAGE = 10, 100
BATCH = 100  # hits that are looked through at a time for those of a site
_KNOWN = frozenset(
    "query languageCode reviewPublisherSiteFilter maxAgeDays pageSize pageToken offset"
    " alt key prettyPrint fields callback quotaUser access_token oauth_token upload_protocol"
    " uploadType $.xgafv".split()
)


class InvalidArgument(Exception):
    """A parameter is wrong; the message says which and how."""


router = APIRouter()


@router.get("/v1alpha1/claims:search", include_in_schema=False)
def search_claims(request: Request) -> Response:
    """Answer a search in Google's form."""
    try:
        body = _found(cast(Backend, request.app.state.backend).pinned(), _Query(request))
    except InvalidArgument as error:
        return _error(400, str(error), "INVALID_ARGUMENT")
    except (NotReady, ArchiveError):
        return _error(503, "The archive cannot be searched at the moment.", "UNAVAILABLE")
    return JSONResponse(body, headers={"Cache-Control": NO_STORE})


class _Query:
    """The parameters of a search, checked."""

    def __init__(self, request: Request) -> None:
        given = request.query_params
        if unknown := sorted(set(given) - _KNOWN):
            raise InvalidArgument(f"Unknown name {unknown[0][:80]!r}: cannot be bound.")
        self.text = given.get("query", "")
        self.language = given.get("languageCode", "").partition("-")[0].casefold()
        self.site = _host(given.get("reviewPublisherSiteFilter", ""))
        if not self.text.strip() and not self.site:
            raise InvalidArgument("Either query or reviewPublisherSiteFilter is required.")
        if len(self.text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
            raise InvalidArgument(f"query has more than {MAX_TEXT_BYTES} bytes.")
        self.page_size = _whole(given.get("pageSize"), "pageSize", 0, MAX_PAGE) or DEFAULT_PAGE
        self.max_age = _whole(given.get("maxAgeDays"), "maxAgeDays", 0, 100_000)
        self.key = sha256(
            "\0".join((self.text, self.language, self.site, str(self.max_age))).encode(
                "utf-8", "replace"
            )
        ).hexdigest()[:12]
        token = given.get("pageToken", "")
        self.start = (
            self._read_token(token)
            if token
            else _whole(given.get("offset"), "offset", 0, MAX_OFFSET)
        )

    def token(self, start: int) -> str:
        """Return what a client sends to go on at a place of the ranking."""
        packed = orjson.dumps({"o": start, "q": self.key})
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def _read_token(self, token: str) -> int:
        try:
            values = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            start, key = values["o"], values["q"]
        except (binascii.Error, ValueError, KeyError, TypeError) as error:
            raise InvalidArgument("pageToken is none of ours.") from error
        if key != self.key or not isinstance(start, int) or not 0 <= start <= MAX_OFFSET:
            raise InvalidArgument("pageToken belongs to another search.")
        return start

    def request(self, offset: int) -> SearchRequest:
        """Return the search from a place of the ranking on."""
        since = datetime.now(UTC).date() - timedelta(days=self.max_age) if self.max_age else None
        filters = Filters(languages=(self.language,) if self.language else (), date_from=since)
        return SearchRequest(
            self.text, limit=BATCH, offset=offset, filters=filters, highlight=False
        )


def _found(backend: Backend, query: _Query) -> dict[str, Any]:
    """Return one page of claims, with the token of the next where there may be one."""
    claims: list[dict[str, Any]] = []
    for place, article in _articles_from(backend, query):
        if len(claims) == query.page_size:
            return {"claims": claims, "nextPageToken": query.token(place)}
        if not query.site or _host(article.url) == query.site:
            claims.append(claim_of_article(article))
    return {"claims": claims} if claims else {}


def _articles_from(backend: Backend, query: _Query) -> Iterator[tuple[int, Article]]:
    """Yield (place in the ranking, article) of the hits, from the query's start on."""
    place = query.start
    while place < MAX_OFFSET:
        hits = backend.search(query.request(place)).hits
        articles = backend.articles([hit.id for hit in hits])
        for n, hit in enumerate(hits):
            article = articles.get(hit.id)
            if article is not None and article.published:
                yield place + n, article
        if len(hits) < BATCH:
            return
        place += BATCH


def claim_of_article(article: Article) -> dict[str, Any]:
    """Return one check as a claim with its review; what is not known is left out."""
    review = {
        "publisher": {
            key: value
            for key, value in (("name", article.publisher), ("site", _host(article.url)))
            if value
        },
        "url": article.url,
        "title": article.headline,
        "reviewDate": _timestamp(article.checked_on),
        "textualRating": article.verdict,
        "languageCode": article.language_tag or article.language,
    }
    claim = {
        "text": article.claim or article.headline,
        "claimant": article.claimant,
        "claimDate": _timestamp(article.claimed_on),
        "claimReview": [{key: value for key, value in review.items() if value}],
    }
    return {key: value for key, value in claim.items() if value}


def _timestamp(day: Any) -> str:
    return datetime.combine(day, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if day else ""


def _host(address: str) -> str:
    """Return the host of an address or a bare host, without ``www.``."""
    text = address.strip().casefold()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _whole(text: str | None, name: str, least: int, most: int) -> int:
    if text is None or text == "":
        return 0
    if not text.isascii() or not text.isdecimal() or not least <= int(text[:9]) <= most:
        raise InvalidArgument(f"{name} must be a whole number from {least} to {most}.")
    return int(text[:9])


def _error(code: int, message: str, status: str) -> Response:
    body = {"error": {"code": code, "message": message, "status": status}}
    return JSONResponse(body, code, {"Cache-Control": NO_STORE})
