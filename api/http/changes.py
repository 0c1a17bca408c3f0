"""JSON API: what changed in the archive since a number, as a list and as a stream of events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Annotated, Any, Literal, cast

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from api.backend.protocol import Backend
from api.http import response_models as out
from api.http.caching import NO_STORE
from api.http.errors import ApiError
from corpus.storage.store import Store

STREAM_PATH = "/v1/changes/stream"
MAX_CHANGES = 1_000  # of one answer
MAX_STREAMS = 64  # clients that are kept up to date at once, in one process
POLL_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0  # so that proxies keep the connection


class ChangeOut(BaseModel):
    """The last change of one article."""

    sequence: int
    id: str = Field(description=out.ID)
    kind: Literal["put", "gone"] = Field(
        description="put: added or changed. gone: deleted or not published any more; nothing else "
        "is said of it."
    )


class ChangesOut(BaseModel):
    """What changed, in order; an article that changed several times occurs once."""

    sequence: int = Field(description="Ask for what comes after this number the next time.")
    more: bool = Field(description="There are more changes: ask again at once.")
    generation: str = Field(
        description="Name of the index. With another one the lists of every article may be new."
    )
    changes: tuple[ChangeOut, ...]


def look_up_store(request: Request) -> Store:
    """Return the store of the archive; ApiError 503 where this server has none."""
    store = getattr(request.app.state, "store", None)
    if store is None:
        raise ApiError(503, "This server has no archive to tell changes of.", "See /readyz.")
    return cast(Store, store)


StoreDep = Annotated[Store, Depends(look_up_store)]
MAX_SEQUENCE = 2**63 - 1  # of SQLite
Since = Annotated[
    int, Query(ge=0, le=MAX_SEQUENCE, description="The number of the last change that is known.")
]
_ERRORS: dict[int | str, dict[str, Any]] = {
    422: {"model": out.ErrorOut, "description": "A parameter is wrong."},
    503: {
        "model": out.ErrorOut,
        "description": "There is no archive, or too many streams are open.",
    },
}
router = APIRouter(tags=["Writing"])


@router.get(
    "/v1/changes",
    response_model=ChangesOut,
    responses=_ERRORS,
    summary="What changed since a number",
)
def changes(
    request: Request,
    store: StoreDep,
    since: Since = 0,
    limit: Annotated[
        int, Query(ge=1, le=MAX_CHANGES, description="At most so many.")
    ] = MAX_CHANGES,
) -> Response:
    """Tell which articles were written or withdrawn, so that a cache can forget their pages."""
    backend = cast(Backend, request.app.state.backend)
    body = changes_since(store, since, limit, backend.status().generation)
    return JSONResponse(body.model_dump(), headers={"Cache-Control": NO_STORE})


@router.get(
    STREAM_PATH,
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **_ERRORS},
    summary="Changes as they happen",
)
async def stream(request: Request, store: StoreDep, since: Since = 0) -> Response:
    """Send an event for each change, with its number as id (`Last-Event-ID` goes on after it)."""
    state = request.app.state
    if getattr(state, "streams", 0) >= MAX_STREAMS:
        raise ApiError(503, "Too many streams are open.", "Ask /v1/changes from time to time.")
    last = request.headers.get("last-event-id", "")
    start = int(last) if last.isdecimal() and len(last) < 16 else since
    state.streams = getattr(state, "streams", 0) + 1

    async def events() -> AsyncIterator[bytes]:
        try:
            async for event in _events(request, store, start):
                yield event
        finally:
            state.streams -= 1

    headers = {"Cache-Control": NO_STORE, "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)


def changes_since(store: Store, since: int, limit: int, generation: str) -> ChangesOut:
    """Return at most ``limit`` changes after a number.

    Parameters
    ----------
    store
        Of the archive.
    since
        The number.
    limit
        At least 1.
    generation
        Name of the index that is served.
    """
    found = list(islice(_changes_out(store, since), limit + 1))
    shown = tuple(found[:limit])
    last = shown[-1].sequence if shown else max(since, store.sequence())
    return ChangesOut(sequence=last, more=len(found) > limit, generation=generation, changes=shown)


def _changes_out(store: Store, since: int) -> Iterator[ChangeOut]:
    for change in store.changed_since(since):
        shown = change.article is not None and change.article.published
        yield ChangeOut(sequence=change.sequence, id=change.id, kind="put" if shown else "gone")


async def _events(request: Request, store: Store, since: int) -> AsyncIterator[bytes]:
    yield b"retry: 2000\n\n"
    quiet = 0.0
    while not await request.is_disconnected():
        found = await asyncio.to_thread(changes_since, store, since, MAX_CHANGES, "")
        for one in found.changes:
            data = orjson.dumps({"id": one.id, "kind": one.kind}).decode()
            yield f"id: {one.sequence}\nevent: change\ndata: {data}\n\n".encode()
        since = max(since, found.sequence)
        if found.more:
            continue
        quiet = 0.0 if found.changes else quiet + POLL_SECONDS
        if quiet >= HEARTBEAT_SECONDS:
            quiet = 0.0
            yield b": still here\n\n"
        await asyncio.sleep(POLL_SECONDS)
