"""A block changes nothing until it is confirmed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.fetch import Subscription, Subscriptions
from corpus.fetch.blocks import Following
from corpus.fetch.subscriptions import Item


def test_a_block_is_kept_when_it_is_confirmed(tmp_path: Path) -> None:
    feed = Subscription("https://desk.example/feed.xml", "rss")
    with Subscriptions.open(tmp_path) as kept:
        kept.save(feed, [Item("old", "1")])
        following = Following(feed, kept)
        block = following.block(replace(feed, cursor="2"), [], [Item("new", "1")], ["old"])
        assert kept.all() == [feed]
        assert following.missing(["new"]) == ["old"]
        assert block.gone == ("old",)
        block.confirm()
        assert kept.all() == [following.subscription] == [replace(feed, cursor="2")]
        assert following.item("new") == Item("new", "1")
        assert following.missing(["new"]) == []
