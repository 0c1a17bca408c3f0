"""`divedeeper connect`: keep an archive in step with a feed, a sitemap or a WordPress site."""

from __future__ import annotations

import re
from dataclasses import asdict
from time import sleep
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from api.cli.ingestion.ingest import SkippedRecords
from api.cli.options import AllowPrivateOption, ArchiveOption, JsonOption
from api.cli.output import Failure, progress, say, show, show_json
from api.pipeline.ingest import IngestReport
from api.pipeline.reading import read_choices
from api.pipeline.syncing import sync
from api.settings import Settings
from corpus.analysis import web_address
from corpus.fetch import Fetcher, Subscription, Subscriptions
from corpus.fetch.subscriptions import KINDS
from corpus.readers import DayOrders, ReadOptions
from corpus.storage.archive import Archive
from corpus.storage.store import Store

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
MIN_SECONDS = 10  # between two rounds: a site is no database
_REMOVE = "--remove"


def _interval(text: str) -> float:
    """Return the seconds of a time such as 30s, 10m, 2h or 1d."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", text.strip())
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if seconds < MIN_SECONDS:
        raise typer.BadParameter(f"{text!r} is no time of {MIN_SECONDS}s or more, such as 10m")
    return seconds


def connect(
    kind: Annotated[
        str | None,
        typer.Argument(help=f"{', '.join(KINDS)}; left out: all that were connected before."),
    ] = None,
    url: Annotated[
        str | None, typer.Argument(help="Of the feed, the sitemap, or the site itself.")
    ] = None,
    archive: ArchiveOption = None,
    every: Annotated[
        float | None,
        typer.Option(help="Ask again after 10m, 2h, 1d, until stopped.", parser=_interval),
    ] = None,
    mirror: Annotated[
        bool, typer.Option("--mirror", help="Unpublish what the site has no more.")
    ] = False,
    remove: Annotated[
        bool, typer.Option(_REMOVE, help="Forget the address; its articles stay.")
    ] = False,
    allow_private: AllowPrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take over what changed at an address since the last time; exit code 1 where some failed."""
    settings = Settings.read(archive=archive)
    place = Archive(settings.archive)
    choices = read_choices(place.folder)
    options = ReadOptions(
        zone=ZoneInfo(settings.time_zone), mapping=choices.mapping, types=choices.types
    )
    with Subscriptions.open(place.folder) as subscriptions:
        wanted = _wanted(kind, url, subscriptions)
        if remove:
            for one in wanted:
                subscriptions.remove(one.url)
                show(f"{one.url} is forgotten; its articles stay")
            return
        while True:
            skipped = SkippedRecords()
            loaded: list[IngestReport] = []
            with (
                Store.open(place.store_path) as store,
                Fetcher(allow_private=allow_private) as fetcher,
            ):
                for one in wanted:
                    try:
                        with progress(as_json) as step:
                            report = sync(
                                store,
                                subscriptions,
                                subscriptions.get(one.url, one.kind),
                                fetcher,
                                step,
                                skipped.add,
                                options,
                                mirror=mirror,
                                orders=DayOrders(choices.day_order),
                            )
                    except ValueError as error:
                        raise Failure(str(error)) from error
                    loaded.append(report)
                    if not as_json:
                        show(str(report))
            if as_json:
                rows = [asdict(report) | {"examples": []} for report in loaded]
                bad = [asdict(record) for record in skipped.records]
                show_json({"archive": str(place.folder), "addresses": rows, "bad_records": bad})
            if every is None:
                break
            say(f"Next in {every:.0f} s; Ctrl-C ends it.")
            sleep(every)
    if any(one.bad for one in loaded):
        raise typer.Exit(1)


def _wanted(kind: str | None, url: str | None, subscriptions: Subscriptions) -> list[Subscription]:
    """Return the subscription that the arguments name; all that are kept where they name none."""
    if kind is None:
        if not (kept := subscriptions.all()):
            raise Failure(
                "nothing is connected yet. Name it: divedeeper connect rss https://…/feed.xml"
            )
        return kept
    known = next((one for one in KINDS if one == kind), None)
    if known is None:
        raise typer.BadParameter(f"{kind!r} is none of {', '.join(KINDS)}", param_hint="KIND")
    if not (address := web_address(url or "")):
        raise typer.BadParameter(f"{url or ''!r} is no web address", param_hint="URL")
    return [subscriptions.get(address, known)]
