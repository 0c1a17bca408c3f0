"""Web application: the JSON API, the pages and their middleware around one backend."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from brotli_asgi import BrotliMiddleware
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api.backend.protocol import Backend
from api.backend.writer import ArticleWriter
from api.http.caching import embedded_cache_control
from api.http.changes import STREAM_PATH
from api.http.changes import router as changes_router
from api.http.errors import EXPECTED, error_responses
from api.http.kept_answers import KeptAnswers, KeptAnswersMiddleware
from api.http.next_reads import router as next_router
from api.http.routes import router
from api.http.site_address import SiteAddress
from api.http.writes import BATCH_PATH, MAX_BATCH_BYTES
from api.http.writes import router as writes_router
from api.pages.embedding import router as embedding_router
from api.pages.rendering import STATIC
from api.pages.routes import error_page, page_routes
from api.security.middleware import AccessMiddleware, Guard
from api.security.options import AccessOptions
from api.server.methods import MethodsMiddleware
from api.server.middleware import RequestGuardMiddleware, security_headers
from api.server.observing import METRICS_PATH, METRICS_TYPE, Metrics, ObservingMiddleware
from api.server.site_path import SitePathMiddleware
from api.settings import AccessLog, PageLanguage
from api.standards import claims_router, site_router
from corpus.storage.store import Store

MIN_PACKED_BYTES = 500  # a smaller answer fits in one packet as it is
PREFLIGHT_SECONDS = 86_400  # that a browser remembers what it may ask
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
    access: AccessOptions | None = None,
    writer: ArticleWriter | None = None,
    store: Store | None = None,
    cache_seconds: int = 60,
    log_form: AccessLog = "none",
    site: SiteAddress | None = None,
    shared_metrics: Path | None = None,
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
    access
        Who may do what; None: everybody on this machine may read and preview, nobody write.
    writer
        Writes articles; None: this server only reads.
    store
        Tells what changed; None: it does not.
    cache_seconds
        That caches may keep what embedding pages ask for.
    log_form
        Of the line that each request has in the log ``divedeeper.access``.
    site
        Path and public address at which a proxy shows this server; None: none of its own.
    shared_metrics
        Folder where several processes of one server count together; None for one alone.
    on_close
        Called once when the server stops, to close what the backend holds open.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        if on_close:
            on_close()

    site = site or SiteAddress()
    app = FastAPI(
        title="divedeeper",
        description=_ABOUT,
        version="1",  # of the API, as in /v1
        docs_url=None,  # the stock pages load scripts from elsewhere; api/pages has our own
        redoc_url=None,
        servers=[{"url": site.base}] if site.base else None,
        generate_unique_id_function=lambda route: route.name,  # names of methods for generators
        lifespan=lifespan,
    )
    app.state.backend = backend
    app.state.page_language = page_language
    app.state.site = site
    app.state.writer, app.state.store = writer, store
    app.state.cache_control = embedded_cache_control(cache_seconds)
    headers = security_headers(frame_ancestors)
    app.state.kept_answers = KeptAnswers({"Cache-Control": app.state.cache_control, **headers})
    access = access or AccessOptions()
    # Before the article, whose id may hold slashes.
    for one in (
        next_router,
        changes_router,
        embedding_router,
        claims_router,
        site_router,
        router,
        writes_router,
    ):
        app.include_router(one)
    metrics = Metrics(backend.status, shared_metrics)

    @app.get(METRICS_PATH, include_in_schema=False)
    def show_metrics() -> Response:
        return Response(metrics.text(), media_type=METRICS_TYPE)

    app.mount("/static", StaticFiles(directory=STATIC))
    app.mount("/docs-assets", StaticFiles(directory=str(files("fastapi_offline") / "static")))
    app.router.routes.extend(page_routes(examples))
    on_error = error_responses(error_page)
    for kind in EXPECTED:
        app.add_exception_handler(kind, on_error)
    app.add_middleware(MethodsMiddleware, routes=app.router.routes)
    guard = Guard(
        policy=access.policy,
        keys=access.keys,
        allowed_hosts=access.allowed_hosts,
        requests_per_minute=access.requests_per_minute,
    )
    app.add_middleware(AccessMiddleware, check=guard.check)
    app.add_middleware(
        RequestGuardMiddleware,
        max_body_bytes=max_body_bytes,
        headers=headers,
        on_error=on_error,
        larger_bodies={BATCH_PATH: MAX_BATCH_BYTES},
    )
    app.add_middleware(
        BrotliMiddleware,  # gzip where the client knows no brotli
        minimum_size=MIN_PACKED_BYTES,
        excluded_handlers=[f"^{STREAM_PATH}$"],
    )
    if access.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=access.cors_origins,
            allow_methods=("GET", "HEAD", "OPTIONS"),  # pages of others read, and write nothing
            allow_headers=("Authorization", "If-None-Match", "X-API-Key"),
            expose_headers=("ETag",),
            max_age=PREFLIGHT_SECONDS,
        )
    app.add_middleware(
        KeptAnswersMiddleware,
        backend=backend,
        answers=app.state.kept_answers,
        check=guard.check,
        origins=access.cors_origins,
    )
    app.add_middleware(ObservingMiddleware, metrics=metrics, log_form=log_form)
    app.add_middleware(SitePathMiddleware, site=site)
    return app
