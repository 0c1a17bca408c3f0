"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ArchiveOption = Annotated[
    Path | None,
    typer.Option("--archive", help="Folder of the archive; else DIVEDEEPER_ARCHIVE."),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder", help="auto, none, or the folder of a model; else DIVEDEEPER_ENCODER."
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON value for machines on stdout.")
]
AllowPrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Ask hosts in private networks, too.")
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Show what each score is made of; the parts add up.")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=100, help="At most so many.")]
RunOption = Annotated[
    Path | None, typer.Option("--run", help="Write the rankings as a TREC run file.")
]
