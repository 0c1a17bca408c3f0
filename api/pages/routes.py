"""HTML pages, rendered on the server and complete without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from api.backend.protocol import Backend, NotReady, SuggestionRequest
from api.http.caching import NO_STORE, ONE_MINUTE, REVALIDATE, cacheable_response
from api.http.errors import ApiError, bad_request
from api.http.lookups import look_up_article, look_up_backend, look_up_hits
from api.http.request_models import MAX_OFFSET, SearchForm
from api.http.response_models import HitOut, SearchOut
from api.http.responses import article_out, articles_of_response, questions_out, related_out
from api.pages.article_text import article_text_blocks, citation_runs, marked_runs
from api.pages.draft import draft_values, pasted_text
from api.pages.facets import Choice, facets_of
from api.templating import template_environment
from corpus.verdicts import verdict_ruling
from recommender.types import Suggestions

STATIC = Path(str(files("api") / "static"))

MAX_RECENT = 6  # checks on the front page: two rows of three
MAX_TOPICS = 12  # on the front page
MAX_EXAMPLES = 4  # searches offered on the front page: one line
MAX_EXAMPLE_CHARACTERS = 70  # of a claim offered as a search
_RANGES = (("", "Any time"), ("last 30 days", "Last 30 days"), ("last 12 months", "Last 12 months"))

PageMaker = Callable[[Request, Backend], Response]


def page_routes(examples: Iterable[str] = ()) -> list[Route]:
    """Return the routes of all pages; GET and HEAD.

    Parameters
    ----------
    examples
        Searches offered on the front page; without any, claims that the archive has checked.
    """
    return [
        Route("/", _threaded_route(partial(_search_page, examples=tuple(examples)))),
        Route("/articles/{id:path}", _threaded_route(_article_page)),
        Route("/draft", _draft_page, methods=["GET", "POST"]),
        Route("/docs", _threaded_route(_docs_page)),
    ]


def error_page(request: Request, error: ApiError) -> Response:
    """Return an error for a person to read."""
    title = {404: "Not found", 503: "Just a moment"}.get(error.status_code, "That did not work")
    page = _render_page("error.html", title=title, error=error)
    return cacheable_response(request, page, "text/html", NO_STORE, error.status_code)


def _threaded_route(make: PageMaker) -> Callable[[Request], Any]:
    async def page_endpoint(request: Request) -> Response:
        return await run_in_threadpool(make, request, await look_up_backend(request))

    return page_endpoint


def _search_page(request: Request, backend: Backend, examples: tuple[str, ...]) -> Response:
    form = _form_of_page(request)
    searched = bool(form.model_fields_set)
    try:
        found = look_up_hits(backend, form)
    except NotReady as error:
        if searched:
            raise
        found = SearchOut.model_construct(hits=(), facets={}, message=str(error))
    if not searched:
        page = _render_page(
            "home.html",
            form=form,
            examples=examples or _example_claims(backend, found.hits),
            recent=found.hits[:MAX_RECENT],
            topics=found.facets.get("topic", ())[:MAX_TOPICS],
            status=backend.status(),
            message=found.message,
        )
        return cacheable_response(request, page, "text/html", REVALIDATE)

    link = partial(_link_to_page, form)
    after = link(offset=form.offset + form.limit) if _has_more_pages(form, found) else ""
    page = _render_page(
        "results.html",
        form=form,
        found=found,
        facets=facets_of(form, found.facets, link),
        ranges=[Choice(label, 0, form.date == date, link(date=date)) for date, label in _RANGES],
        orders=[
            Choice("Best match", 0, form.sort == "relevance", link(sort="relevance")),
            Choice("Newest", 0, form.sort == "date", link(sort="date")),
        ],
        better=link(q=found.did_you_mean) if found.did_you_mean else "",
        unquoted=link(q=found.without_quotes) if found.without_quotes else "",
        weaker=link(weak=True, offset=0) if found.weak and not after else "",
        before=link(offset=max(0, form.offset - form.limit)) if form.offset else "",
        after=after,
        hidden=[
            (n, v) for n, v in _pairs_of_page_address(form) if n not in ("q", "offset", "context")
        ],
    )
    return cacheable_response(request, page, "text/html", NO_STORE)


def _article_page(request: Request, backend: Backend) -> Response:
    id = unquote(request.path_params["id"], errors="replace")
    article = look_up_article(backend, id)
    try:
        shown = backend.suggestions(id, SuggestionRequest())
    except NotReady:  # the text is worth reading without its suggestions
        shown = Suggestions((), ())
    articles = articles_of_response(backend, shown)
    successor = backend.superseded_by(id)
    page = _render_page(
        "article.html",
        article=article_out(article, successor),
        numbers={source.number for source in article.sources},
        successor=backend.articles([successor]).get(successor) if successor else None,
        questions=questions_out(shown.questions, articles, False),
        also_checked=questions_out(shown.also_checked, articles, False),
        related=related_out(shown.related, articles, False),
    )
    return cacheable_response(request, page, "text/html", ONE_MINUTE)


async def _draft_page(request: Request) -> Response:
    backend, text = await look_up_backend(request), await pasted_text(request)
    values = await run_in_threadpool(draft_values, backend, text)
    return cacheable_response(request, _render_page("draft.html", **values), "text/html", NO_STORE)


def _docs_page(request: Request, backend: Backend) -> Response:
    return cacheable_response(request, _render_page("docs.html"), "text/html", REVALIDATE)


def _form_of_page(request: Request) -> SearchForm:
    """Return the search in an address; empty and unknown parameters are ignored.

    Raises
    ------
    ApiError
        422, a parameter is wrong.
    """
    values: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        field = SearchForm.model_fields.get(name)
        if field is None or not value.strip():
            continue
        if name in _LISTS:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    try:
        return SearchForm.model_validate(values)
    except ValidationError as error:
        raise bad_request([{**e, "loc": ("query", *e["loc"])} for e in error.errors()]) from None


_LISTS = ("topic", "verdict", "publisher", "language")


def _pairs_of_page_address(form: SearchForm) -> list[tuple[str, str]]:
    """Return what differs from a plain search, as the pairs of an address."""
    pairs: list[tuple[str, str]] = []
    for name, value in form.model_dump(mode="json", exclude_defaults=True).items():
        values = value if isinstance(value, list) else [value]
        pairs += [(name, str(v).lower() if isinstance(v, bool) else str(v)) for v in values]
    return pairs


def _link_to_page(form: SearchForm, **changes: object) -> str:
    """Return the address of ``form`` with changes; a changed search begins at its first page."""
    changed = form.model_copy(update={"offset": 0} | changes)
    return "/?" + (urlencode(_pairs_of_page_address(changed)) or "q=")


def _has_more_pages(form: SearchForm, found: SearchOut) -> bool:
    from_here = form.offset + form.limit
    return from_here < found.total and from_here <= MAX_OFFSET


def _example_claims(backend: Backend, hits: Iterable[HitOut]) -> list[str]:
    """Return claims that the archive has checked, each of another topic, as example searches."""
    hits = list(hits)
    articles = backend.articles([hit.id for hit in hits])
    by_topic: dict[str, str] = {}
    for hit in hits:
        claim = articles[hit.id].claim.strip().rstrip(".") if hit.id in articles else ""
        if claim and len(claim) <= MAX_EXAMPLE_CHARACTERS:
            by_topic.setdefault(hit.topic, claim)
    return list(by_topic.values())[:MAX_EXAMPLES]


def _render_page(name: str, **values: Any) -> str:
    return _ENVIRONMENT.get_template(name).render(values)


def _reasons_not_below(reasons: Iterable[str]) -> list[str]:
    """Return the reasons without those that the line below a question repeats."""
    return [r for r in reasons if not r.startswith(("answered by ", "not answered "))]


def _host_of_link(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


@cache
def _page_asset(name: str) -> str:
    """Return the address of a static file, which changes when its content does."""
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:10]}"


def _page_environment() -> Environment:
    filters: Mapping[str, Callable[..., Any]] = {
        "blocks": article_text_blocks,
        "citation_runs": citation_runs,
        "marked_runs": marked_runs,
        "ruling": verdict_ruling,
        "host": _host_of_link,
        "not_below": _reasons_not_below,
        "quoted": partial(quote, safe=""),
        "day": lambda day: f"{day.day} {day:%B %Y}",
    }
    return template_environment(filters, {"asset": _page_asset})


_ENVIRONMENT = _page_environment()
