"""JSON API: everything that an embedding page needs in one answer, by id or by its own address.

The answer is kept as bytes until the archive, the index or the bans change, so that a page that
many read costs a look into a dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.backend.protocol import Backend, SuggestionRequest
from api.http import response_models as out
from api.http.errors import ApiError
from api.http.kept_answers import PATH, KeptAnswers
from api.http.lookups import look_up_article
from api.http.request_models import MAX_ID_CHARACTERS, MAX_SUGGESTIONS
from api.http.responses import article_page_address, articles_of_response, search_page_address
from corpus.analysis.tokenizer import tokenize
from corpus.analysis.web_addresses import MAX_ADDRESS_CHARACTERS, web_address
from corpus.models import Article
from index.search.snippets import snippet
from recommender.answers.finding import Finding
from recommender.types import Answer, Relation, Scope, Suggestions

MAX_PAGES = 50  # of a batch
DEFAULT_QUESTIONS, DEFAULT_RELATED = 5, 3
PASSAGE_CHARACTERS = 320  # of a passage that answers a question: two or three sentences
MAX_QUERY_BYTES = 30_000


class NextQuestionOut(BaseModel):
    """One follow-up question; without an answer it leads to a search."""

    id: str
    text: str
    origin: str
    answer: out.AnsweredOut | None
    search: str | None = Field(description="Address of a search for it, where nothing answers it.")


class NextRelatedOut(out.TargetOut):
    """One related article, with what it is to the page's."""

    relation: Relation
    reasons: tuple[str, ...] = Field(description=out.REASONS)


class NextOut(BaseModel):
    """What follows an article: its questions and related articles, planned together."""

    article_id: str
    headline: str
    language: str
    questions: tuple[NextQuestionOut, ...]
    related: tuple[NextRelatedOut, ...]


class NextListOut(BaseModel):
    """The same for several articles; those that are unknown are named."""

    pages: tuple[NextOut, ...]
    unknown: tuple[str, ...]


router = APIRouter(tags=["Articles"])


@router.get(
    PATH,
    response_model=NextOut | NextListOut,
    summary="What follows an article, in one answer",
    responses={
        404: {"model": out.ErrorOut, "description": "There is no such published article."},
        422: {"model": out.ErrorOut, "description": "A parameter is wrong."},
        503: {"model": out.ErrorOut, "description": "There is no index to answer from yet."},
    },
)
async def next_reads(
    request: Request,
    url: Annotated[
        str | None,
        Query(
            max_length=MAX_ADDRESS_CHARACTERS,
            description="The page's own address, in any form of it.",
            examples=["https://desk.example/are-bats-blind"],
        ),
    ] = None,
    id: Annotated[str | None, Query(max_length=MAX_ID_CHARACTERS, description=out.ID)] = None,
    ids: Annotated[
        list[str] | None,
        Query(max_length=MAX_PAGES, description="Several ids, each as a parameter of its own."),
    ] = None,
    questions: Annotated[
        int, Query(ge=0, le=MAX_SUGGESTIONS, description="At most so many questions.")
    ] = DEFAULT_QUESTIONS,
    related: Annotated[
        int, Query(ge=0, le=MAX_SUGGESTIONS, description="At most so many related articles.")
    ] = DEFAULT_RELATED,
    scope: Annotated[
        Scope | None, Query(description="`own`: the page's publisher's alone.")
    ] = None,
) -> Response:
    """Give questions with the passages that answer them, and related articles, for one page."""
    backend = cast(Backend, request.app.state.backend).pinned()
    answers: KeptAnswers = request.app.state.kept_answers
    version = backend.version()
    key = request.scope.get("query_string", b"")
    kept = answers.get(key, version)
    if kept is None:
        if len(key) > MAX_QUERY_BYTES:
            raise ApiError(422, "The address is too long.", f"Ask for at most {MAX_PAGES} ids.")
        if sum(value is not None for value in (url, id, ids)) != 1:
            raise ApiError(422, "One of url, id and ids is needed.", "Give just one of them.")
        body = await run_in_threadpool(
            _next_body, backend, url, id, ids, SuggestionRequest(questions, related, scope=scope)
        )
        kept = answers.keep(key, version, body)
    headers = {"ETag": kept.tag.decode(), "Cache-Control": request.app.state.cache_control}
    known = request.headers.get("if-none-match", "")
    if known and (known == "*" or kept.tag.decode() in known):
        return Response(status_code=304, headers=headers)
    return Response(kept.body, headers=headers, media_type="application/json")


