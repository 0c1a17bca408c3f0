"""What changed at an address is read once; what was not confirmed is read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.fetch import Block, Fetcher, Subscriptions, synced_blocks
from corpus.fetch.subscriptions import Kind
from corpus.models import BadRecord
from corpus.readers import LocatedArticle, ReadOptions
from tests.corpus.fetch.site import Site, article_page, rss

Syncs = Callable[..., list[Block]]


@pytest.fixture
def syncs(fetcher: Fetcher, tmp_path: Path) -> Syncs:
    def sync(url: str, kind: Kind, *, mirror: bool = False, confirm: bool = True) -> list[Block]:
        with Subscriptions.open(tmp_path) as kept:
            blocks = []
            for block in synced_blocks(
                kept.get(url, kind), kept, fetcher, ReadOptions(), mirror=mirror
            ):
                blocks.append(block)
                if confirm:
                    block.confirm()
            return blocks

    return sync


def headlines(blocks: list[Block]) -> list[str]:
    found = [record for block in blocks for record in block.records]
    return [r.article.headline for r in found if isinstance(r, LocatedArticle)]


def test_what_was_not_confirmed_is_read_again(site: Site, syncs: Syncs) -> None:
    page = site.put("/trams", article_page("Do trams fly?"))
    url = site.put("/feed.xml", rss((page, "Trams?", "No.")), "text/xml", etag='"1"')
    for confirm in (False, True):
        assert headlines(syncs(url, "rss", confirm=confirm)) == ["Do trams fly?"]
    assert syncs(url, "rss") == []  # the feed says that it is the same
    assert site.times("/trams") == 2


@pytest.mark.parametrize("kind", ["rss", "sitemap", "wordpress"])
def test_an_address_that_fails_is_one_bad_record(site: Site, syncs: Syncs, kind: Kind) -> None:
    (block,) = syncs(f"{site.url}/none", kind)
    (record,) = block.records
    assert isinstance(record, BadRecord)
    assert record.file.startswith(site.url)
    assert block.gone == ()


def test_a_broken_feed_is_a_bad_record_of_its_address(site: Site, syncs: Syncs) -> None:
    url = site.put("/feed.xml", b"", "text/xml")
    found = [record for block in syncs(url, "rss") for record in block.records]
    assert [r.file for r in found if isinstance(r, BadRecord)] == [url]
