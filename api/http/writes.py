"""JSON API: writing articles, one or many at a time; needs a key with the scope ``write``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, cast

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from api.backend.writer import ArticleWriter, Written
from api.http import response_models as out
from api.http.caching import NO_STORE
from api.http.errors import ApiError, unknown_article
from api.http.routes import ArticleId
from corpus.languages import article_language
from corpus.models import Article
from corpus.readers import ReadOptions
from corpus.readers.own_articles import located_own_article

MAX_OPERATIONS = 1_000  # of a batch: one transaction
MAX_BATCH_BYTES = 16_000_000
MAX_NAMED_FAULTS = 20
BATCH_PATH = "/v1/articles:batch"
_EXAMPLE = {
    "headline": "Do trams fly?",
    "claim": "Trams fly.",
    "verdict": "False",
    "checked_on": "2026-04-09",
    "url": "https://desk.example/do-trams-fly",
    "sections": [{"heading": "Wheels", "text": "Trams roll on rails."}],
    "followups": ["Do trams swim?"],
}
Ids = Annotated[list[str], Field(default_factory=list, max_length=MAX_OPERATIONS)]


class WrittenOut(BaseModel):
    """What became of one article."""

    id: str = Field(description=out.ID)
    result: str = Field(
        description="added, changed, unchanged, deleted, unpublished, or unknown where there is "
        "no such article."
    )


class WriteOut(BaseModel):
    """A confirmed write: it is on disk, and served from now on."""

    sequence: int = Field(description="Number of the archive's last change, for `/v1/changes`.")
    results: tuple[WrittenOut, ...]


class BatchForm(BaseModel):
    """Articles to write, and ids to delete or to unpublish; all articles are written or none."""

    model_config = ConfigDict(extra="forbid", strict=True)

    put: Annotated[
        list[dict[str, Any]],
        Field(default_factory=list, max_length=MAX_OPERATIONS, examples=[[_EXAMPLE]]),
    ]
    delete: Ids
    unpublish: Ids


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    known = {
        401: "There is no key, or an unknown one.",
        403: "The key does not allow writing.",
        404: "There is no such article.",
        413: "The body is too large.",
        422: "A value cannot be used; the message names its place and field.",
        503: "The archive cannot be written at the moment; nothing was.",
    }
    return {status: {"model": out.ErrorOut, "description": known[status]} for status in statuses}


def look_up_writer(request: Request) -> ArticleWriter:
    """Return the writer of the archive; ApiError 503 where this server only reads."""
    writer = getattr(request.app.state, "writer", None)
    if writer is None:
        raise ApiError(503, "This server only reads.", "Write with `divedeeper put`.")
    return cast(ArticleWriter, writer)


WriterDep = Annotated[ArticleWriter, Depends(look_up_writer)]
router = APIRouter(tags=["Writing"])


@router.put(
    "/v1/articles/{id}",
    response_model=WriteOut,
    status_code=200,
    responses=_errors(401, 403, 413, 422, 503)
    | {201: {"model": WriteOut, "description": "It is new."}},
    summary="Add or replace an article",
)
def put_article(
    writer: WriterDep,
    id: ArticleId,
    article: Annotated[dict[str, Any], Body(examples=[_EXAMPLE])],
) -> Response:
    """Write one article, in the form of `docs/inputs.md`; found by searches from now on.

    The same article again changes nothing. Drafts and other states are kept and not shown.
    """
    if article.get("id") not in (None, id):
        raise ApiError(
            422, "id differs from the id in the address.", "Leave it out, or write the same."
        )
    written = _apply(writer, [article_of_body({**article, "id": id}, "article")])
    return _written_out(written, 201 if written.results[0][1] == "added" else 200)


@router.delete(
    "/v1/articles/{id}",
    response_model=WriteOut,
    responses=_errors(401, 403, 404, 422, 503),
    summary="Delete or unpublish an article",
)
def delete_article(
    writer: WriterDep,
    id: ArticleId,
    keep: Annotated[
        bool, Query(description="Keep it in the archive, not published: it is named nowhere.")
    ] = False,
) -> Response:
    """Take one article out: it is named nowhere from now on."""
    written = _apply(writer, unpublish=[id]) if keep else _apply(writer, delete=[id])
    if written.results[0][1] == "unknown":
        raise unknown_article(id, 1)
    return _written_out(written)


@router.post(
    BATCH_PATH,
    response_model=WriteOut,
    responses=_errors(401, 403, 413, 422, 503),
    summary="Write many articles",
)
def write_batch(writer: WriterDep, form: Annotated[BatchForm, Body()]) -> Response:
    """Write up to 1,000 articles, then delete and unpublish others; all are checked first."""
    articles: list[Article] = []
    faults: list[str] = []
    for n, values in enumerate(form.put):
        try:
            articles.append(article_of_body(values, f"put[{n}]"))
        except ApiError as error:
            faults.append(str(error.detail))
    ids = [article.id for article in articles]
    repeated = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else []
    faults += [f"the id {id!r} is there twice." for id in repeated]
    if faults:
        more = f" And {len(faults) - MAX_NAMED_FAULTS} more." * (len(faults) > MAX_NAMED_FAULTS)
        raise ApiError(
            422,
            f"Nothing was written: {' '.join(faults[:MAX_NAMED_FAULTS])}{more}",
            "Correct these, and send the batch again.",
        )
    return _written_out(_apply(writer, articles, form.delete, form.unpublish))


def article_of_body(values: Mapping[str, object], place: str) -> Article:
    """Return the article that a body describes, in its language.

    Parameters
    ----------
    values
        An object in our own form.
    place
        Where it stands in the body, for messages.

    Raises
    ------
    ApiError
        422, a value cannot be used or a date cannot be read; the message names it.
    """
    try:
        found = located_own_article(values, place, 1, ReadOptions())
    except ValueError as error:
        raise ApiError(422, f"{place}: {error}.", "Correct this field; see /docs.") from error
    unread = (*found.unread_dates, *found.open_dates)
    if unread:
        name, text = unread[0]
        raise ApiError(
            422, f"{place}: {name} {text!r} is no day that can be read.", "Write it as 2026-04-09."
        )
    return replace(found.article, language=article_language(found.article))


def _apply(
    writer: ArticleWriter,
    put: Sequence[Article] = (),
    delete: Sequence[str] = (),
    unpublish: Sequence[str] = (),
) -> Written:
    try:
        return writer.apply(put, delete, unpublish)
    except ValueError as error:
        raise ApiError(422, f"Nothing was written: {error}.", "Correct this article.") from error


def _written_out(written: Written, status: int = 200) -> Response:
    body = WriteOut(
        sequence=written.sequence,
        results=tuple(WrittenOut(id=id, result=result) for id, result in written.results),
    )
    return JSONResponse(body.model_dump(), status, {"Cache-Control": NO_STORE})
