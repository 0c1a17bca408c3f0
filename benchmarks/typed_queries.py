"""Help with spelling on queries as people type them: 150 that are right, and typos of each kind.

The queries (``queries/typed.txt``) are of the sample archive. A right query is served well where
nothing is offered in its place. A typo is served well where what is meant is offered, in any form
of its words, or where nothing is offered and the first hit is the one of what is meant. Every
second query is of the half to look at (``train``), the others are of ``dev``.

Run: python -m benchmarks.typed_queries
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from api.backend.open import open_backend
from api.backend.protocol import Backend
from api.pipeline.build import build_generation
from api.pipeline.ingest import SAMPLE, load_articles
from api.settings import Settings
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.analysis.tokenizer import stem, words
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.types import SearchRequest

QUERIES = Path(__file__).with_name("queries") / "typed.txt"


class TypedQuery(NamedTuple):
    """One query: its kind, what is typed, and what is meant ("": it is right as it is)."""

    kind: str
    typed: str
    meant: str


def read_typed_queries(lines: Iterable[str]) -> Iterator[TypedQuery]:
    """Yield the queries of a file: kinds in brackets, then ``typed → meant`` or ``typed``."""
    kind = ""
    for line in lines:
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            typed, _, meant = (part.strip() for part in line.partition("→"))
            yield TypedQuery(kind, typed, meant)


def is_served_well(query: TypedQuery, backend: Backend) -> bool:
    """Return whether the archive's answer to a query helps, as the head of this file says."""
    found = backend.search(SearchRequest(query.typed, limit=1, highlight=False))
    if not query.meant:
        return not found.did_you_mean
    if found.did_you_mean:
        return _terms(found.did_you_mean) == _terms(query.meant)
    meant = backend.search(SearchRequest(query.meant, limit=1, highlight=False))
    return bool(found.hits) and [h.id for h in found.hits] == [h.id for h in meant.hits]


def _terms(text: str) -> list[str]:
    """Return what is searched for: lemming and lemmings are one."""
    return [stem(word) for word in words(text)]


def measured_rows(queries: list[TypedQuery], backend: Backend) -> list[Row]:
    """Return a row for each kind and one for all right queries and all typos, by halves."""
    served = [is_served_well(query, backend) for query in queries]
    kinds = list(dict.fromkeys(query.kind for query in queries))
    groups = {kind: [q.kind == kind for q in queries] for kind in kinds} | {
        "all right queries": [not q.meant for q in queries],
        "all typos": [bool(q.meant) for q in queries],
    }
    rows: list[Row] = []
    for name, members in groups.items():
        row: dict[str, object] = {"queries": name, "number": sum(members)}
        for half, first in (("train", 0), ("dev", 1)):
            of_half = [ok for ok, m in zip(served, members, strict=True) if m][first::2]
            row[f"served well, {half}"] = round(sum(of_half) / max(len(of_half), 1), 4)
        rows.append(row)
    return rows


def main() -> None:
    """Build an archive of the sample, search it, publish the rows and show what was not served."""
    queries = list(read_typed_queries(QUERIES.read_text(encoding="utf-8").splitlines()))
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        with Store.open(archive.store_path) as store:
            load_articles(store, SAMPLE, lambda *step: None, print)
        build_generation(archive, "none", lambda *step: None, lambda line: None, 0)
        settings = Settings.read(archive=archive.folder, encoder="none")
        backend = open_backend(archive, settings, lambda *step: None, lambda line: None)
        for query in queries[::2]:
            if not is_served_well(query, backend):
                print(f"{query.typed} → {query.meant}", file=sys.stderr)
        rows = measured_rows(queries, backend)
    for row in rows:
        print(row, file=sys.stderr)
    publish("typed-queries", rows, "python -m benchmarks.typed_queries", key=("queries",), note="")


if __name__ == "__main__":
    main()
