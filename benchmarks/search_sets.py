"""The judged sets of search that figures are reported on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SearchSet:
    """Queries of one split. ``corpus`` is the folder that has the documents, "" for the same."""

    label: str
    folder: str
    split: str
    corpus: str = ""
    context_field: str = ""

    def queries_in(self, root: Path) -> Path:
        """Return the folder of queries and qrels below the folder of all sets."""
        return root / "search" / self.folder

    def corpus_in(self, root: Path) -> Path:
        """Return the folder of the documents."""
        return root / "search" / (self.corpus or self.folder)


SEARCH = (
    SearchSet("factchecktweet dev", "factchecktweet", "dev"),
    SearchSet("factcheck_questions claim", "factcheck_questions", "claim", "factchecktweet"),
    SearchSet("factcheck_questions question", "factcheck_questions", "question", "factchecktweet"),
    SearchSet(
        "factcheck_questions question with context",
        "factcheck_questions",
        "question",
        "factchecktweet",
        "claim",
    ),
    SearchSet("checkthat2022_2a dev", "checkthat2022_2a", "dev"),
    SearchSet("checkthat2022_2b dev", "checkthat2022_2b", "dev"),
    SearchSet("scifact train", "scifact", "train"),
)


def search_sets(root: Path) -> Iterator[SearchSet]:
    """Yield the sets that are below ``root``; name the others on stderr."""
    for one in SEARCH:
        qrels = one.queries_in(root) / "qrels" / f"{one.split}.tsv"
        if qrels.is_file() and one.corpus_in(root).is_dir():
            yield one
        else:
            print(f"{one.label}: not in {root}, left out", file=sys.stderr)
