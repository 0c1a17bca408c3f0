"""The JSON doors. Plain functions: each runs in the thread pool and never blocks another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, cast
from urllib.parse import unquote

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.backend.protocol import DRAFT_ID, Backend, NotReady
from api.http import response_models as out
from api.http.errors import EMPTY_REMEDY, ApiError, unknown_article
from api.http.middleware import BRIEFLY, NO_STORE, answer
from api.http.request_models import DraftForm, Explain, Limit, SearchForm
from api.http.responses import (
    article_out,
    articles_of,
    completions_out,
    questions_out,
    ready_out,
    related_out,
    search_out,
)
from corpus.models import Article, BadRecord
from corpus.readers import read_page
from index.types import SearchResult


async def desk_of(request: Request) -> Backend:
    """Return the backend that this application serves."""
    return cast(Backend, request.app.state.desk)


async def id_of(
    id: Annotated[str, Path(description=out.ID, examples=["are-bats-blind"])],
) -> str:
    """Return the article id in the path, which ``headers.Guard`` left encoded."""
    return unquote(id, errors="replace")


BackendDep = Annotated[Backend, Depends(desk_of)]
ArticleId = Annotated[str, Depends(id_of)]
LimitQuery = Annotated[Limit, Query()]
ExplainQuery = Annotated[Explain, Query()]

_ERRORS: dict[int, str] = {
    404: "There is no such published article.",
    413: "The body is too large.",
    422: "A parameter is wrong; the message names it and says what is allowed.",
    503: "There is no index to answer from yet.",
}


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {s: {"model": out.ErrorOut, "description": _ERRORS[s]} for s in statuses}


router = APIRouter()


@router.get(
    "/v1/search",
    response_model=out.SearchOut,
    responses=_errors(422, 503),
    tags=["Search"],
    summary="Search the archive",
)
def search(request: Request, backend: BackendDep, form: Annotated[SearchForm, Query()]) -> Response:
    """Search the archive: keywords, a question, or a pasted text."""
    return _json(request, find(backend, form), NO_STORE)


@router.post(
    "/v1/search",
    response_model=out.SearchOut,
    responses=_errors(413, 422, 503),
    tags=["Search"],
    summary="Search with a long text",
)
def search_long(
    request: Request, backend: BackendDep, form: Annotated[SearchForm, Body()]
) -> Response:
    """Search with the same fields as JSON, for texts too long for an address."""
    return _json(request, find(backend, form), NO_STORE)


@router.get(
    "/v1/suggest",
    response_model=out.CompletionsOut,
    responses=_errors(422, 503),
    tags=["Search"],
    summary="Complete what is typed",
)
def suggest(
    request: Request,
    backend: BackendDep,
    q: Annotated[str, Query(max_length=200, description="What was typed so far.")],
    limit: Annotated[int, Query(ge=1, le=20, description="At most so many.")] = 8,
) -> Response:
    """Complete what is being typed: headlines, questions and phrases of the archive."""
    completions = backend.suggest(q.strip(), limit) if q.strip() else ()
    return _json(request, completions_out(completions), BRIEFLY)


# The routes below an article come before the article itself, whose id may hold slashes.
@router.get(
    "/v1/articles/{id:path}/questions",
    response_model=out.QuestionsOut,
    responses=_errors(404, 422, 503),
    tags=["Articles"],
    summary="Follow-up questions of an article",
)
def questions(
    request: Request,
    backend: BackendDep,
    id: ArticleId,
    limit: LimitQuery = 5,
    explain: ExplainQuery = False,
) -> Response:
    """Give the follow-up questions for an article's "Want to dive deeper?"."""
    find_article(backend, id)
    found = backend.questions(id, limit, explain)
    body = out.QuestionsOut(
        article_id=id, questions=questions_out(found, articles_of(backend, found), explain)
    )
    return _json(request, body, BRIEFLY)


