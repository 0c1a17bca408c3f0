"""Proofs that are too long for CI, each with a result file: python -m benchmarks.proofs [NAME …].

``fuzz``: every property test with new random examples, 2,000 each (CI: 100, always the same).
``kills``: the tests that kill a writer or a build at every step, again and again.
Each has a short form in the tests of every run. Without a name all of them run.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.result_files import ROOT, Row, write_result

MIN_KILLS = 1_000  # one in a thousand is what an operator would meet in a year of hourly builds
SUMMARY = re.compile(r"(\d+) (passed|failed|error|skipped)")


def run_tests(*options: str) -> dict[str, object]:
    """Run pytest and return its counts, its seconds and its exit code."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    counts = {word: int(n) for n, word in SUMMARY.findall(done.stdout.splitlines()[-1])}
    if done.returncode:
        print(done.stdout)
    seconds = round(time.perf_counter() - start, 1)
    return counts | {"seconds": seconds, "exit code": done.returncode}


def fuzz() -> list[Row]:
    """Run the property tests at length: the profile ``long`` of tests/conftest.py."""
    return [
        {"proof": "property tests"} | run_tests("--hypothesis-profile=long", "-m", "hypothesis")
    ]


def kills() -> list[Row]:
    """Kill writers and builds until MIN_KILLS of them were survived, or one was not."""
    rows: list[Row] = []
    passed = 0
    while passed < MIN_KILLS:
        row = {"round": len(rows) + 1} | run_tests("tests/corpus/storage", "-k", "killed")
        rows.append(row)
        if row["exit code"]:
            break
        passed += int(str(row["passed"]))
    return rows


PROOFS: dict[str, Callable[[], list[Row]]] = {"fuzz": fuzz, "kills": kills}


def main(arguments: list[str] | None = None) -> int:
    """Run proofs, write their result files; 1 where one failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", choices=[[], *PROOFS], help="which; all without a name")
    failed = False
    for name in parser.parse_args(arguments).names or PROOFS:
        rows = PROOFS[name]()
        path = write_result(f"proof-{name}", rows, f"python -m benchmarks.proofs {name}")
        failed |= any(row["exit code"] for row in rows)
        print(path)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
