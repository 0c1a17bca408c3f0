"""Output of the command line: results on stdout, messages and progress on stderr."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from corpus.progress import Step

# Text as it is: ":100:" in a file's name or a headline is no picture.
out, err = Console(emoji=False), Console(stderr=True, emoji=False)


class Failure(Exception):
    """The command ends here with exit code 1; the message says why, and what to do."""


def visible(text: str) -> str:
    """Return ``text`` with its control characters made visible: a headline commands no terminal.

    Line breaks and tabs stay.
    """
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) != "Cc" else f"\\x{ord(c):02x}" for c in text
    )


def say(line: str) -> None:
    """Say what is being done."""
    err.print(visible(line), markup=False, highlight=False, soft_wrap=True)


def warn(line: str) -> None:
    """Say what is wrong, though the work goes on."""
    err.print(visible(line), style="yellow", markup=False, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say why the command ends."""
    err.print(
        f"error: {visible(message)}", style="red", markup=False, highlight=False, soft_wrap=True
    )


def show(line: str = "", style: str = "") -> None:
    """Print a line of the result."""
    out.print(visible(line), style=style, markup=False, highlight=False, soft_wrap=True)


def show_json(value: object) -> None:
    """Print a result for machines: one JSON value on one line, nothing else on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def show_contributions(contributions: Mapping[str, float], features: Mapping[str, float]) -> None:
    """Print the contributions to a score, the largest first; the last row is the sum."""
    table = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim")
    table.add_column("   feature", no_wrap=True)
    table.add_column("value", justify="right")
    table.add_column("contribution", justify="right")
    for name, part in sorted(contributions.items(), key=lambda item: (-abs(item[1]), item[0])):
        if part:  # zeros explain nothing
            value = f"{features[name]:.4f}" if name in features else ""
            table.add_row(f"   {name}", value, f"{part:+.4f}")
    table.add_row("   sum = score", "", f"{sum(contributions.values()):+.4f}", style="bold")
    out.print(table)


@contextmanager
def progress(as_json: bool = False) -> Iterator[Step]:
    """Give a ``Step`` that draws a bar on stderr, for people only: on a terminal, without JSON."""
    quiet = as_json or not err.is_terminal
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=quiet,
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                for finished in tasks.values():
                    bars.remove_task(finished)
                tasks.clear()
                tasks[what] = bars.add_task(what, total=None)
            bars.update(tasks[what], completed=done, total=max(done, total) if total else None)

        yield step