@router.get(
    "/v1/articles/{id:path}/related",
    response_model=out.RelatedListOut,
    responses=_errors(404, 422, 503),
    tags=["Articles"],
    summary="Related articles",
)
def related(
    request: Request,
    backend: BackendDep,
    id: ArticleId,
    limit: LimitQuery = 5,
    explain: ExplainQuery = False,
) -> Response:
    """Give related articles, each with its relation to this one."""
    find_article(backend, id)
    found = backend.related(id, limit, explain)
    body = out.RelatedListOut(
        article_id=id, related=related_out(found, articles_of(backend, (), found), explain)
    )
    return _json(request, body, BRIEFLY)


@router.get(
    "/v1/articles/{id:path}",
    response_model=out.ArticleOut,
    responses=_errors(404),
    tags=["Articles"],
    summary="One article",
)
def article(request: Request, backend: BackendDep, id: ArticleId) -> Response:
    """Give one article."""
    found = find_article(backend, id)
    return _json(request, article_out(found, backend.superseded_by(id)), BRIEFLY)


@router.post(
    "/v1/preview",
    response_model=out.PreviewOut,
    responses=_errors(413, 422, 503),
    tags=["Articles"],
    summary="Suggestions for a draft",
)
def preview(request: Request, backend: BackendDep, form: Annotated[DraftForm, Body()]) -> Response:
    """Give what would stand beside a draft; nothing of it is stored."""
    draft = draft_of(form)
    found = backend.preview(draft, form.limit, form.explain)
    articles = articles_of(backend, found.questions, found.related)
    body = out.PreviewOut(
        headline=draft.headline,
        questions=questions_out(found.questions, articles, form.explain),
        related=related_out(found.related, articles, form.explain),
    )
    return _json(request, body, NO_STORE)


@router.get(
    "/healthz", response_model=out.HealthOut, summary="Is the process alive?", tags=["Operation"]
)
async def health(request: Request) -> Response:
    """Tell that the process answers, even while every thread is busy."""
    return _json(request, out.HealthOut(), NO_STORE)


@router.get(
    "/readyz",
    response_model=out.ReadyOut,
    responses={503: {"model": out.ReadyOut, "description": "Not ready; the message says why."}},
    tags=["Operation"],
    summary="Is it ready, and what does it serve?",
)
def ready(request: Request, backend: BackendDep) -> Response:
    """Tell what is being served, with status 503 while that is nothing."""
    status = backend.status()
    return _json(request, ready_out(status), NO_STORE, 200 if status.ready else 503)


def find(backend: Backend, form: SearchForm) -> out.SearchOut:
    """Return the answer to a search; an empty archive is an answer, not an error."""
    request = form.request()
    try:
        result = backend.search(request)
    except NotReady:
        if backend.status().articles:
            raise
        result = SearchResult((), 0, {})
    message = ""
    if not result.hits and not backend.status().articles:
        message = f"The archive is empty. {EMPTY_REMEDY}"
    articles: Mapping[str, Article] = (
        backend.articles([h.id for h in result.hits]) if result.hits else {}
    )
    return search_out(result, articles, request, message)


def find_article(backend: Backend, id: str) -> Article:
    """Return a published article.

    Raises
    ------
    ApiError
        404, there is none of that id.
    """
    try:
        found = backend.article(id)
    except KeyError:
        found = None
    if found is None or not found.published:
        raise unknown_article(id, backend.status().articles)
    return found


def draft_of(form: DraftForm) -> Article:
    """Return the article that a draft would become, unpublished.

    Raises
    ------
    ApiError
        422, its text cannot be read as a page.
    """
    if not form.text.strip():
        return form.article()
    read = read_page(form.text, name=f"{DRAFT_ID}.txt")
    if isinstance(read, BadRecord):
        raise ApiError(422, f"text cannot be read as a page: {read.reason}.", f"{read.remedy}.")
    return replace(read, id=form.id or read.id or DRAFT_ID, published=False)


def _json(request: Request, body: BaseModel, cache: str, status: int = 200) -> Response:
    return answer(request, body.model_dump_json(), "application/json", cache, status)
