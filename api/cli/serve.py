"""`divedeeper serve`: load the sample and build the index where they are missing, then serve."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import ArchiveOption, EncoderOption
from api.cli.output import Failure, progress, say, warn
from api.server.memory import share_one_heap
from api.settings import LogLevel, Settings
from corpus.storage.archive import Archive
from corpus.storage.store import Store

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from api.backend.following import FollowingBackend
    from api.backend.webhook import Webhook

METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # by which prometheus-client counts in files
WORKER_SECONDS = 60  # without a sign of life: a process that opens a large archive is silent long
GRACE_SECONDS = 20  # that requests have to end when the server stops
NO_ENCODER = "sentence encoder: none"  # how describe() begins where there is none


def serve(
    archive: ArchiveOption = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; else DIVEDEEPER_HOST, 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Port, 0 for any free one; else DIVEDEEPER_PORT, 8000."
        ),
    ] = None,
    encoder: EncoderOption = None,
    log_level: Annotated[
        LogLevel | None,
        typer.Option(help="How much the server's log says; else DIVEDEEPER_LOG_LEVEL, info."),
    ] = None,
    root_path: Annotated[
        str | None,
        typer.Option(
            help="Path below which a proxy shows it: /factcheck; else DIVEDEEPER_ROOT_PATH."
        ),
    ] = None,
    public_url: Annotated[
        str | None,
        typer.Option(help="Address at which readers reach it; else DIVEDEEPER_PUBLIC_URL."),
    ] = None,
    trusted_proxies: Annotated[
        str | None,
        typer.Option(help="Proxies whose headers are believed; else DIVEDEEPER_TRUSTED_PROXIES."),
    ] = None,
    frame_ancestors: Annotated[
        str | None,
        typer.Option(help="Who may frame our pages; else DIVEDEEPER_FRAME_ANCESTORS."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes that answer; else DIVEDEEPER_WORKERS, 1."),
    ] = None,
) -> None:
    """Serve the archive over HTTP; without one, load the sample archive first."""
    share_one_heap()
    settings = Settings.read(
        archive=archive,
        host=host,
        port=port,
        encoder=encoder,
        log_level=log_level,
        root_path=root_path,
        public_url=public_url,
        trusted_proxies=trusted_proxies,
        frame_ancestors=frame_ancestors,
        workers=workers,
    )
    listener = listening_socket(
        settings.host, settings.port
    )  # first: a port in use is reported at once

    from api.backend.embargo import EmbargoClock
    from api.pipeline.compilation import compile_ahead
    from index.dense.load_encoder import describe_encoder

    place = Archive(settings.archive)
    say(f"Archive: {place.folder}")
    line = describe_encoder(settings.encoder)
    say(line[:1].upper() + line[1:])
    compile_ahead(say)
    prepare_to_serve(place, settings.encoder, with_encoder=not line.startswith(NO_ENCODER))
    address, number = listener.getsockname()[:2]
    shown = f"http://{f'[{address}]' if ':' in address else address}:{number}"
    # What must happen once for an archive happens in this process, whatever answers requests.
    clock, webhook = EmbargoClock(place.store_path, say), opened_webhook(settings, place)
    clock.start()
    if webhook is not None:
        webhook.start()
    try:
        if settings.workers > 1:
            _serve_by_workers(settings, listener, shown)
        else:
            _serve_by_this_process(settings, listener, shown)
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        clock.stop()
        if webhook is not None:
            webhook.stop()


def _serve_by_this_process(settings: Settings, listener: socket.socket, shown: str) -> None:
    import uvicorn

    place = Archive(settings.archive)
    backend = open_to_serve(place, settings)
    status = backend.status()
    say(
        f"Serving {status.articles} articles at {shown} (generation {status.generation}). "
        "Ctrl-C stops."
    )
    app = open_application(settings, backend)
    uvicorn.Server(_server_config(settings, app)).run(sockets=[listener])


def _serve_by_workers(settings: Settings, listener: socket.socket, shown: str) -> None:
    """Let processes answer that open the same files, and start another where one ends."""
    from uvicorn.supervisors import Multiprocess

    say(f"Serving by {settings.workers} processes at {shown}. Ctrl-C stops.")
    with tempfile.TemporaryDirectory(prefix="divedeeper-metrics-") as metrics:
        os.environ.update(settings.as_environment())
        os.environ[METRICS_VARIABLE] = metrics
        config = _server_config(settings, f"{__name__}:worker_application")
        Multiprocess(config, sockets=[listener]).run()


def worker_application() -> FastAPI:
    """Return the application of one of several processes; it ends with the one that started it."""
    share_one_heap()
    settings = Settings.read()
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            parent.join()
            os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=end_with_parent, name="parent", daemon=True).start()
    backend = open_to_serve(Archive(settings.archive), settings)
    return open_application(settings, backend, Path(os.environ[METRICS_VARIABLE]))


def open_application(
    settings: Settings, backend: FollowingBackend, shared_metrics: Path | None = None
) -> FastAPI:
    """Return the application for an archive, which follows its changes from now on.

    Parameters
    ----------
    settings
        Of the server.
    backend
        Opened; it is stopped with the application.
    shared_metrics
        Folder where several processes count together; None: this one counts for itself.
    """
    from api.app import create_app
    from api.backend.writer import ArticleWriter
    from api.http.site_address import SiteAddress
    from api.security.options import access_options

    place = Archive(settings.archive)
    store = Store.open(place.store_path, read_only=True)

    def stop_threads() -> None:
        backend.stop()
        store.close()

    log_requests_to_stdout()
    backend.start()
    return create_app(
        backend,
        page_language=settings.page_language,
        frame_ancestors=settings.frame_ancestors,
        access=access_options(settings, place.folder),
        writer=ArticleWriter(place.store_path, backend.refresh),
        store=store,
        cache_seconds=settings.cache_seconds,
        log_form=settings.access_log,
        site=SiteAddress(settings.root_path, settings.public_url),
        shared_metrics=shared_metrics,
        on_close=stop_threads,
    )


def _server_config(settings: Settings, app: FastAPI | str) -> uvicorn.Config:
    import uvicorn

    from api.server.slow_clients import BoundedProtocol

    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=settings.workers,
        timeout_worker_healthcheck=WORKER_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        http=BoundedProtocol,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,  # its lines hold what people type; ours do not
        log_level=settings.log_level,
    )


def opened_webhook(settings: Settings, place: Archive) -> Webhook | None:
    """Return the webhook of the settings, None for none; Failure where it cannot be used."""
    from api.backend.webhook import Webhook, WebhookError

    if not settings.webhook_url:
        return None
    try:
        return Webhook(
            place.store_path,
            settings.webhook_url,
            settings.webhook_secret,
            warn,
            allow_private=settings.webhook_private,
        )
    except WebhookError as error:
        raise Failure(f"{error}. Correct the settings of the webhook.") from error


def log_requests_to_stdout() -> None:
    """Let the lines of requests go to stdout as they are."""
    log = logging.getLogger("divedeeper.access")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)


def open_to_serve(archive: Archive, settings: Settings) -> FollowingBackend:
    """Return the backend of the generation in use, or of another that is whole.

    Where no generation can be used the index is built again from the store, saying so.
    """
    from api.backend.following import FollowingBackend
    from api.backend.open import open_verified_backend
    from corpus.errors import ArchiveError

    def open_backend_of_archive() -> FollowingBackend:
        with progress() as step:
            return FollowingBackend(
                archive,
                lambda folder: open_verified_backend(archive, folder, settings, step, warn),
                warn,
            )

    try:
        return open_backend_of_archive()
    except ArchiveError as error:
        warn(str(error))
    _build_to_serve(archive, settings.encoder, "No index can be used: building it again")
    return open_backend_of_archive()


def prepare_to_serve(archive: Archive, encoder: str, with_encoder: bool) -> None:
    """Load the sample where there is no archive, and build an index where there is none.

    Parameters
    ----------
    archive
        To be served.
    encoder
        The setting, for a build.
    with_encoder
        Whether an encoder is available.

    Raises
    ------
    Failure
        The archive is there, and has nothing to serve.
    """
    from api.backend.open import is_outdated
    from api.pipeline.ingest import SAMPLE, load_articles
    from api.pipeline.record import is_record_behind, read_record

    usable = archive.usable_generations()
    if not usable and _holds_nothing(archive):
        say("There is no archive yet: loading the sample archive")
        with Store.open(archive.store_path) as store, progress() as step:
            say(f"  {load_articles(store, SAMPLE, step, lambda bad: warn(str(bad)))}")
    if not usable:
        _build_to_serve(archive, encoder, "Building the index")
        return
    if is_outdated(archive):
        _build_to_serve(
            archive,
            encoder,
            "The index is from another version of the program: building it again",
        )
        return
    built = read_record(archive.readable_generation() or usable[0])
    with Store.open(archive.store_path, read_only=True) as store:
        if is_record_behind(built, store):
            say("What was written since the index was built is searched beside it.")
    if with_encoder and built is not None and not built.encoder:
        warn("The index knows words alone. Run `divedeeper build` to search by meaning, too.")


def _holds_nothing(archive: Archive) -> bool:
    """Return whether nothing was ever written: no store, or what a killed first start left."""
    if not archive.store_path.exists():
        return True
    with Store.open(archive.store_path) as store:
        return store.sequence() == 0


def _build_to_serve(archive: Archive, encoder: str, why: str) -> None:
    from api.pipeline.build import build_generation

    say(why)
    with progress() as step:
        # describe_encoder() has said already why there is no encoder
        _, new = build_generation(archive, encoder, step, lambda _: None)
    how = f"with the encoder {new.encoder}" if new.encoder else "by words alone"
    say(f"  {new.articles} articles indexed {how}")


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; the server listens on it when it is ready.

    Raises
    ------
    Failure
        The address is in use, unknown, or not of this machine.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise Failure(f"the host {host!r} is unknown ({error.strerror}). Try 127.0.0.1.") from error
    listener = socket.socket(family, kind, proto)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise Failure(
            f"cannot listen on {host}, port {port} ({error.strerror}). "
            "Stop what uses it, or choose another with --port."
        ) from error
    return listener
