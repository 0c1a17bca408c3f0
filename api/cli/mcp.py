"""`divedeeper mcp`: the archive as tools of a language model, over standard input and output."""

from __future__ import annotations

from api.cli.options import ArchiveOption, EncoderOption
from api.cli.output import Failure, say
from api.settings import Settings
from corpus.storage.archive import Archive


def mcp(archive: ArchiveOption = None, encoder: EncoderOption = None) -> None:
    """Answer an MCP client over standard input and output until it goes away."""
    try:
        from api.mcp import create_mcp_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise Failure(
            "the package for MCP is missing. Install it with: pip install 'divedeeper[mcp]'"
        ) from error
    from api.cli.serve import open_to_serve, prepare_to_serve

    settings = Settings.read(archive=archive, encoder=encoder)
    place = Archive(settings.archive)
    prepare_to_serve(place, settings.encoder, with_encoder=False)
    backend = open_to_serve(place, settings)
    backend.start()
    say(f"Answering an MCP client from {backend.status().articles} articles.")
    try:
        create_mcp_server(backend).run("stdio")
    finally:
        backend.stop()
