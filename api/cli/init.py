"""`divedeeper init`: three questions, and a settings file with every setting explained."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import Failure, say, show
from api.security.scopes import is_local_host
from api.settings import SETTINGS_VARIABLE, Settings, SettingsError

_TEMPLATE = """# Settings of divedeeper. A variable of the environment wins over a line here:
# DIVEDEEPER_PORT over port. Lines that begin with # hold what is used without them.

# Folder of the archive: articles, indexes, keys, bans. Back it up with `divedeeper backup`.
archive = {archive}

# Where the server listens. 127.0.0.1 is this machine alone, behind a proxy of its own: so it should
# be. Beyond it drafts and explanations need a key.
host = {host}
port = {port}

# Origins of your site whose pages may read the API in a browser: "https://www.desk.example"
cors_origins = {origins}

# Names by which the server may be called; empty: its own on this machine, any beyond it.
# allowed_hosts = ""

# Address at which readers reach this server: "https://www.desk.example/factcheck"
# public_url = ""

# Path below which a proxy shows this server; empty: that of the public address.
# root_path = ""

# Proxies whose X-Forwarded-For and -Proto are believed: addresses and networks, with commas.
# trusted_proxies = "127.0.0.1,::1"

# Processes that answer requests; one for each core that the server may use.
# workers = 1

# Who may show our pages in a frame: "'self' https://www.desk.example"
# frame_ancestors = "'self'"

# Seconds that readers and proxies may keep an answer without asking again.
# cache_seconds = 60

# Of days and times that name no zone: "Europe/Berlin"
# time_zone = "UTC"

# Searches and articles: "open", or "keyed" (see `divedeeper keys`).
# reads = "open"

# Drafts, explanations, documentation, metrics: "open", "keyed", or "auto": open on this machine.
# previews = "auto"

# Requests a minute from one address; 0 is any number.
# requests_per_minute = 0

# One line for each request, without what was typed: "text", "json", "none".
# access_log = "text"

# Labels of pages whose reader's language we do not speak: "en", "de", "es", "fr", "pt".
# page_language = "en"

# Address that is told what changed, and the secret that signs it (16 characters or more).
# webhook_url = ""
# webhook_secret = ""

# Searching by meaning: "auto", "none", "multilingual", or a folder.
# encoder = "auto"
"""


def init(
    file: Annotated[Path, typer.Argument(help="Settings file to write.")] = Path("divedeeper.toml"),
    archive: Annotated[
        str, typer.Option(prompt="Folder of the archive", help="Folder of the archive.")
    ] = "/var/lib/divedeeper",
    host: Annotated[
        str,
        typer.Option(prompt="Address to listen on (127.0.0.1 behind a proxy)", help="Address."),
    ] = "127.0.0.1",
    site: Annotated[
        str,
        typer.Option(
            prompt="Origin of your site, such as https://www.desk.example (empty: none)",
            help="Origin whose pages may read the API.",
        ),
    ] = "",
) -> None:
    """Ask three questions and write a settings file; one that is there is not touched."""
    text = _TEMPLATE.format(
        archive=_quoted(archive), host=_quoted(host), port=8000, origins=_quoted(site)
    )
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError as error:
        raise Failure(f"{file} is there already, and left as it is.") from error
    before = os.environ.get(SETTINGS_VARIABLE)
    os.environ[SETTINGS_VARIABLE] = str(file)
    try:
        Settings.read()
    except SettingsError as error:
        file.unlink()
        raise Failure(f"{error}. Nothing was written.") from error
    finally:
        if before is None:
            del os.environ[SETTINGS_VARIABLE]
        else:
            os.environ[SETTINGS_VARIABLE] = before
    show(f"{file} is written. Use it: export {SETTINGS_VARIABLE}={file.absolute()}")
    if not is_local_host(host):
        say("The server will be reached from other machines: put a proxy with TLS before it.")


def _quoted(text: str) -> str:
    """Return ``text`` as a string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c for c in escaped if c.isprintable())}"'
