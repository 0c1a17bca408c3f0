"""HTML pages, rendered on the server and complete without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode

from fastapi import Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from api.backend.protocol import Backend, NotReady, SuggestionRequest
from api.http.answer_card import look_up_answered_hits
from api.http.caching import NO_STORE, ONE_MINUTE, REVALIDATE, cacheable_response
from api.http.errors import ApiError, bad_request
from api.http.lookups import look_up_article, look_up_backend
from api.http.request_models import MAX_OFFSET, SearchForm
from api.http.response_models import HitOut, SearchOut
from api.http.responses import (
    article_out,
    article_path,
    articles_of_response,
    questions_out,
    related_out,
)
from api.http.site_address import site_link, whole_address
from api.labels.catalogue import N_, label
from api.labels.locale_formats import language_name
from api.labels.page_language import language_of_article_page, language_of_visitor
from api.pages.article_text import notices_outside_text
from api.pages.draft import draft_values, pasted_text
from api.pages.facets import Choice, facets_of
from api.pages.head import page_head
from api.pages.rendering import render_page
from api.settings import PageLanguage
from recommender.types import Suggestions

MAX_RECENT = 6  # checks on the front page: two rows of three
MAX_TOPICS = 12  # on the front page
MAX_EXAMPLES = 4  # searches offered on the front page: one line
MAX_EXAMPLE_CHARACTERS = 70  # of a claim offered as a search
_RANGES = (
    ("", N_("Any time")),
    ("last 30 days", N_("Last 30 days")),
    ("last 12 months", N_("Last 12 months")),
)

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
    """Return an error for a person to read.

    The message of the program is in English. On a page in another language a sentence of the page
    stands in its place, or above it where the message says more.
    """
    status = error.status_code
    title, lead = _ERRORS.get(status, _OUR_ERROR if status >= 500 else _CALLERS_ERROR)
    language = visitors_language(request)
    says_more = status < 500 and status not in (404, 405)
    page = render_page(
        "error.html",
        language,
        title=label(title, language),
        lead=error.detail if language == "en" else label(lead, language),
        detail=error.detail if language != "en" and says_more else "",
        remedy=error.remedy if language == "en" or says_more else "",
        error=error,
    )
    return _page_response(request, page, language, NO_STORE, status=status)


_OUR_ERROR = (
    N_("That did not work"),
    N_("Something went wrong on our side. Try again a little later."),
)
_CALLERS_ERROR = (N_("That did not work"), N_("What was asked for cannot be answered as it is."))
_ERRORS = {
    404: (N_("Not found"), N_("There is nothing at this address.")),
    413: (N_("That did not work"), N_("The text is too long.")),
    503: (N_("Just a moment"), N_("The archive is being prepared. Try again shortly.")),
}
"""Title and sentence by status; the sentence is for languages other than the program's."""


def _threaded_route(make: PageMaker) -> Callable[[Request], Any]:
    async def page_endpoint(request: Request) -> Response:
        return await run_in_threadpool(make, request, await look_up_backend(request))

    return page_endpoint


def _search_page(request: Request, backend: Backend, examples: tuple[str, ...]) -> Response:
    form = _form_of_page(request)
    searched = bool(form.model_fields_set)
    try:
        found = look_up_answered_hits(backend, form.model_copy(update={"answer": True}))
    except NotReady as error:
        if searched:
            raise
        found = SearchOut.model_construct(hits=(), facets={}, message=str(error))
    language = visitors_language(request)
    if not searched:
        page = render_page(
            "home.html",
            language,
            form=form,
            examples=[Example(text) for text in examples] or _example_claims(backend, found.hits),
            recent=found.hits[:MAX_RECENT],
            topics=found.facets.get("topic", ())[:MAX_TOPICS],
            status=backend.status(),
            message=found.message,
        )
        return _page_response(request, page, language, REVALIDATE)

    link = partial(_link_to_page, form)
    pairs = _pairs_of_page_address(form)
    after = link(offset=form.offset + form.limit) if _has_more_pages(form, found) else ""
    page = render_page(
        "results.html",
        language,
        form=form,
        found=found,
        facets=facets_of(form, found.facets, link, partial(language_name, language=language)),
        ranges=[
            Choice(
                label,
                0,
                form.date == date and not (form.date_from or form.date_to),
                link(date=date, date_from=None, date_to=None),
            )
            for date, label in _RANGES
        ],
        orders=[
            Choice(N_("Best match"), 0, form.sort == "relevance", link(sort="relevance")),
            Choice(N_("Newest"), 0, form.sort == "date", link(sort="date")),
        ],
        better=link(q=found.did_you_mean) if found.did_you_mean else "",
        unquoted=link(q=found.without_quotes) if found.without_quotes else "",
        weaker=link(weak=True, offset=0) if found.weak and not after else "",
        before=link(offset=max(0, form.offset - form.limit)) if form.offset else "",
        after=after,
        hidden=[(n, v) for n, v in pairs if n not in ("q", "offset", "context")],
        undated=[("q", form.q), *((n, v) for n, v in pairs if n not in _DATES)],
    )
    return _page_response(request, page, language, NO_STORE)


