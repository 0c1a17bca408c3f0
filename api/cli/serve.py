"""`divedeeper serve`: load the sample and build the index where they are missing, then serve."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.cli.options import ArchiveOption, EncoderOption
from api.cli.output import Failure, progress, say, warn
from api.settings import LogLevel, Settings
from corpus.storage.archive import Archive
from corpus.storage.store import Store

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
) -> None:
    """Serve the archive over HTTP; without one, load the sample archive first."""
    settings = Settings.read(
        archive=archive, host=host, port=port, encoder=encoder, log_level=log_level
    )
    listener = listening_socket(
        settings.host, settings.port
    )  # first: a port in use is reported at once

    import uvicorn

    from api.app import create_app
    from api.backend.open import open_backend
    from api.pipeline.compilation import compile_ahead
    from index.dense.load_encoder import describe_encoder

    place = Archive(settings.archive)
    say(f"Archive: {place.folder}")
    line = describe_encoder(settings.encoder)
    say(line[:1].upper() + line[1:])
    compile_ahead(say)
    prepare_to_serve(place, settings.encoder, with_encoder=not line.startswith(NO_ENCODER))
    with progress() as step:
        backend = open_backend(place, settings, step, warn)
    status = backend.status()
    address, number = listener.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    say(
        f"Serving {status.articles} articles at http://{shown}:{number} (generation "
        f"{status.generation}). Ctrl-C stops."
    )
    config = uvicorn.Config(create_app(backend), log_level=settings.log_level)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        say("Stopped.")


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
    from api.pipeline.build import build_generation
    from api.pipeline.ingest import SAMPLE, load_articles
    from api.pipeline.record import is_record_behind, read_record

    generation = archive.current_generation()
    if generation is None and not archive.store_path.exists():
        say("There is no archive yet: loading the sample archive")
        with Store.open(archive.store_path) as store, progress() as step:
            say(f"  {load_articles(store, SAMPLE, step, lambda bad: warn(str(bad)))}")
    if generation is not None and not is_outdated(archive):
        built = read_record(generation)
        with Store.open(archive.store_path, read_only=True) as store:
            if is_record_behind(built, store):
                warn("The archive has changed since the index was built. Run `divedeeper build`.")
        if with_encoder and built is not None and not built.encoder:
            warn("The index knows words alone. Run `divedeeper build` to search by meaning, too.")
        return
    if generation is not None:
        say("The index is from another version of the program: building it again")
    else:
        say("Building the index")
    with progress() as step:
        # describe() has said already why there is no encoder
        _, new = build_generation(archive, encoder, step, lambda _: None)
    say(f"  {new.articles} articles indexed")


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
