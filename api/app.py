"""Web application: the JSON API, the pages and their middleware around one backend."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.backend.protocol import Backend
from api.http.errors import EXPECTED, error_responses
from api.http.middleware import RequestGuardMiddleware
from api.http.routes import router
from api.pages.rendering import STATIC
from api.pages.routes import error_page, page_routes
from api.settings import PageLanguage

MAX_BODY_BYTES = 1_000_000  # a long article as text has some 100 kB
_ABOUT = """Follow-up questions, related articles and search for an archive of fact checks.

Every error has one form, `{"error": {"code", "message", "remedy"}}`. Suggestions come best first,
ties by id, and fewer than asked for is a normal answer. Responses about articles have an `ETag`."""


def create_app(
    backend: Backend,
    *,
    examples: Iterable[str] = (),
    max_body_bytes: int = MAX_BODY_BYTES,
    frame_ancestors: str = "'self'",
    page_language: PageLanguage = "en",
    on_close: Callable[[], None] | None = None,
) -> FastAPI:
    """Return the application that serves ``backend``; nothing is opened or read from outside.

    Parameters
    ----------
    backend
        What is served.
    examples
        Searches offered on the front page; without any, claims that the archive has checked.
    max_body_bytes
        Larger bodies are refused with 413.
    frame_ancestors
        Who may show the pages in a frame, as in a Content-Security-Policy.
    page_language
        Of pages whose article or visitor has a language that we have no labels in.
    on_close
        Called once when the server stops, to close what the backend holds open.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        if on_close:
            on_close()

    app = FastAPI(
        title="divedeeper",
        description=_ABOUT,
        version="1",  # of the API, as in /v1
        docs_url=None,  # the stock pages load scripts from elsewhere; api/pages has our own
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.backend = backend
    app.state.page_language = page_language
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.mount("/docs-assets", StaticFiles(directory=str(files("fastapi_offline") / "static")))
    app.router.routes.extend(page_routes(examples))
    on_error = error_responses(error_page)
    for kind in EXPECTED:
        app.add_exception_handler(kind, on_error)
    app.add_middleware(
        RequestGuardMiddleware,
        max_body_bytes=max_body_bytes,
        frame_ancestors=frame_ancestors,
        on_error=on_error,
    )
    return app