def _article_page(request: Request, backend: Backend) -> Response:
    id = unquote(request.path_params["id"], errors="replace")
    article = look_up_article(backend, id)
    try:
        shown = backend.suggestions(id, SuggestionRequest())
    except NotReady:  # the text is worth reading without its suggestions
        shown = Suggestions((), ())
    articles = articles_of_response(backend, shown)
    successor = backend.superseded_by(id)
    default: PageLanguage = request.app.state.page_language
    language = language_of_article_page(article.language, default)
    page = render_page(
        "article.html",
        language,
        article=article_out(article, successor),
        unplaced=notices_outside_text(article),
        numbers={source.number for source in article.sources},
        successor=backend.articles([successor]).get(successor) if successor else None,
        questions=questions_out(shown.questions, articles, False),
        also_checked=questions_out(shown.also_checked, articles, False),
        related=related_out(shown.related, articles, False),
        head=page_head(article, whole_address(request)),
        oembed=whole_address(
            request, "/oembed?" + urlencode({"url": whole_address(request, article_path(id))})
        ),
    )
    return _page_response(request, page, language, ONE_MINUTE, by_visitor=False)


async def _draft_page(request: Request) -> Response:
    backend, text = await look_up_backend(request), await pasted_text(request)
    values = await run_in_threadpool(draft_values, backend, text)
    language = visitors_language(request)
    return _page_response(
        request, render_page("draft.html", language, **values), language, NO_STORE
    )


def _docs_page(request: Request, backend: Backend) -> Response:
    language = visitors_language(request)
    return _page_response(request, render_page("docs.html", language), language, REVALIDATE)


def visitors_language(request: Request) -> PageLanguage:
    """Return the language that the browser asks for, else the setting."""
    asked = request.headers.get("accept-language", "")
    return language_of_visitor(asked, request.app.state.page_language)


def _page_response(
    request: Request,
    page: str,
    language: PageLanguage,
    cache_control: str,
    *,
    status: int = 200,
    by_visitor: bool = True,
) -> Response:
    """Return a page; ``by_visitor``: its language was chosen by the visitor's browser."""
    extra = {"Content-Language": language} | ({"Vary": "Accept-Language"} if by_visitor else {})
    return cacheable_response(request, page, "text/html", cache_control, status, extra)


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


_DATES = ("q", "offset", "date", "date_from", "date_to")
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
    return site_link("/?" + (urlencode(_pairs_of_page_address(changed)) or "q="))


def _has_more_pages(form: SearchForm, found: SearchOut) -> bool:
    from_here = form.offset + form.limit
    return from_here < found.total and from_here <= MAX_OFFSET


class Example(NamedTuple):
    """A search offered on the front page; ``language`` is "" where it is not known."""

    text: str
    language: str = ""


def _example_claims(backend: Backend, hits: Iterable[HitOut]) -> list[Example]:
    """Return claims that the archive has checked, each of another topic, as example searches."""
    hits = list(hits)
    articles = backend.articles([hit.id for hit in hits])
    by_topic: dict[str, Example] = {}
    for hit in hits:
        claim = articles[hit.id].claim.strip().rstrip(".") if hit.id in articles else ""
        if claim and len(claim) <= MAX_EXAMPLE_CHARACTERS:
            by_topic.setdefault(hit.topic, Example(claim, hit.language))
    return list(by_topic.values())[:MAX_EXAMPLES]
