"""Tables of the documentation, made from the result files: python -m benchmarks.tables.

A table stands between ``<!-- table: NAME -->`` and ``<!-- /table -->`` in a Markdown file and is
replaced by what benchmarks/results says now; below it the commits, the day and the machine.
``--check`` writes nothing and fails where a table is not what the results say.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.result_files import CHANGED, FOLDER, ROOT, Row, write_result

PAGES = (
    ROOT / "README.md",
    ROOT / "benchmarks" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
TABLE = re.compile(r"(<!-- table: ([a-z-]+) -->\n).*?(<!-- /table -->)", re.DOTALL)
PLAIN = ("seconds", "places", "mean grade", "peak", "on disk", "weight", "threshold", "texts")
"""Beginnings of columns whose numbers are no shares of 1 and are shown as they are."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result file."""

    kind: str
    commit: str
    date: str
    hardware: str
    command: str
    note: str
    rows: list[Row]


def read_results(folder: Path = FOLDER) -> list[Result]:
    """Return the results of commits, the oldest first; those of a changed tree are left out."""
    results = [
        Result(**json.loads(path.read_text(encoding="utf-8")))
        for path in folder.glob("*.json")
        if not path.stem.endswith(CHANGED)
    ]
    return sorted(results, key=lambda one: (one.date, one.commit))


