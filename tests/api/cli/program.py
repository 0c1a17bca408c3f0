"""Running the program in a test: its output, its exit code, and files to feed it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from api.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-c", "from api.cli.main import main; main()"]


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one value that the command printed."""
        assert self.out.count("\n") == 1, self.out  # one value on one line, nothing else
        return json.loads(self.out)


Run = Callable[..., Ran]


def exit_code(arguments: Sequence[str]) -> int:
    """Run the program in this process and return its exit code."""
    try:
        main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def write_lines(path: Path, *ids: str) -> Path:
    """Write one small article for each id."""
    rows = (json.dumps({"id": id, "headline": f"Is {id} really so?"}) + "\n" for id in ids)
    path.write_text("".join(rows), encoding="utf-8")
    return path
