"""`divedeeper search`, `questions` and `related`: what the archive answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer
from rapidfuzz import fuzz, process, utils

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

if TYPE_CHECKING:
    from api.backend.archive_backend import ArchiveBackend

_NEAR = 60.0  # of 100; below, ids look alike to nobody
IdArgument = Annotated[str, typer.Argument(metavar="ARTICLE", help="The id of an article.")]


def search(
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Words, a question or a whole post.")
    ],
    limit: LimitOption = 10,
    offset: Annotated[int, typer.Option(min=0, max=10_000, help="Leave out so many.")] = 0,
    sort: Annotated[
        Literal["relevance", "date"], typer.Option(help="The order of the hits.")
    ] = "relevance",
    context: Annotated[str, typer.Option(help="What came before in a conversation.")] = "",
    explain: ExplainOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search the archive."""
    from api.backend.protocol import NotReady

    backend = _open(Settings.read(archive=archive, encoder=encoder), as_json)
    request = SearchRequest(
        " ".join(text), limit=limit, offset=offset, sort=sort, context=context, explain=explain
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


def questions(
    article: IdArgument,
    limit: LimitOption = 5,
    explain: ExplainOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the follow-up questions of an article, best first."""
    settings = Settings.read(archive=archive, encoder=encoder)
    backend = _open(settings, as_json)
    try:
        found = backend.questions(article, limit, explain)
    except KeyError:
        _unknown(article, Archive(settings.archive))
    rows: list[dict[str, object]] = []
    for rank, q in enumerate(found, 1):
        row: dict[str, object] = {"id": q.id, "text": q.text, "origin": q.origin}
        row |= {"score": q.score, "answer": q.answer.article_id if q.answer else None}
        rows.append(row | _why(explain, q.reasons, q.contributions))
        if not as_json:
            show(f"{rank:>2}  {q.text}", style="bold")
            answer = f"answered by {q.answer.article_id}" if q.answer else "no answer known"
            show(f"    {q.origin}, {answer}, score {q.score:.4f}", style="dim")
            _show_why(explain, q.reasons, q.contributions)
    _finish(rows, as_json, f"No follow-up question for {article} is good enough to show.")


def related(
    article: IdArgument,
    limit: LimitOption = 5,
    explain: ExplainOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the articles related to an article, best first."""
    settings = Settings.read(archive=archive, encoder=encoder)
    backend = _open(settings, as_json)
    try:
        found = backend.related(article, limit, explain)
    except KeyError:
        _unknown(article, Archive(settings.archive))
    articles = backend.articles([r.article_id for r in found])
    rows: list[dict[str, object]] = []
    for rank, r in enumerate(found, 1):
        headline = articles[r.article_id].headline
        row: dict[str, object] = {"id": r.article_id, "headline": headline, "score": r.score}
        row["relation"] = r.relation
        rows.append(row | _why(explain, r.reasons, r.contributions))
        if not as_json:
            show(f"{rank:>2}  {headline}", style="bold")
            show(f"    {r.article_id}, {r.relation}, score {r.score:.4f}", style="dim")
            _show_why(explain, r.reasons, r.contributions)
    _finish(rows, as_json, f"Nothing in the archive is related to {article}.")


def near_ids(wanted: str, ids: Iterable[str], most: int = 3) -> list[str]:
    """Return at most ``most`` ids that look like ``wanted``, the likest first, ties by id."""
    found = process.extract(
        wanted,
        sorted(ids),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=_NEAR,
    )
    return [id for id, _, _ in found]


def _open(settings: Settings, as_json: bool) -> ArchiveBackend:
    from api.backend.open import open_backend

    with progress(as_json) as step:
        return open_backend(Archive(settings.archive), settings, step, warn)


def _unknown(wanted: str, archive: Archive) -> NoReturn:
    with Store.open(archive.store_path, read_only=True) as store:
        if wanted in store:
            known = store.article(wanted)
            raise Failure(
                f"the article {wanted!r} is not in the index yet. Run `divedeeper build`."
                if known.published
                else f"the article {wanted!r} is not published."
            )
        near = near_ids(wanted, store.ids())
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise Failure(f"no article {wanted!r}. {hint}Find ids with `divedeeper search`.")


def _why(
    explain: bool, reasons: Sequence[str], contributions: Mapping[str, float]
) -> dict[str, object]:
    if not explain:
        return {}
    return {"reasons": list(reasons), "contributions": dict(contributions)}


def _show_why(explain: bool, reasons: Sequence[str], contributions: Mapping[str, float]) -> None:
    if explain:
        for reason in reasons:
            show(f"    {reason}")
        if contributions:
            show_contributions(contributions, {})


def _finish(rows: list[dict[str, object]], as_json: bool, nothing: str) -> None:
    if as_json:
        show_json(rows)
    elif not rows:
        say(nothing)
