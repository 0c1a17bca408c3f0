"""`divedeeper keys`: who may read, preview, write and edit through the API."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.cli.options import ArchiveOption, JsonOption
from api.cli.output import Failure, out, say, show, show_json, visible
from api.security import SCOPES, KeyRing, new_key
from api.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Keys of the API, kept as hashes in the archive.")


@app.command("add")
def add_key(
    name: Annotated[str, typer.Argument(help="Of whoever gets it, such as cms or desk-app.")],
    scope: Annotated[
        list[str], typer.Option("--scope", help=f"What it allows: {', '.join(SCOPES)}; repeatable.")
    ],
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key and print it: it is shown this once."""
    ring = _key_ring(archive)
    try:
        secret, key = new_key(name, scope)
        ring.add(key)
    except ValueError as error:
        raise Failure(f"{error}.") from error
    if as_json:
        show_json({"name": key.name, "scopes": sorted(key.scopes), "key": secret})
    else:
        say(f"The key {name!r} allows {', '.join(sorted(key.scopes))}. It is shown this once:")
        show(secret)


@app.command("list")
def list_keys(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """Show the names of the keys and what they allow."""
    keys = _key_ring(archive).keys()
    if as_json:
        show_json(
            [{"name": k.name, "scopes": sorted(k.scopes), "created": k.created} for k in keys]
        )
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for title in ("name", "allows", "made"):
        table.add_column(title)
    for key in keys:
        table.add_row(visible(key.name), ", ".join(sorted(key.scopes)), key.created)
    out.print(table) if keys else say("There are no keys.")


@app.command("remove")
def remove_key(
    name: Annotated[str, typer.Argument(help="Name of the key.")],
    archive: ArchiveOption = None,
) -> None:
    """Remove a key: it opens nothing from the next request on."""
    if not _key_ring(archive).remove(name):
        raise Failure(f"there is no key {name!r}. `divedeeper keys list` shows them.")
    show(f"The key {name!r} opens nothing any more.")


def _key_ring(archive: object) -> KeyRing:
    folder = Settings.read(archive=archive).archive
    if not folder.is_dir():
        raise Failure(f"{folder}: there is no archive here. Ingest some articles first.")
    return KeyRing(folder)
