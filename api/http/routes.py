"""JSON API: its endpoints. Plain functions, each run in the thread pool of the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.backend.protocol import Backend, SuggestionRequest
from api.http import response_models as out
from api.http.access import check_granted
from api.http.answer_card import look_up_answered_hits
from api.http.caching import NO_STORE, ONE_MINUTE, cacheable_response
from api.http.lookups import look_up_article, look_up_backend, look_up_draft
from api.http.request_models import (
    DEFAULT_COMPLETIONS,
    MAX_COMPLETIONS,
    MAX_PREFIX_CHARACTERS,
    DraftForm,
    Explain,
    Limit,
    SearchBody,
    SearchForm,
)
from api.http.responses import (
    article_out,
    articles_of_response,
    completions_out,
    questions_out,
    ready_out,
    related_out,
)
from recommender.types import PAGE_SIZE, Scope, Unanswered

SCOPE = "`all`: any publisher's articles; `own`: the page's publisher's; else as the server is set."
UNANSWERED = "Editors' questions without an answer `keep` their place, stand `last`, or `hide`."
ALONE = "The related articles are shown without questions: what those lead to may stand here, too."


async def article_id_of_route(
    id: Annotated[str, Path(description=out.ID, examples=["are-bats-blind"])],
) -> str:
    """Return the article id in the path, which ``RequestGuardMiddleware`` left encoded."""
    return unquote(id, errors="replace")


BackendDep = Annotated[Backend, Depends(look_up_backend)]
ArticleId = Annotated[str, Depends(article_id_of_route)]


@dataclass(frozen=True, slots=True)
class SuggestionQuery:
    """Which article's suggestions are asked for, how many, whose, and whether with features."""

    article_id: str
    limit: int
    scope: Scope | None
    unanswered: Unanswered | None
    explain: bool


async def suggestion_query(
    id: ArticleId,
    limit: Annotated[Limit, Query()] = PAGE_SIZE,
    scope: Annotated[Scope | None, Query(description=SCOPE)] = None,
    unanswered: Annotated[Unanswered | None, Query(description=UNANSWERED)] = None,
    explain: Annotated[Explain, Query()] = False,
) -> SuggestionQuery:
    """Return the parameters that questions and related articles share."""
    return SuggestionQuery(id, limit, scope, unanswered, explain)


SuggestionQueryDep = Annotated[SuggestionQuery, Depends(suggestion_query)]

_ERRORS: dict[int, str] = {
    404: "There is no such published article.",
    413: "The body is too large.",
    422: "A parameter is wrong; the message names it and says what is allowed.",
    503: "There is no index to answer from yet.",
}


