"""Result files: one JSON file per kind of measurement and commit, under benchmarks/results."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks" / "results"
COMMIT_LENGTH = 12  # hexadecimal digits, enough for any repository of our size

CHANGED = "-changed"  # after the commit, where the working tree differs from it
PERCENTILES = (50, 95, 99)

Row = Mapping[str, object]


def write_result(
    kind: str,
    rows: Sequence[Row],
    command: str,
    *,
    key: Sequence[str] = (),
    note: str = "",
    folder: Path = FOLDER,
) -> Path:
    """Write the rows of a measurement to ``<kind>-<commit>.json`` and return its path.

    Parameters
    ----------
    kind : str
        What was measured: ``search``, ``followup``, ``engines``, …
    rows : sequence of mapping
        One mapping of column to value per row.
    command : str
        The command that measures the same again.
    key : sequence of str
        Columns that identify a row. Rows of the same file with another key stay, so that two runs
        of one commit, say with and without the encoder, share a file. Without a key the rows
        replace those of the file.
    note : str
        What a reader of the table has to know.
    folder : Path
        Where the file is written.
    """
    commit = current_commit()
    path = folder / f"{kind}-{commit}.json"
    rows = list(rows)
    if key and path.exists():
        new = {tuple(row.get(name) for name in key) for row in rows}
        before: list[Row] = json.loads(path.read_text(encoding="utf-8"))["rows"]
        rows = [r for r in before if tuple(r.get(name) for name in key) not in new] + rows
    record = {
        "kind": kind,
        "commit": commit,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "hardware": hardware(),
        "command": command,
        "note": note,
        "rows": rows,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(record), encoding="utf-8")
    return path


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return the columns ``ms p50``, ``ms p95`` and ``ms p99``."""
    values = np.percentile(milliseconds, PERCENTILES)
    return {f"ms p{p}": round(float(v), 2) for p, v in zip(PERCENTILES, values, strict=True)}


def dump(record: Mapping[str, object]) -> str:
    """Return a result as JSON with one line per row, so that differences can be read."""
    head = {name: value for name, value in record.items() if name != "rows"}
    rows = record["rows"]
    assert isinstance(rows, list)
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    start = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{start},\n  "rows": [\n{lines}\n  ]\n}}\n'


def current_commit() -> str:
    """Return the commit that is checked out, with ``-changed`` where files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip()

    commit = git("rev-parse", f"--short={COMMIT_LENGTH}", "HEAD")
    code = ("corpus", "index", "recommender", "api", "benchmarks/*.py")
    return commit + (CHANGED if git("status", "--porcelain", "--", *code) else "")


def hardware() -> str:
    """Return the number of cores, the processor and the memory of this machine."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [x for x in info.read_text().splitlines() if x.startswith("model name")]
        name = models[0].partition(":")[2].strip() if models else name
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {name}, {memory:.0f} GiB"