def _next_body(
    backend: Backend,
    url: str | None,
    id: str | None,
    ids: Sequence[str] | None,
    wanted: SuggestionRequest,
) -> bytes:
    if ids is not None:
        pages, unknown = [], []
        for one in dict.fromkeys(ids):
            try:
                pages.append(next_out(backend, look_up_article(backend, one), wanted))
            except ApiError:
                unknown.append(one)
        return NextListOut(pages=tuple(pages), unknown=tuple(unknown)).model_dump_json().encode()
    if url is not None:
        id = backend.id_at(url)
        if id is None:
            raise unknown_address(url)
    article = look_up_article(backend, id or "")
    return next_out(backend, article, wanted).model_dump_json().encode()


def unknown_address(url: str) -> ApiError:
    """Return the error for an address that no published article has."""
    if not web_address(url):
        return ApiError(422, "url is no web address.", "Begin it with https://.")
    return ApiError(
        404,
        "No published article has that address.",
        "Give the page's canonical address, or its id.",
    )


def next_out(backend: Backend, article: Article, wanted: SuggestionRequest) -> NextOut:
    """Return what follows an article, planned as its page is.

    Parameters
    ----------
    backend
        Knows the suggestions and the articles.
    article
        A published one.
    wanted
        How many, and whose.
    """
    page = backend.suggestions(article.id, wanted)
    articles = articles_of_response(backend, page)
    return NextOut(
        article_id=article.id,
        headline=article.headline,
        language=article.language,
        questions=_questions_out(page, articles, wanted.questions),
        related=tuple(
            NextRelatedOut(
                **_target_fields(articles[r.article_id]), relation=r.relation, reasons=r.reasons
            )
            for r in page.related[: wanted.related]
            if r.article_id in articles and articles[r.article_id].published
        ),
    )


def _questions_out(
    page: Suggestions, articles: Mapping[str, Article], most: int
) -> tuple[NextQuestionOut, ...]:
    found = []
    for q in page.questions[:most] if most else ():
        target = articles.get(q.answer.article_id) if q.answer else None
        answer = None
        if q.answer is not None and target is not None and target.published:
            answer = answered_out(q.text, q.answer, target)
        found.append(
            NextQuestionOut(
                id=q.id,
                text=q.text,
                origin=q.origin,
                answer=answer,
                search=None if answer else search_page_address(q.text),
            )
        )
    return tuple(found)


def answered_out(
    question: str, answer: Answer, article: Article, finding: Finding | None = None
) -> out.AnsweredOut:
    """Return the passage of an article that answers a question, with what a link to it needs.

    Parameters
    ----------
    question
        In words; a claim likewise.
    answer
        Where it is answered.
    article
        The article of the answer.
    finding
        The passage that is shown, where it is known; else the one that fits the question best.
    """
    section = finding.section if finding else answer.section
    section = section if 0 <= section <= len(article.sections) else 0
    part = article.sections[section - 1] if section else None
    if finding is None:
        text = part.text if part else article.summary or article.body
        terms = dict.fromkeys(tokenize(question, article.language), 1.0)
        best = snippet(text, terms, max_chars=PASSAGE_CHARACTERS, language=article.language)
    return out.AnsweredOut(
        **_target_fields(article, section),
        section=section,
        heading=part.heading if part else "",
        passage=finding.text if finding else best.text,
        confidence=min(1.0, max(0.0, answer.confidence)),
    )


def _target_fields(article: Article, section: int | None = None) -> dict[str, Any]:
    return {
        "id": article.id,
        "headline": article.headline,
        "url": web_address(article.url) or None,
        "page": article_page_address(article.id, section),
        "image": web_address(article.image) or None,
        "date": article.checked_on,
        "verdict": article.verdict,
        "claim": article.claim,
        "claimant": article.claimant,
        "publisher": article.publisher,
        "language": article.language,
    }
