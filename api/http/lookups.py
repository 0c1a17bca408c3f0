"""Look-ups that the JSON API and the pages share: searches, articles, drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from fastapi import Request

from api.backend.protocol import DRAFT_ID, Backend, NotReady
from api.http import response_models as out
from api.http.errors import EMPTY_REMEDY, ApiError, unknown_article
from api.http.request_models import DraftForm, SearchForm
from api.http.responses import search_out
from corpus.languages import article_language
from corpus.models import Article, BadRecord
from corpus.readers import read_page
from index.types import SearchResult


async def look_up_backend(request: Request) -> Backend:
    """Return the backend that answers this request, all of it from one generation."""
    return cast(Backend, request.app.state.backend).pinned()


def look_up_hits(backend: Backend, form: SearchForm) -> out.SearchOut:
    """Return the page of hits of a search; an empty archive is an answer, not an error.

    Raises
    ------
    NotReady
        There is no index to search yet.
    """
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
    articles = backend.articles([hit.id for hit in result.hits]) if result.hits else {}
    return search_out(result, articles, request, message)


def look_up_article(backend: Backend, id: str) -> Article:
    """Return a published article.

    Raises
    ------
    ApiError
        404, no published article has that id.
    """
    try:
        found = backend.article(id)
    except KeyError:
        found = None
    if found is None or not found.published:
        raise unknown_article(id, backend.status().articles)
    return found


def look_up_draft(form: DraftForm) -> Article:
    """Return the article that a draft would become, unpublished, in the language of its text.

    Raises
    ------
    ApiError
        422, its text cannot be read as a page.
    """
    if not form.text.strip():
        return _in_its_language(form.article())
    read = read_page(form.text, name=f"{DRAFT_ID}.txt")
    if isinstance(read, BadRecord):
        raise ApiError(422, f"text cannot be read as a page: {read.reason}.", f"{read.remedy}.")
    draft = replace(read, id=form.id or read.id or DRAFT_ID, published=False)
    return _in_its_language(draft)


def _in_its_language(draft: Article) -> Article:
    return replace(draft, language=article_language(draft))
