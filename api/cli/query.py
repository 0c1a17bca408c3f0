"""`divedeeper search`, `questions` and `related`: queries to the archive in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rapidfuzz import fuzz, process, utils

from api.backend.protocol import SuggestionRequest
from api.cli.options import (
    ArchiveOption,
    EncoderOption,
    ExplainOption,
    JsonOption,
    LimitOption,
)
from api.cli.output import Failure, progress, say, show, show_contributions, show_json, warn
from api.settings import Settings
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.types import SearchRequest
from recommender.types import PAGE_SIZE

if TYPE_CHECKING:
    from api.backend.archive_backend import ArchiveBackend

MIN_ID_SIMILARITY = 60.0  # rapidfuzz WRatio of 100; below, two ids do not look similar
MAX_NEAR_IDS = 3  # that an error message offers
IdArgument = Annotated[str, typer.Argument(metavar="ARTICLE", help="The id of an article.")]


def query_search(
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Words, a question or a whole post.")
    ],
    limit: LimitOption = 10,
    offset: Annotated[int, typer.Option(min=0, max=10_000, help="Hits to pass over.")] = 0,
    sort: Annotated[
        Literal["relevance", "date"], typer.Option(help="The order of the hits.")
    ] = "relevance",
    context: Annotated[str, typer.Option(help="What came before in a conversation.")] = "",
    explain: ExplainOption = False,
    weak: Annotated[
        bool, typer.Option("--weak", help="Also what shares hardly anything with the search.")
    ] = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search the archive."""
    from api.backend.protocol import NotReady

    backend = _open_queried_backend(Settings.read(archive=archive, encoder=encoder), as_json)
    request = SearchRequest(
        " ".join(text),
        limit=limit,
        offset=offset,
        sort=sort,
        context=context,
        explain=explain,
        weak=weak,
    )
    try:
        result = backend.search(request)
    except NotReady as error:
        raise Failure(str(error)) from error
    articles = backend.articles([hit.id for hit in result.hits])
    rows: list[dict[str, object]] = []
    for rank, hit in enumerate(result.hits, 1 + offset):
        headline = articles[hit.id].headline
        row: dict[str, object] = {"id": hit.id, "headline": headline, "score": hit.score}
        if hit.explanation is not None:
            row["features"] = dict(hit.explanation.features)
            row["contributions"] = dict(hit.explanation.contributions)
        rows.append(row)
        if as_json:
            continue
        show(f"{rank:>2}  {headline}", style="bold")
        show(f"    {hit.id}  score {hit.score:.4f}", style="dim")
        if hit.snippet is not None:
            show(f"    {' '.join(hit.snippet.text.split())}")
        if hit.explanation is not None:
            show_contributions(hit.explanation.contributions, hit.explanation.features)
    for note in result.notes:
        say(note)
    if as_json:
        show_json(rows)
        return
    if result.did_you_mean:
        say(f"Did you mean: {result.did_you_mean}")
    say(f"{len(rows)} of {result.total} found in {result.latency_ms:.1f} ms")
    if result.weak:
        say(f"{result.weak} more share a word or two with the search: --weak shows them")


def query_questions(
    article: IdArgument,
    limit: LimitOption = PAGE_SIZE,
    explain: ExplainOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the follow-up questions of an article, best first."""
    settings = Settings.read(archive=archive, encoder=encoder)
    backend = _open_queried_backend(settings, as_json)
    with _queried_article(article, settings):
        page = backend.suggestions(article, SuggestionRequest(questions=limit, explain=explain))
    listed = []
    for q in (*page.questions, *page.also_checked):
        answer = f"answered by {q.answer.article_id}" if q.answer else "no answer known"
        fields = {
            "id": q.id,
            "text": q.text,
            "origin": q.origin,
            "score": q.score,
            "answer": q.answer.article_id if q.answer else None,
        }
        detail = f"{q.origin}, {answer}, score {q.score:.4f}"
        listed.append(_Listed(fields, q.text, detail, (*q.reasons, *q.remarks), q.contributions))
    nothing = f"No follow-up question for {article} is good enough to show."
    _show_queried_list(listed, explain, as_json, nothing)


def query_related(
    article: IdArgument,
    limit: LimitOption = PAGE_SIZE,
    explain: ExplainOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the articles related to an article, best first."""
    settings = Settings.read(archive=archive, encoder=encoder)
    backend = _open_queried_backend(settings, as_json)
    with _queried_article(article, settings):
        found = backend.suggestions(
            article, SuggestionRequest(related=limit, related_alone=True, explain=explain)
        ).related
    articles = backend.articles([r.article_id for r in found])
    listed = []
    for r in found:
        headline = articles[r.article_id].headline
        fields = {
            "id": r.article_id,
            "headline": headline,
            "score": r.score,
            "relation": r.relation,
        }
        detail = f"{r.article_id}, {r.relation}, score {r.score:.4f}"
        listed.append(_Listed(fields, headline, detail, r.reasons, r.contributions))
    _show_queried_list(listed, explain, as_json, f"Nothing in the archive is related to {article}.")


@dataclass(frozen=True, slots=True)
class _Listed:
    """One entry of a list: ``fields`` for JSON, ``title`` and ``detail`` for people."""

    fields: Mapping[str, object]
    title: str
    detail: str
    reasons: Sequence[str]
    contributions: Mapping[str, float]


def _show_queried_list(
    listed: Sequence[_Listed], explain: bool, as_json: bool, nothing: str
) -> None:
    """Print a list of suggestions, or the line ``nothing`` where it is empty."""
    if as_json:
        show_json([_queried_json_row(one, explain) for one in listed])
        return
    for rank, one in enumerate(listed, 1):
        show(f"{rank:>2}  {one.title}", style="bold")
        show(f"    {one.detail}", style="dim")
        if explain:
            for reason in one.reasons:
                show(f"    {reason}")
            if one.contributions:
                show_contributions(one.contributions, {})
    if not listed:
        say(nothing)


def _queried_json_row(one: _Listed, explain: bool) -> dict[str, object]:
    why = {"reasons": list(one.reasons), "contributions": dict(one.contributions)}
    return {**one.fields, **(why if explain else {})}


def ids_near_queried(wanted: str, ids: Iterable[str], n: int = MAX_NEAR_IDS) -> list[str]:
    """Return ids that look like ``wanted``, the most similar first, ties by id.

    Parameters
    ----------
    wanted
        What was typed.
    ids
        Of all articles.
    n
        At most so many.
    """
    found = process.extract(
        wanted,
        sorted(ids),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=n,
        score_cutoff=MIN_ID_SIMILARITY,
    )
    return [id for id, _, _ in found]


def _open_queried_backend(settings: Settings, as_json: bool) -> ArchiveBackend:
    from api.backend.open import open_backend

    with progress(as_json) as step:
        return open_backend(Archive(settings.archive), settings, step, warn)


@contextmanager
def _queried_article(wanted: str, settings: Settings) -> Iterator[None]:
    """End the command with a helpful line where the backend does not know an article."""
    try:
        yield
    except KeyError:
        raise Failure(_why_unknown_to_query(wanted, Archive(settings.archive))) from None


def _why_unknown_to_query(wanted: str, archive: Archive) -> str:
    with Store.open(archive.store_path, read_only=True) as store:
        if wanted in store:
            if store.article(wanted).published:
                return f"the article {wanted!r} is not in the index yet. Run `divedeeper build`."
            return f"the article {wanted!r} is not published."
        near = ids_near_queried(wanted, store.ids())
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    return f"no article {wanted!r}. {hint}Find ids with `divedeeper search`."
