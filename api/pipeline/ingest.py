"""Ingest: the records of a path into the store, the bad ones counted and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from corpus.languages import article_language
from corpus.models import Article, BadRecord
from corpus.progress import Step
from corpus.readers import read
from corpus.storage.store import Store

SAMPLE = Path(str(files("corpus") / "sample"))
RECORDS_PER_STEP = 100  # of the progress bar
BLOCK_BYTES = 1 << 20  # that are read at a time to count lines


@dataclass(frozen=True, slots=True)
class IngestReport:
    """How many articles of one path were added, changed or not, and how many records are bad."""

    path: str
    added: int
    changed: int
    unchanged: int
    bad: int

    def __str__(self) -> str:
        return (
            f"{self.path}: {self.added} added, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.bad} bad record{'s' * (self.bad != 1)} skipped"
        )


def load_articles(
    store: Store, path: Path, step: Step, on_bad: Callable[[BadRecord], None]
) -> IngestReport:
    """Put all articles of ``path`` into the store; return the counts when all is on disk.

    Parameters
    ----------
    store
        Open for writing.
    path
        A file or folder of any format that ``corpus.readers.read`` knows.
    step
        Told of the progress.
    on_bad
        Called with each record that cannot be read.

    Raises
    ------
    ValueError
        An article cannot be written; whole batches before it stay (``Store.put``).
    """
    bad = 0
    total = expected_records(path)

    def articles_to_load() -> Iterator[Article]:
        nonlocal bad
        for n, record in enumerate(read(path), 1):
            if isinstance(record, BadRecord):
                bad += 1
                on_bad(record)
            else:
                yield with_language(record)
            if n % RECORDS_PER_STEP == 0:
                step(f"Reading {path.name}", n, total)

    report = store.put(articles_to_load())
    return IngestReport(str(path), report.added, report.changed, report.unchanged, bad)


def with_language(article: Article) -> Article:
    """Return an article with its language: the one of its field, else that of its text."""
    language = article_language(article)
    return article if language == article.language else replace(article, language=language)


def expected_records(path: Path) -> int:
    """Return about how many records a path holds, for the progress bar; 0 where it is not known."""
    corpus = path / "corpus.jsonl"
    file = corpus if corpus.is_file() else path
    if file.is_dir():
        return sum(1 for page in file.rglob("*") if page.suffix in (".txt", ".md"))
    if file.suffix != ".jsonl":
        return 0
    try:
        with file.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK_BYTES), b""))
    except OSError:
        return 0  # the reader says so, with a remedy