def _errors_of_route(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {s: {"model": out.ErrorOut, "description": _ERRORS[s]} for s in statuses}


router = APIRouter()


@router.get(
    "/v1/search",
    response_model=out.SearchOut,
    responses=_errors_of_route(422, 503),
    tags=["Search"],
    summary="Search the archive",
)
def search(request: Request, backend: BackendDep, form: Annotated[SearchForm, Query()]) -> Response:
    """Search the archive: keywords, a question, or a pasted text; `answer=true` for `answers`."""
    return _json_of_route(request, look_up_answered_hits(backend, form), NO_STORE)


@router.post(
    "/v1/search",
    response_model=out.SearchOut,
    responses=_errors_of_route(413, 422, 503),
    tags=["Search"],
    summary="Search with a long text",
)
def search_long(
    request: Request, backend: BackendDep, form: Annotated[SearchBody, Body()]
) -> Response:
    """Search with the same fields as JSON, for texts too long for an address."""
    if form.explain:
        check_granted(request.scope, "preview")
    return _json_of_route(request, look_up_answered_hits(backend, form), NO_STORE)


@router.get(
    "/v1/suggest",
    response_model=out.CompletionsOut,
    responses=_errors_of_route(422, 503),
    tags=["Search"],
    summary="Complete what is typed",
)
def complete(
    request: Request,
    backend: BackendDep,
    q: Annotated[
        str, Query(max_length=MAX_PREFIX_CHARACTERS, description="What was typed so far.")
    ],
    limit: Annotated[
        int, Query(ge=1, le=MAX_COMPLETIONS, description="At most so many.")
    ] = DEFAULT_COMPLETIONS,
) -> Response:
    """Complete what is being typed: headlines, questions and phrases of the archive."""
    completions = backend.complete(q.strip(), limit) if q.strip() else ()
    ids = [c.article_id for c in completions if c.article_id]
    articles = backend.articles(ids) if ids else {}
    return _json_of_route(request, completions_out(completions, articles), ONE_MINUTE)


# The routes below an article come before the article itself, whose id may hold slashes.
@router.get(
    "/v1/articles/{id:path}/questions",
    response_model=out.QuestionsOut,
    responses=_errors_of_route(404, 422, 503),
    tags=["Articles"],
    summary="Follow-up questions of an article",
)
def questions(request: Request, backend: BackendDep, query: SuggestionQueryDep) -> Response:
    """Give the follow-up questions for an article's "Want to dive deeper?"."""
    look_up_article(backend, query.article_id)
    page = backend.suggestions(
        query.article_id,
        SuggestionRequest(
            questions=query.limit,
            unanswered=query.unanswered,
            scope=query.scope,
            explain=query.explain,
        ),
    )
    articles = articles_of_response(backend, page)
    body = out.QuestionsOut(
        article_id=query.article_id,
        questions=questions_out(page.questions, articles, query.explain),
        also_checked=questions_out(page.also_checked, articles, query.explain),
    )
    return _json_of_route(request, body, ONE_MINUTE)


@router.get(
    "/v1/articles/{id:path}/related",
    response_model=out.RelatedListOut,
    responses=_errors_of_route(404, 422, 503),
    tags=["Articles"],
    summary="Related articles",
)
def related(
    request: Request,
    backend: BackendDep,
    query: SuggestionQueryDep,
    alone: Annotated[bool, Query(description=ALONE)] = False,
) -> Response:
    """Give related articles, each with its relation to this one."""
    look_up_article(backend, query.article_id)
    page = backend.suggestions(
        query.article_id,
        SuggestionRequest(
            related=query.limit,
            unanswered=query.unanswered,
            scope=query.scope,
            related_alone=alone,
            explain=query.explain,
        ),
    )
    listed = related_out(page.related, articles_of_response(backend, page), query.explain)
    body = out.RelatedListOut(article_id=query.article_id, related=listed)
    return _json_of_route(request, body, ONE_MINUTE)


@router.get(
    "/v1/articles/{id:path}",
    response_model=out.ArticleOut,
    responses=_errors_of_route(404, 422),
    tags=["Articles"],
    summary="One article",
)
def article(request: Request, backend: BackendDep, id: ArticleId) -> Response:
    """Give one article."""
    found = look_up_article(backend, id)
    return _json_of_route(request, article_out(found, backend.superseded_by(id)), ONE_MINUTE)


@router.post(
    "/v1/preview",
    response_model=out.PreviewOut,
    responses=_errors_of_route(413, 422, 503),
    tags=["Articles"],
    summary="Suggestions for a draft",
)
def preview(request: Request, backend: BackendDep, form: Annotated[DraftForm, Body()]) -> Response:
    """Give the suggestions for a draft; nothing of it is stored."""
    draft = look_up_draft(form)
    page = backend.preview(
        draft,
        SuggestionRequest(questions=form.limit, related=form.limit, explain=form.explain),
    )
    articles = articles_of_response(backend, page, draft)
    body = out.PreviewOut(
        headline=draft.headline,
        questions=questions_out(page.questions, articles, form.explain, remarks=True),
        also_checked=questions_out(page.also_checked, articles, form.explain, remarks=True),
        related=related_out(page.related, articles, form.explain),
    )
    return _json_of_route(request, body, NO_STORE)


@router.get(
    "/healthz", response_model=out.HealthOut, summary="Is the process alive?", tags=["Operation"]
)
async def health(request: Request) -> Response:
    """Tell that the process answers, even while every thread is busy."""
    return _json_of_route(request, out.HealthOut(), NO_STORE)


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
    return _json_of_route(request, ready_out(status), NO_STORE, 200 if status.ready else 503)


def _json_of_route(
    request: Request, body: BaseModel, cache_control: str, status: int = 200
) -> Response:
    content = body.model_dump_json()
    return cacheable_response(request, content, "application/json", cache_control, status)
