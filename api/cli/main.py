"""Command line: its commands, and its exit codes.

0 done; 1 failed, or records had to be skipped; 2 wrong arguments or settings; 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Annotated

import typer

from api.cli import archive as cli_archive
from api.cli import evaluate as cli_evaluate
from api.cli import export as cli_export
from api.cli import init as cli_init
from api.cli import keys as cli_keys
from api.cli import maintenance as cli_maintenance
from api.cli import mcp as cli_mcp
from api.cli import query as cli_query
from api.cli import report as cli_report
from api.cli import serve as cli_serve
from api.cli import train as cli_train
from api.cli.ingestion import connect as cli_connect
from api.cli.ingestion import ingest as cli_ingest
from api.cli.output import Failure, complain, show
from api.settings import SettingsError
from corpus.errors import ArchiveError

app = typer.Typer(
    no_args_is_help=True,
    help="Make a fact-check archive answer: follow-up questions, related articles, search.",
    pretty_exceptions_enable=False,
)
app.command()(cli_init.init)
app.command()(cli_ingest.ingest)
app.command()(cli_connect.connect)
app.command()(cli_archive.build)
app.command()(cli_archive.rollback)
app.command()(cli_archive.remove)
app.command()(cli_archive.put)
app.command()(cli_archive.unpublish)
app.command()(cli_export.export)
app.command("search")(cli_query.query_search)
app.command("questions")(cli_query.query_questions)
app.command("related")(cli_query.query_related)
app.command()(cli_maintenance.generations)
app.command()(cli_maintenance.backup)
app.command()(cli_maintenance.restore)
app.command()(cli_maintenance.verify)
app.command()(cli_maintenance.doctor)
app.command()(cli_report.report)
app.command()(cli_serve.serve)
app.command()(cli_mcp.mcp)
app.add_typer(cli_keys.app, name="keys")
app.add_typer(cli_evaluate.app, name="evaluate")
app.add_typer(cli_train.app, name="train")


def _show_version(wanted: bool) -> None:
    if wanted:
        show(f"divedeeper {metadata.version('divedeeper')}")
        raise typer.Exit


@app.callback()
def _main_options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what cannot be done is one clear line on stderr."""
    try:
        app(arguments)
    except (ArchiveError, Failure) as error:
        complain(str(error))
        raise SystemExit(1) from None
    except SettingsError as error:
        complain(str(error))
        raise SystemExit(2) from None
    except OSError as error:
        if error.filename is None:  # not of a file that somebody named: a fault of ours
            raise
        complain(f"{error.filename}: {error.strerror}. Check the path, its rights and the disk.")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        _flush_before_exit()


def _flush_before_exit() -> None:
    """Write out what is left; a reader that went away, as ``head`` does, is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end: give it something to write to.
        sys.stdout = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115
