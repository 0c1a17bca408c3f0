"""What was taken over is kept in one step, and can be forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from corpus.fetch import Subscription, Subscriptions
from corpus.fetch.subscriptions import NAME, Item

FEED = Subscription("https://desk.example/feed.xml", "rss", etag='"1"')
ITEM = Item("address:desk.example/trams", "2026-01-01", etag='"2"')


def test_a_subscription_and_its_items_come_back(tmp_path: Path) -> None:
    with Subscriptions.open(tmp_path) as kept:
        assert kept.get(FEED.url, "rss") == Subscription(FEED.url, "rss")
        kept.save(FEED, [ITEM])
    with Subscriptions.open(tmp_path) as kept:
        assert kept.all() == [kept.get(FEED.url, "rss")] == [FEED]
        assert kept.item(FEED, ITEM.key) == ITEM
        assert kept.item(FEED, "address:desk.example/cows") is None
        kept.save(replace(FEED, cursor="x"), [replace(ITEM, stamp="new")])
        assert kept.get(FEED.url, "rss").cursor == "x"
        assert list(kept.keys(FEED)) == [ITEM.key]


def test_items_that_are_gone_and_subscriptions_that_are_removed_are_forgotten(
    tmp_path: Path,
) -> None:
    with Subscriptions.open(tmp_path) as kept:
        kept.save(FEED, [ITEM, Item("address:desk.example/cows", "")])
        kept.save(FEED, gone=[ITEM.key])
        assert list(kept.keys(FEED)) == ["address:desk.example/cows"]
        assert kept.remove(FEED.url)
        assert not kept.remove(FEED.url)
        assert not [*kept.all(), *kept.keys(FEED)]


def test_an_address_of_another_kind_begins_anew(tmp_path: Path) -> None:
    with Subscriptions.open(tmp_path) as kept:
        kept.save(FEED)
        assert kept.get(FEED.url, "sitemap") == Subscription(FEED.url, "sitemap")


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database" * 1_000)
    with pytest.raises(ArchiveError, match="Delete it"):
        Subscriptions.open(tmp_path)
