"""Embedding in other sites: the script of the widget, and a fragment of HTML for their servers."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, Literal, cast
from urllib.parse import quote, unquote, urldefrag, urljoin

import orjson
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.backend.protocol import Backend, NotReady, SuggestionRequest
from api.http.caching import cacheable_response
from api.http.errors import ApiError
from api.http.lookups import look_up_article
from api.http.next_reads import (
    DEFAULT_QUESTIONS,
    DEFAULT_RELATED,
    NextOut,
    next_out,
    unknown_address,
)
from api.http.request_models import MAX_ID_CHARACTERS, MAX_SUGGESTIONS
from api.http.response_models import ID, AnsweredOut, ErrorOut, TargetOut
from api.http.site_address import whole_address
from api.labels.catalogue import N_, PAGE_LANGUAGES, label
from api.labels.page_language import language_of_article_page
from api.pages.rendering import STATIC, render_page
from corpus.analysis.web_addresses import MAX_ADDRESS_CHARACTERS

PASSAGE_WORDS = 5  # of a passage that a link looks for in the page it leads to
MAX_OEMBED_WIDTH, MAX_OEMBED_HEIGHT = 640, 480  # pixels, of a list of eight links on a desktop
OEMBED_SECONDS = 3_600  # that a content system may keep it
WIDGET_CACHE = "public, max-age=3600, stale-while-revalidate=86400"
_COMMENT = re.compile(r"^(?://.*|/\*\*.*\*/)$", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)

router = APIRouter()

HowMany = Annotated[int, Query(ge=0, le=MAX_SUGGESTIONS, description="At most so many.")]


@router.get("/widget.js", include_in_schema=False)
async def widget(request: Request) -> Response:
    """Give the script that defines ``<dive-deeper>``, for pages of any site."""
    open_to_all = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return cacheable_response(
        request, widget_script(), "text/javascript", WIDGET_CACHE, extra=open_to_all
    )


@cache
def widget_script() -> str:
    """Return the script with its labels in, and without comments and indents."""
    labels = {
        language: {
            "deeper": label(N_("Want to dive deeper?"), language),
            "related": label(N_("Related fact checks"), language),
            "verdict": label(N_("Verdict:"), language),
            "answer": label(N_("Answer to “%(question)s”"), language) % {"question": "%s"},
            "more": label(N_("Show more"), language),
            "locale": "en-001" if language == "en" else language,
        }
        for language in PAGE_LANGUAGES
    }
    source = (STATIC / "widget.js").read_text(encoding="utf-8")
    source = _INDENT.sub("", _COMMENT.sub("", _INDENT.sub("", source)))
    return source.replace('"__LABELS__"', orjson.dumps(labels).decode())


_NOTHING: dict[str, Any] = {"text/html": {"schema": {"type": "string", "maxLength": 0}}}
_WRONG = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorOut"}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"content": _NOTHING, "description": "Nothing: there is no such published article."},
    422: {"content": _WRONG, "description": "A parameter is wrong."},
    503: {"content": _NOTHING, "description": "Nothing: there is no index to answer from yet."},
}


@router.get(
    "/v1/fragment",
    response_class=HTMLResponse,
    responses=_ERRORS,
    tags=["Articles"],
    summary="The box of a page as HTML, by the page's address",
)
async def fragment_at(
    request: Request,
    url: Annotated[
        str, Query(max_length=MAX_ADDRESS_CHARACTERS, description="The page's own address.")
    ],
    questions: HowMany = DEFAULT_QUESTIONS,
    related: HowMany = DEFAULT_RELATED,
) -> Response:
    """Give the same as by id, for the article that has an address in any form of it."""
    return await run_in_threadpool(_fragment, request, None, url, questions, related)


@router.get(
    "/v1/fragment/{id:path}",
    response_class=HTMLResponse,
    responses=_ERRORS,
    tags=["Articles"],
    summary="The box of a page as HTML, for includes on the server",
)
async def fragment(
    request: Request,
    id: Annotated[str, Path(description=ID)],
    questions: HowMany = DEFAULT_QUESTIONS,
    related: HowMany = DEFAULT_RELATED,
) -> Response:
    """Give questions and related articles as a section of HTML without script and style.

    An article that is unknown has an empty one, with status 404, so that nothing of it shows.
    """
    id = unquote(id, errors="replace")  # ``RequestGuardMiddleware`` left it encoded
    return await run_in_threadpool(_fragment, request, id, None, questions, related)


def _fragment(
    request: Request, id: str | None, url: str | None, questions: int, related: int
) -> Response:
    backend = cast(Backend, request.app.state.backend).pinned()
    try:
        if url is not None:
            id = backend.id_at(url)
            if id is None:
                raise unknown_address(url)
        elif id is not None and len(id) > MAX_ID_CHARACTERS:
            id = ""
        article = look_up_article(backend, id or "")
        found = next_out(backend, article, SuggestionRequest(questions, related))
    except (ApiError, NotReady) as error:
        status = 503 if isinstance(error, NotReady) else 404
        return HTMLResponse("", status, {"Cache-Control": "no-store"})
    page = fragment_html(found, whole_address(request, "/"), request)
    return cacheable_response(request, page, "text/html", request.app.state.cache_control)


def fragment_html(found: NextOut, base: str, request: Request) -> str:
    """Return the fragment, its labels in the language of the article.

    Parameters
    ----------
    found
        What follows the article.
    base
        Whole address of this server: our addresses stand in the pages of others.
    request
        Of the server whose setting decides where there are no labels in that language.
    """
    language = language_of_article_page(found.language, request.app.state.page_language)

    def target(article: TargetOut) -> str:
        return reading_address(article, base)

    def search(path: str) -> str:
        return urljoin(base, path)

    return render_page("fragment.html", language, found=found, target=target, search=search)


def reading_address(article: TargetOut, base: str) -> str:
    """Return where an article is read: its publisher's page at the passage, else ours."""
    if article.url is None:
        return urljoin(base, article.page)
    passage = article.passage if isinstance(article, AnsweredOut) else ""
    words = passage.removeprefix("…").split()[:PASSAGE_WORDS]
    if "#" in article.url or len(words) < PASSAGE_WORDS:
        return article.url
    return f"{article.url}#:~:text={quote(' '.join(words), safe='').replace('-', '%2D')}"


