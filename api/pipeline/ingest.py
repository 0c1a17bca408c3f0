"""Ingest: the records of a path into the store, the bad ones counted and reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from corpus.languages import article_language
from corpus.models import Article, BadRecord
from corpus.progress import Step
from corpus.readers import DayOrders, LocatedArticle, ReadOptions
from corpus.readers.dispatch import found_records, settled_records
from corpus.readers.record import Record
from corpus.storage.store import Store

SAMPLE = Path(str(files("corpus") / "sample"))
RECORDS_PER_STEP = 100  # of the progress bar
BLOCK_BYTES = 1 << 20  # that are read at a time to count lines
_PAGES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})
MAX_EXAMPLES = 5  # of dates that could not be read, and of first records
MAX_NAMED = 12  # kinds and fields of one line of the summary


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the records of one path.

    ``added``, ``changed``, ``unchanged`` count articles; ``bad`` are records that could not be
    read. ``withheld`` counts articles that are not published by the reason, ``left_out`` what is no
    article by its kind, ``unused`` the fields that have no place by their names, ``unread_dates``
    the fields whose day could not be read, with ``date_examples`` of their texts. ``mirrored`` are
    ids of articles that are gone from the export and were unpublished. ``examples`` are the first
    articles.
    """

    path: str
    added: int
    changed: int
    unchanged: int
    bad: int
    withheld: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    unused: dict[str, int] = field(default_factory=dict)
    unread_dates: dict[str, int] = field(default_factory=dict)
    date_examples: tuple[str, ...] = ()
    day_order: str = ""
    mirrored: tuple[str, ...] = ()
    examples: tuple[Article, ...] = ()

    def __str__(self) -> str:
        return "\n  ".join((self._counts(), *self._details()))

    def __add__(self, other: IngestReport) -> IngestReport:
        """Return the report of two parts of one path; examples are the first."""
        return IngestReport(
            path=self.path,
            added=self.added + other.added,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            bad=self.bad + other.bad,
            withheld=_sum(self.withheld, other.withheld),
            left_out=_sum(self.left_out, other.left_out),
            unused=_sum(self.unused, other.unused),
            unread_dates=_sum(self.unread_dates, other.unread_dates),
            date_examples=(self.date_examples + other.date_examples)[:MAX_EXAMPLES],
            day_order=other.day_order,
            mirrored=self.mirrored + other.mirrored,
            examples=(self.examples + other.examples)[:MAX_EXAMPLES],
        )

    def _counts(self) -> str:
        return (
            f"{self.path}: {self.added} added, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.bad} bad record{'s' * (self.bad != 1)} skipped"
        )

    def _details(self) -> Iterator[str]:
        if self.withheld:
            yield f"{sum(self.withheld.values())} not published: {_listed(self.withheld)}"
        if self.left_out:
            yield f"{sum(self.left_out.values())} left out: {_listed(self.left_out)}"
        if self.unused:
            n = len(self.unused)
            names = ", ".join(list(self.unused)[:MAX_NAMED]) + (" …" if n > MAX_NAMED else "")
            verb = "field is" if n == 1 else "fields are"
            yield f"{n} {verb} not used: {names}"
        if self.unread_dates:
            n = sum(self.unread_dates.values())
            yield (
                f"{n} date{'s' * (n != 1)} could not be read: {_listed(self.unread_dates)}, "
                f"such as {', '.join(self.date_examples)}"
            )
        if self.day_order:
            yield f"Dates such as 03/04/2025 are read with the {self.day_order}"
        if self.mirrored:
            n = len(self.mirrored)
            names = ", ".join(self.mirrored[:MAX_NAMED]) + (" …" if n > MAX_NAMED else "")
            yield f"{n} gone from the export and unpublished: {names}"


class IngestError(Exception):
    """The records cannot be taken over as asked; the message says why, and what to do."""


