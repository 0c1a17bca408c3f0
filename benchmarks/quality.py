"""Quality of search and of follow-up questions on judged sets, as `divedeeper evaluate` serves it.

    python -m benchmarks.quality EVAL --encoder none
    python -m benchmarks.quality EVAL --encoder auto

Every set is measured by the command that users have, in a process of its own, one after the
other. The figures go to benchmarks/results/search-<commit>.json and followup-<commit>.json; sets
that are not in the folder are named and left out. Then make the tables: python -m benchmarks.tables
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result_files import FOLDER, Row, write_result
from benchmarks.search_sets import search_sets

FOLLOWUP = ("followupqg_gpt/dev", "averitec/train", "cast2122/2021", "clariq/dev")


def measure_search(root: Path, encoder: str, only: str = "") -> Iterator[Row]:
    """Yield one row of figures per search set that is in ``root``.

    Parameters
    ----------
    root : Path
        The folder that has ``search/``.
    encoder : str
        ``auto``, ``none`` or the folder of a model.
    only : str
        Measure only sets whose label begins so.
    """
    for one in search_sets(root):
        if not one.label.startswith(only):
            continue
        folder = one.queries_in(root)
        options = ["--split", one.split, "--encoder", encoder]
        if one.corpus:
            options += ["--corpus", str(one.corpus_in(root))]
        if one.context_field:
            options += ["--context-field", one.context_field]
        figures = _evaluate("search", folder, options)
        yield {"set": one.label, "encoder": encoder} | _flat(figures)


def measure_followup(root: Path, encoder: str, only: str = "") -> Iterator[Row]:
    """Yield one row of figures per set of follow-up questions that is in ``root``.

    Parameters
    ----------
    root : Path
        The folder that has ``followup/``.
    encoder, only
        As of `measure_search`.
    """
    for name in FOLLOWUP:
        folder, label = root / "followup" / name, name.replace("/", " ")
        if not label.startswith(only):
            continue
        if not folder.is_dir():
            _say(f"{label}: not in {root}, left out")
            continue
        figures = _evaluate("questions", folder, ["--encoder", encoder])
        yield {"set": label, "encoder": encoder} | _flat(figures)


def _evaluate(what: str, folder: Path, options: list[str]) -> dict[str, object]:
    """Run ``divedeeper evaluate`` and return what it measured."""
    program = "from api.cli.main import main; main()"
    command = [sys.executable, "-c", program, "evaluate", what, str(folder), *options, "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


def _flat(figures: dict[str, object]) -> dict[str, object]:
    """Return the figures with the percentiles of time as columns of their own."""
    flat: dict[str, object] = {}
    for name, value in figures.items():
        kind, ms, _ = name.partition("ms p50/p95/p99")
        if ms and isinstance(value, list):
            flat |= {f"{kind}ms {p}": x for p, x in zip(("p50", "p95", "p99"), value, strict=True)}
        elif name not in ("splits", "encoder"):
            flat[name] = value
    return flat


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Measure all sets with one encoder and write the result files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("eval", type=Path, help="folder with search/ and followup/")
    parser.add_argument("--encoder", default="auto", help="auto, none or a folder (default: auto)")
    parser.add_argument("--only", default="", metavar="SET", help="only sets that begin so")
    parser.add_argument("--results", type=Path, default=FOLDER, help="where result files go")
    options = parser.parse_args(arguments)
    command = f"python -m benchmarks.quality EVAL --encoder {options.encoder}"
    asked = (options.eval, options.encoder, options.only)
    written = set()
    for kind, rows in (("search", measure_search(*asked)), ("followup", measure_followup(*asked))):
        for row in rows:  # written at once: a run of an hour may be stopped
            _say(str(row))
            key = ("set", "encoder")
            written.add(write_result(kind, [row], command, key=key, folder=options.results))
    print(*sorted(written), sep="\n")
    if not written:
        _say(f"{options.eval} holds none of the sets.")
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
