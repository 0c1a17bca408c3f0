"""What crawlers, feed readers and browsers ask of a site: sitemaps, robots, feeds, OpenSearch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.backend.protocol import Backend
from api.http.caching import ONE_MINUTE, cacheable_response
from api.http.errors import ApiError
from api.http.request_models import DEFAULT_COMPLETIONS, MAX_PREFIX_CHARACTERS
from api.http.responses import article_path
from api.http.site_address import whole_address
from corpus.analysis.web_addresses import web_address
from corpus.export.structured_data import xml_text
from corpus.models import Article
from corpus.storage.store import Store
from index.types import SearchRequest

FEED_ENTRIES = 50
SITEMAP_ENTRIES = 50_000  # of one file, as https://www.sitemaps.org/protocol.html allows
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

router = APIRouter(include_in_schema=False)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Tell crawlers what is for people, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /v1/",
        "Disallow: /v1alpha1/",
        "Disallow: /draft",
        "Disallow: /*?q=",
        f"Sitemap: {whole_address(request)}/sitemap.xml",
    ]
    return cacheable_response(request, "\n".join(lines) + "\n", "text/plain", ONE_MINUTE)


@router.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """List our pages of checks that have none of their publisher's, or the files that do."""
    pages = list(_pages_of_ours(_store(request)))
    base = whole_address(request)
    if len(pages) <= SITEMAP_ENTRIES:
        return _xml(request, _urlset(base, pages))
    parts = range(-(-len(pages) // SITEMAP_ENTRIES))
    files = "".join(f"<sitemap><loc>{escape(base)}/sitemaps/{n}.xml</loc></sitemap>" for n in parts)
    return _xml(request, f"<sitemapindex {_SITEMAP}>{files}</sitemapindex>")


@router.get("/sitemaps/{number}.xml")
def sitemap_part(request: Request, number: int) -> Response:
    """List one part of our pages."""
    pages = list(_pages_of_ours(_store(request)))
    part = pages[number * SITEMAP_ENTRIES : (number + 1) * SITEMAP_ENTRIES] if number >= 0 else []
    if not part:
        raise ApiError(404, "There is no such part of the sitemap.", "See /sitemap.xml.")
    return _xml(request, _urlset(whole_address(request), part))


@router.get("/opensearch.xml")
def opensearch(request: Request) -> Response:
    """Describe the search, so that a browser offers it.

    The form: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
    """
    base = escape(whole_address(request))
    return _xml(
        request,
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        "<ShortName>Fact checks</ShortName><Description>Search the archive of fact checks"
        "</Description><InputEncoding>UTF-8</InputEncoding>"
        f'<Image width="16" height="16" type="image/svg+xml">{base}/static/icon.svg</Image>'
        f'<Url type="text/html" template="{base}/?q={{searchTerms}}"/>'
        '<Url type="application/x-suggestions+json" rel="suggestions" '
        f'template="{base}/suggest?q={{searchTerms}}"/>'
        "</OpenSearchDescription>",
        "application/opensearchdescription+xml",
    )


@router.get("/suggest")
def suggest(
    request: Request, q: str = Query(default="", max_length=MAX_PREFIX_CHARACTERS)
) -> Response:
    """Complete what is typed into a browser's own search box."""
    found = _backend(request).complete(q.strip(), DEFAULT_COMPLETIONS) if q.strip() else ()
    body = orjson.dumps([q, [one.text for one in found]]).decode()
    return cacheable_response(request, body, "application/x-suggestions+json", ONE_MINUTE)


@router.get("/feeds/checks.atom")
def atom(request: Request) -> Response:
    """Give the newest checks as an Atom feed (RFC 4287)."""
    base = whole_address(request)
    entries = [_atom_entry(article, base) for article in _newest(_backend(request))]
    updated = max((day for day, _ in entries), default="1970-01-01T00:00:00Z")
    body = "".join(text for _, text in entries)
    return _xml(
        request,
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Fact checks</title>'
        f"<id>{escape(base)}/</id><updated>{updated}</updated>"
        f'<link rel="self" href={quoteattr(f"{base}/feeds/checks.atom")}/>'
        f"<link href={quoteattr(f'{base}/')}/>{body}</feed>",
        "application/atom+xml",
    )


@router.get("/feeds/checks.json")
def json_feed(request: Request) -> Response:
    """Give the newest checks as a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    base = whole_address(request)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Fact checks",
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feeds/checks.json",
        "items": [_json_item(article, base) for article in _newest(_backend(request))],
    }
    body = orjson.dumps(feed).decode()
    return cacheable_response(request, body, "application/feed+json", ONE_MINUTE)


def _newest(backend: Backend) -> Iterable[Article]:
    request = SearchRequest("", limit=FEED_ENTRIES, sort="date", highlight=False)
    hits = backend.search(request).hits
    articles = backend.articles([hit.id for hit in hits])
    return [
        a
        for hit in hits
        if (a := articles.get(hit.id)) and a.published and a.checked_on is not None
    ]


def _atom_entry(article: Article, base: str) -> tuple[str, str]:
    day = datetime.combine(article.checked_on, time(), UTC) if article.checked_on else None
    updated = day.strftime("%Y-%m-%dT%H:%M:%SZ") if day else ""
    page = f"{base}{article_path(article.id)}"
    author = article.publisher or "Unknown"
    return updated, (
        f"<entry xml:lang={quoteattr(article.language or 'en')}>"
        f"<title>{xml_text(article.headline)}</title><id>{escape(page)}</id>"
        f"<link href={quoteattr(web_address(article.url) or page)}/><updated>{updated}</updated>"
        f"<author><name>{xml_text(author)}</name></author>"
        f"<summary>{xml_text(_said(article))}</summary></entry>"
    )


def _json_item(article: Article, base: str) -> dict[str, Any]:
    page = f"{base}{article_path(article.id)}"
    day = article.checked_on
    item = {
        "id": page,
        "url": web_address(article.url) or page,
        "title": article.headline,
        "content_text": _said(article),
        "date_published": f"{day.isoformat()}T00:00:00Z" if day else "",
        "image": web_address(article.image),
        "tags": [t for t in (article.topic, *article.tags) if t],
        "language": article.language_tag or article.language,
        "authors": [{"name": name} for name in article.authors or (article.publisher,) if name],
    }
    return {key: value for key, value in item.items() if value}


def _said(article: Article) -> str:
    """Return what a feed says of a check: the claim, the verdict, the summary."""
    claim = f"“{article.claim}”" if article.claim else ""
    return " – ".join(part for part in (claim, article.verdict, article.summary) if part)


def _pages_of_ours(store: Store) -> Iterator[tuple[str, str]]:
    """Yield id and day of the published articles whose publisher has no page of its own."""
    for article in store.articles():
        if article.published and not web_address(article.url):
            day = article.modified_on or article.checked_on
            yield article.id, day.isoformat() if day else ""


def _urlset(base: str, pages: Iterable[tuple[str, str]]) -> str:
    urls = "".join(
        f"<url><loc>{escape(base + article_path(id))}</loc>"
        + (f"<lastmod>{day}</lastmod>" if day else "")
        + "</url>"
        for id, day in pages
    )
    return f"<urlset {_SITEMAP}>{urls}</urlset>"


def _backend(request: Request) -> Backend:
    return cast(Backend, request.app.state.backend).pinned()


def _store(request: Request) -> Store:
    store = getattr(request.app.state, "store", None)
    if store is None:
        raise ApiError(503, "This server has no archive to list.", "See /readyz.")
    return cast(Store, store)


def _xml(request: Request, body: str, media_type: str = "application/xml") -> Response:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return cacheable_response(request, head + body, media_type, ONE_MINUTE)
