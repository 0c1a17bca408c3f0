"""What changed at an address that an archive follows, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.fetch.blocks import Block, Following
from corpus.fetch.fetcher import Fetcher, FetchError
from corpus.fetch.named_pages import page_blocks
from corpus.fetch.subscriptions import Item, Subscription, Subscriptions
from corpus.fetch.wordpress import all_post_keys, posts_since
from corpus.readers import LocatedArticle, ReadOptions
from corpus.readers.bytes_of_file import ReadError


def synced_blocks(
    subscription: Subscription,
    subscriptions: Subscriptions,
    fetcher: Fetcher,
    options: ReadOptions,
    *,
    mirror: bool = False,
) -> Iterator[Block]:
    """Yield what changed at an address since it was asked last; nothing where nothing did.

    Parameters
    ----------
    subscription
        What is followed, and up to where it was read.
    subscriptions
        Where the state is kept.
    fetcher
        Asks.
    options
        How to read.
    mirror
        Whether the last block names what is gone from the site. A feed never says that: it names
        the newest only.
    """
    following = Following(subscription, subscriptions)
    try:
        if subscription.kind == "wordpress":
            yield from _post_blocks(following, fetcher, options, mirror)
        else:
            yield from page_blocks(following, fetcher, options, mirror)
    except FetchError as error:
        yield following.block(following.subscription, [error.record])
    except ReadError as error:
        record = replace(error.record, file=subscription.url)
        yield following.block(following.subscription, [record])


def _post_blocks(
    following: Following, fetcher: Fetcher, options: ReadOptions, mirror: bool
) -> Iterator[Block]:
    for posts in posts_since(following.subscription, fetcher, options):
        items = [
            Item(f"system:{record.article.system_id}", stamp="")
            for record in posts.records
            if isinstance(record, LocatedArticle)
        ]
        after = replace(following.subscription, cursor=posts.cursor)
        yield following.block(after, posts.records, items)
    if mirror:
        there = all_post_keys(following.subscription, fetcher, options)
        gone = following.missing(there) if there else []
        if gone:
            yield following.block(following.subscription, [], gone=gone)