def load_articles(
    store: Store,
    path: Path | str,
    step: Step,
    on_bad: Callable[[BadRecord], None],
    options: ReadOptions | None = None,
    *,
    records: Iterable[Record] | None = None,
    dry_run: bool = False,
    mirror: bool = False,
    orders: DayOrders | None = None,
) -> IngestReport:
    """Put all articles of ``path`` into the store; return the counts when all is on disk.

    Parameters
    ----------
    store
        Open for writing.
    path
        A file or folder of any format that ``corpus.readers.read`` knows, or the name of where
        ``records`` come from.
    step
        Told of the progress.
    on_bad
        Called with each record that cannot be read.
    options
        How to read; None for the usual way.
    records
        What was found already, as ``found_records`` yields it; None reads ``path``.
    dry_run
        Nothing is written: the counts say what would be.
    mirror
        ``path`` is a whole export: published articles of the same sources that are not in it are
        unpublished.
    orders
        What is known of the order of day and month.

    Raises
    ------
    ValueError
        An article cannot be written; whole batches before it stay (``Store.put``).
    IngestError
        ``mirror``, and the export has records that cannot be read, or no article: what is missing
        may be there. What could be read was added.
    """
    if records is None:
        path = Path(path)
        counts = _Counts(str(path), path.name, step, on_bad, expected_records(path))
        records = found_records(path, options or ReadOptions())
    else:
        counts = _Counts(str(path), str(path), step, on_bad, 0)
    orders = orders or DayOrders()
    seen = counts.articles(settled_records(records, store, orders))
    report = store.compare(seen) if dry_run else store.put(seen)
    gone: list[str] = []
    if mirror:
        if counts.bad or not counts.ids:
            what = f"{counts.bad} bad records" if counts.bad else "no articles"
            raise IngestError(
                f"{path}: nothing was unpublished, since the export has {what}. Mend it, or leave "
                "out --mirror"
            )
        gone = [a.id for a in store.articles() if counts.is_gone(a)]
        if not dry_run:
            unpublish(store, gone)
    return counts.report(report.added, report.changed, report.unchanged, orders, gone)


def unpublish(store: Store, ids: Iterable[str]) -> None:
    """Take articles back: they stay in the store, and nobody is shown them."""
    changed = store.articles_by_id(ids).values()
    store.put(replace(article, published=False, embargo=None) for article in changed)


class _Counts:
    """What is counted while the records of one path pass."""

    def __init__(
        self, path: str, name: str, step: Step, on_bad: Callable[[BadRecord], None], total: int
    ) -> None:
        self._path, self._name = path, name
        self._step, self._on_bad, self._total = step, on_bad, total
        self.bad = 0
        self.ids: set[str] = set()
        self._sources: set[str] = set()
        self._withheld: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._unused: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._date_examples: list[str] = []
        self._examples: list[Article] = []

    def articles(self, records: Iterator[Record]) -> Iterator[Article]:
        """Yield the articles among the records, each with its language."""
        for n, record in enumerate(records, 1):
            if isinstance(record, LocatedArticle):
                article = with_language(record.article)
                self._count(record, article)
                yield article
            elif isinstance(record, BadRecord):
                self.bad += 1
                self._on_bad(record)
            else:
                self._left_out[record.what] += 1
            if n % RECORDS_PER_STEP == 0:
                self._step(f"Reading {self._name}", n, self._total)

    def is_gone(self, article: Article) -> bool:
        """Return whether a published article of the same sources was not among the records."""
        return (
            article.published
            and article.id not in self.ids
            and source_of_article(article) in self._sources
        )

    def _count(self, record: LocatedArticle, article: Article) -> None:
        self.ids.add(article.id)
        self._sources.add(source_of_article(article))
        if record.withheld:
            self._withheld[record.withheld] += 1
        self._unused.update(record.unused)
        for name, text in record.unread_dates:
            self._unread[name] += 1
            if len(self._date_examples) < MAX_EXAMPLES:
                self._date_examples.append(f"{text!r} ({record.file}:{record.line})")
        if len(self._examples) < MAX_EXAMPLES:
            self._examples.append(article)

    def report(
        self, added: int, changed: int, unchanged: int, orders: DayOrders, gone: list[str]
    ) -> IngestReport:
        return IngestReport(
            path=self._path,
            added=added,
            changed=changed,
            unchanged=unchanged,
            bad=self.bad,
            withheld=dict(self._withheld),
            left_out=dict(self._left_out),
            unused=dict(self._unused),
            unread_dates=dict(self._unread),
            date_examples=tuple(self._date_examples),
            day_order=orders.order or "",
            mirrored=tuple(gone),
            examples=tuple(self._examples),
        )


def source_of_article(article: Article) -> str:
    """Return what names the source of an article: its system and site, else the host of its page.

    "" where it has neither, as articles of our own form may.
    """
    if article.system_id:
        return article.system_id.rpartition(":")[0]
    try:
        return urlsplit(article.url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _sum(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return dict(Counter(first) + Counter(second))


def _listed(counts: dict[str, int]) -> str:
    named = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{n} {name}" for name, n in named[:MAX_NAMED]]
    return ", ".join(parts) + (" …" if len(named) > MAX_NAMED else "")


def with_language(article: Article) -> Article:
    """Return an article with its language: the one of its field, else that of its text."""
    language = article_language(article)
    return article if language == article.language else replace(article, language=language)


def expected_records(path: Path) -> int:
    """Return about how many records a path holds, for the progress bar; 0 where it is not known."""
    corpus = path / "corpus.jsonl"
    file = corpus if corpus.is_file() else path
    if file.is_dir():
        return sum(1 for page in file.rglob("*") if page.suffix in _PAGES)
    if file.suffix != ".jsonl":
        return 0
    try:
        with file.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK_BYTES), b""))
    except OSError:
        return 0  # the reader says so, with a remedy