class OEmbedOut(BaseModel):
    """What a content system shows in place of a link, in the form of https://oembed.com/."""

    type: Literal["rich"] = "rich"
    version: Literal["1.0"] = "1.0"
    title: str
    provider_name: str
    provider_url: str
    cache_age: int
    width: int
    height: int
    html: str = Field(description="The fragment: no script and no style.")


@router.get(
    "/oembed",
    response_model=OEmbedOut,
    tags=["Articles"],
    summary="The box of a page for systems that embed by address",
    responses={
        404: {"model": ErrorOut, "description": "No published article has that address."},
        422: {"model": ErrorOut, "description": "A parameter is wrong."},
        501: {"model": ErrorOut, "description": "A format that there is not."},
        503: {"model": ErrorOut, "description": "There is no index to answer from yet."},
    },
)
async def oembed(
    request: Request,
    url: Annotated[
        str,
        Query(
            max_length=MAX_ADDRESS_CHARACTERS,
            description="The article's address at its publisher's, or that of our page.",
        ),
    ],
    maxwidth: Annotated[int, Query(ge=1, description="In pixels.")] = MAX_OEMBED_WIDTH,
    maxheight: Annotated[int, Query(ge=1, description="In pixels.")] = MAX_OEMBED_HEIGHT,
    format: Annotated[str, Query(max_length=20, description="`json`.")] = "json",
) -> Response:
    """Give the fragment of an article with the sizes that it may have."""
    if format != "json":
        raise ApiError(501, "There is no such format.", "Ask for format=json.")

    def oembed_body() -> str:
        backend = cast(Backend, request.app.state.backend).pinned()
        base = whole_address(request, "/")
        id = _id_of_our_page(url, base) or backend.id_at(url)
        if id is None:
            raise unknown_address(url)
        article = look_up_article(backend, id)
        found = next_out(backend, article, SuggestionRequest(DEFAULT_QUESTIONS, DEFAULT_RELATED))
        return OEmbedOut(
            title=article.headline,
            provider_name=article.publisher or "divedeeper",
            provider_url=base,
            cache_age=OEMBED_SECONDS,
            width=min(maxwidth, MAX_OEMBED_WIDTH),
            height=min(maxheight, MAX_OEMBED_HEIGHT),
            html=fragment_html(found, base, request),
        ).model_dump_json()

    body = await run_in_threadpool(oembed_body)
    return cacheable_response(request, body, "application/json", request.app.state.cache_control)


def _id_of_our_page(url: str, base: str) -> str | None:
    """Return the id in the address of one of our article pages."""
    ours = f"{base}articles/"
    return unquote(urldefrag(url).url[len(ours) :]) or None if url.startswith(ours) else None
