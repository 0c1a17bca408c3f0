"""`divedeeper report`: numbers and lists about the suggestions of a whole archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.backend.protocol import SuggestionRequest
from api.cli.options import ArchiveOption, EncoderOption, JsonOption
from api.cli.output import Failure, out, progress, say, show_json, warn
from api.settings import Settings
from corpus.models import Article
from corpus.progress import Step
from corpus.storage.archive import Archive
from recommender.types import PAGE_SIZE, Suggestions

if TYPE_CHECKING:
    from recommender.questions.bank import QuestionBank
    from recommender.report.quality import NextReads
    from recommender.report.report import Report


def report(
    archive: ArchiveOption = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one page with plots as well.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=100, help="So many best and worst lists to read.")
    ] = 10,
    least: Annotated[
        int, typer.Option(min=1, max=PAGE_SIZE, help="Good questions that an article should have.")
    ] = PAGE_SIZE,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Report on all suggestions: coverage, repetitions, answers, the best and worst lists."""
    from recommender.report.report import summarise_report

    if html is not None and not html.parent.is_dir():
        raise Failure(f"the folder of the page, {html.parent}, does not exist. Make it first.")
    settings = Settings.read(archive=archive, encoder=encoder)
    with progress(as_json) as step:
        pages = pages_to_report(Archive(settings.archive), settings, step)
        found = summarise_report(pages.rows, pages.next_reads, pages.bank, least, limit)
    if not found.articles:
        raise Failure(
            f"{settings.archive} has no published article to report on. "
            "Load fact checks with `divedeeper ingest PATH`, then `divedeeper build`."
        )
    if html is not None:
        _write_report_file(html, found, _reported_index(Archive(settings.archive)))
    if as_json:
        show_json(asdict(found))
    else:
        from api.report.text import print_report

        print_report(found, out)
        if html is not None:
            say(f"The page is {html}")


@dataclass(frozen=True, slots=True)
class Pages:
    """What the pages of an archive show, its questions, and what judges the pages."""

    rows: Iterator[tuple[Article, Suggestions]]
    next_reads: NextReads
    bank: QuestionBank


def pages_to_report(archive: Archive, settings: Settings, step: Step) -> Pages:
    """Return every published article with what its page shows.

    The lists come from the backend that serves readers: what is reported on is what is shown.

    Parameters
    ----------
    archive
        The archive.
    settings
        Its encoder.
    step
        Told of the progress.
    """
    from api.backend.open import backend_of_open_index, open_retrieval
    from corpus.storage.store import Store
    from recommender.questions.bank import QuestionBank
    from recommender.related.finder import RelatedFinder

    retrieval, ranker = open_retrieval(archive, settings, step, warn)
    backend = backend_of_open_index(archive, settings, retrieval, ranker)
    store = Store.open(archive.store_path, read_only=True)
    finder = RelatedFinder(retrieval.reader, store.article, store.superseded())

    def rows_to_report() -> Iterator[tuple[Article, Suggestions]]:
        total = backend.status().articles
        served = (a for a in store.articles() if a.published and backend.articles([a.id]))
        for n, article in enumerate(served, 1):
            yield article, backend.suggestions(article.id, SuggestionRequest())
            if n % 20 == 0:
                step("Reading suggestions", n, total)

    return Pages(
        rows_to_report(),
        lambda article, ids: finder.probabilities(article, ids, stored=True).tolist(),
        QuestionBank.open(retrieval.reader.folder),
    )


def _reported_index(archive: Archive) -> str:
    """Return which index was reported on."""
    from api.pipeline.record import read_record

    built = read_record(archive.current_generation())
    if built is None:
        return ""
    how = f"with the encoder {built.encoder}" if built.encoder else "by words alone"
    return f"index built on {built.built_at:%d %B %Y, %H:%M} UTC {how}"


def _write_report_file(html: Path, found: Report, note: str) -> None:
    from api.report.html import report_page

    try:
        html.write_text(report_page(found, "Suggestions of the archive", note), encoding="utf-8")
    except OSError as error:
        raise Failure(f"cannot write {html}: {error.strerror}. Name another file.") from error
