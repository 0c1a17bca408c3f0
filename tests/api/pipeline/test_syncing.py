"""A sync takes over what changed, and unpublishes what is gone only where that is wished."""

from __future__ import annotations

from pathlib import Path

from api.pipeline.ingest import IngestReport
from api.pipeline.syncing import sync
from corpus.fetch import Fetcher, Subscriptions
from corpus.models import BadRecord
from corpus.readers import ReadOptions
from corpus.storage.store import Store
from tests.corpus.fetch.site import Site, article_page, running_site, sitemap


def synced(site: Site, folder: Path, *, mirror: bool = False) -> IngestReport:
    bad: list[BadRecord] = []
    with (
        Store.open(folder / "store.sqlite") as store,
        Subscriptions.open(folder) as kept,
        Fetcher(allow_private=True, pause=0) as fetcher,
    ):
        report = sync(
            store,
            kept,
            kept.get(f"{site.url}/sitemap.xml", "sitemap"),
            fetcher,
            lambda *_: None,
            bad.append,
            ReadOptions(),
            mirror=mirror,
        )
    assert report.bad == len(bad)
    return report


def test_changes_are_taken_over_once_and_what_is_gone_is_unpublished_on_demand(
    tmp_path: Path,
) -> None:
    with running_site() as site:
        trams, cows = (site.put(f"/{n}", article_page(f"Do {n} fly?")) for n in ("trams", "cows"))
        site.put("/sitemap.xml", sitemap((trams, "1"), (cows, "1")), "text/xml")
        assert synced(site, tmp_path).added == 2
        assert synced(site, tmp_path) == IngestReport(f"{site.url}/sitemap.xml", 0, 0, 0, 0)
        site.put("/trams", article_page("Do trams fly by now?"))
        site.put("/sitemap.xml", sitemap((trams, "2")), "text/xml")
        assert synced(site, tmp_path).changed == 1
        site.put("/sitemap.xml", sitemap((trams, "2"), (f"{site.url}/none", "1")), "text/xml")
        assert synced(site, tmp_path, mirror=True).mirrored == ()  # not every page was read
        site.put("/sitemap.xml", sitemap((trams, "2")), "text/xml")
        assert synced(site, tmp_path, mirror=True).mirrored == ("cows",)
        assert synced(site, tmp_path, mirror=True).mirrored == ()
    with Store.open(tmp_path / "store.sqlite", read_only=True) as store:
        assert {a.id: (a.headline, a.published) for a in store.articles()} == {
            "trams": ("Do trams fly by now?", True),
            "cows": ("Do cows fly?", False),
        }
