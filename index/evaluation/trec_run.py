"""Run files in TREC's form, ``query Q0 document rank score tag``, read alike everywhere."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

LEAST = 1e-6  # the smallest difference that six decimals show


def part_ties(path: Path) -> None:
    """Rewrite a run so that the scores of each query fall strictly with its ranks.

    Programs that read a run sort it by score and break ties in their own way; equal scores would
    give another ranking than ours. A score that is not below the one before becomes so by 1e-6.
    """
    # Split from the right: an id may hold spaces, whatever the form says.
    rows = [line.rsplit(" ", 3) for line in path.read_text(encoding="utf-8").splitlines()]
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        for _, ranking in groupby(rows, key=lambda row: row[0].partition(" Q0 ")[0]):
            last = float("inf")
            for names, rank, score, tag in ranking:
                last = min(round(float(score), 6), round(last - LEAST, 6))
                file.write(f"{names} {rank} {last:.6f} {tag}\n")
    os.replace(temporary, path)