def markdown(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table, columns in the order of their first appearance."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, ["---"] * len(columns)]
    lines += [[_cell(name, row.get(name)) for name in columns] for row in rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def publish(
    kind: str, rows: Sequence[Row], command: str, key: Sequence[str] = (), note: str = ""
) -> None:
    """Write a result file and print its rows as a table.

    Parameters
    ----------
    kind, rows, command, key, note
        As of `benchmarks.result_files.write_result`.
    """
    path = write_result(kind, rows, command, key=key, note=note)
    print(markdown(rows), path, sep="\n")


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        if column.startswith("ms"):
            return _milliseconds(value)
        if column.startswith(PLAIN):
            return f"{value:g}"
        return f"{value:.3f}".removeprefix("0") if value >= 0 else f"-{-value:.3f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _milliseconds(value: float) -> str:
    """Return a time with two decimals below 10, one below 100, none from there on."""
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f}"


class Tables:
    """All tables by name, from one set of results."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._by_kind: dict[str, list[Result]] = {}
        for result in results:
            self._by_kind.setdefault(result.kind, []).append(result)
        self._special: dict[str, Callable[[], str]] = {
            "summary": self._summary,
            "search": self._search,
            "followup": self._followup,
        }

    def table(self, name: str) -> str:
        """Return a table with the line that says where its figures come from."""
        if name in self._special:
            return self._special[name]()
        newest = self._by_kind[name][-1]
        return markdown(newest.rows) + _origin([newest])

    def _newest(self, kind: str) -> tuple[dict[tuple[str, str], Row], list[Result]]:
        """Return the newest row of each set and encoder, and the results that they come from."""
        rows: dict[tuple[str, str], Row] = {}
        source: dict[tuple[str, str], Result] = {}
        for result in self._by_kind[kind]:
            for row in result.rows:
                key = str(row["set"]), str(row.get("encoder", ""))
                rows[key], source[key] = row, result
        used = set(map(id, source.values()))
        return rows, [one for one in self._by_kind[kind] if id(one) in used]

    def _search(self) -> str:
        found, results = self._newest("search")
        base, _ = self._newest("search-baseline")
        table: list[Row] = []
        for name in dict.fromkeys(name for name, _ in found):
            words, dense = found.get((name, "none"), {}), found.get((name, "auto"), {})
            table.append(
                {
                    "set": name,
                    "BM25: MAP@5": base.get((name, ""), {}).get("MAP@5"),
                    "words: MAP@5": words.get("MAP@5"),
                    "nDCG@10": words.get("nDCG@10"),
                    "recall@100": words.get("recall@100"),
                    "ms p50 / p95 / p99": _times(words),
                    "encoder: MAP@5": dense.get("MAP@5"),
                    "encoder: nDCG@10": dense.get("nDCG@10"),
                    "encoder: ms p50 / p95 / p99": _times(dense),
                }
            )
        return markdown(table) + _origin(results)

    def _followup(self) -> str:
        found, results = self._newest("followup")
        base, _ = self._newest("followup-baseline")
        measures = ("nDCG@10", "MRR", "recall@5", "recall@10", "nDCG@10 hard")
        apart = "nDCG@10 without own conversation"
        table: list[Row] = []
        for name in dict.fromkeys(name for name, _ in found):
            words, dense = found.get((name, "none"), {}), found.get((name, "auto"), {})
            row: dict[str, object] = {"set": name}
            row["TF-IDF: nDCG@10"] = base.get((name, ""), {}).get("nDCG@10")
            row |= {m: _pair(m, words, dense) for m in (*measures, apart)}
            table.append(row)
        return markdown(table) + _origin(results)

    def _summary(self) -> str:
        search, results = self._newest("search")
        followup, others = self._newest("followup")
        base, _ = self._newest("search-baseline")
        plain, _ = self._newest("followup-baseline")
        table: list[Row] = []
        for task, measure, name in SUMMARY:
            found, baseline = (search, base) if measure == "MAP@5" else (followup, plain)
            table.append(
                {
                    "task": f"{task}, {measure}",
                    "plain BM25 or TF-IDF": baseline.get((name, ""), {}).get(measure),
                    "divedeeper, words alone": found.get((name, "none"), {}).get(measure),
                    "with the sentence encoder": found.get((name, "auto"), {}).get(measure),
                }
            )
        commits = dict.fromkeys(one.commit for one in (*results, *others))
        return f"{markdown(table)}\nMeasured at {', '.join(commits)}.\n"


SUMMARY = (
    ("tweet → its check among 48,436 full articles", "MAP@5", "factchecktweet dev"),
    ("claim → its check, the same articles", "MAP@5", "factcheck_questions claim"),
    (
        "a fact checker's question with what came before it",
        "MAP@5",
        "factcheck_questions question with context",
    ),
    ("tweet → claim among 14,231 (CheckThat! 2022 2a)", "MAP@5", "checkthat2022_2a dev"),
    ("debate line → PolitiFact article (2b)", "MAP@5", "checkthat2022_2b dev"),
    ("explainer → the questions that readers asked", "nDCG@10", "followupqg_gpt dev"),
    ("short query → the questions that clarify it", "nDCG@10", "clariq dev"),
)
"""Rows of the summary: task, measure, set."""


def _times(row: Row) -> str:
    names = [f"ms {p}" for p in ("p50", "p95", "p99")]
    return " / ".join(_cell(name, row[name]) for name in names if name in row)


def _pair(measure: str, words: Row, dense: Row) -> str:
    cells = [_cell(measure, row.get(measure)) for row in (words, dense)]
    return r" \| ".join(cells) if any(cells) else ""


def _origin(results: Sequence[Result]) -> str:
    """Return the line below a table: commits, days, machine, command."""
    lines = dict.fromkeys(
        f"Commit {one.commit}, {one.date[:10]}, {one.hardware}"
        + (f": `{one.command}`." if one.command else ".")
        + (f" {one.note}" if one.note else "")
        for one in results
    )
    return "\n" + "\n".join(f"{_wrapped(line)}\n" for line in lines)


def _wrapped(text: str, width: int = 100) -> str:
    """Return text with lines of at most ``width`` characters, broken at spaces."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return "\n".join(lines)


def with_tables(page: str, tables: Tables) -> str:
    """Return a page with each of its tables made anew."""
    return TABLE.sub(lambda m: m[1] + tables.table(m[2]) + m[3], page)


def main(arguments: list[str] | None = None) -> int:
    """Write the tables into the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    options = parser.parse_args(arguments)
    tables = Tables(read_results())
    changed = []
    for path in PAGES:
        before = path.read_text(encoding="utf-8")
        after = with_tables(before, tables)
        if before != after:
            changed.append(path)
            if not options.check:
                path.write_text(after, encoding="utf-8")
    said = "is not what the results say" if options.check else "written"
    for path in changed:
        print(f"{path.relative_to(ROOT)}: {said}")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
