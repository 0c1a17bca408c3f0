"""Sync: what changed at an address that an archive follows, into its store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from api.pipeline.ingest import IngestReport, load_articles, unpublish
from corpus.fetch import Block, Fetcher, Subscription, Subscriptions, synced_blocks
from corpus.models import BadRecord
from corpus.progress import Step
from corpus.readers import DayOrders, ReadOptions
from corpus.storage.store import Store


def sync(
    store: Store,
    subscriptions: Subscriptions,
    subscription: Subscription,
    fetcher: Fetcher,
    step: Step,
    on_bad: Callable[[BadRecord], None],
    options: ReadOptions,
    *,
    mirror: bool = False,
    orders: DayOrders | None = None,
) -> IngestReport:
    """Take over what changed since the last time; what is on disk is not asked for again.

    Parameters
    ----------
    store
        Open for writing.
    subscriptions, subscription
        Where the state is kept, and that of the address.
    fetcher
        Asks.
    step, on_bad, options, orders
        As of ``load_articles``.
    mirror
        Whether articles whose page the site has no more are unpublished. Else they stay; a page
        that is asked for and gone is counted as left out.

    Raises
    ------
    ValueError
        An article cannot be written; what was confirmed before stays.
    """
    orders = orders or DayOrders()
    total = IngestReport(subscription.url, 0, 0, 0, 0)
    blocks = synced_blocks(subscription, subscriptions, fetcher, options, mirror=mirror)
    for block in blocks:
        report = load_articles(
            store, subscription.url, step, on_bad, options, records=block.records, orders=orders
        )
        total += replace(report, mirrored=_unpublished(store, block))
        block.confirm()
    return total


def _unpublished(store: Store, block: Block) -> tuple[str, ...]:
    """Unpublish what is gone; return the ids of what was published until now."""
    ids = [id for key in block.gone if (id := store.id_of_key(key)) is not None]
    published = [a.id for a in store.articles_by_id(ids).values() if a.published]
    unpublish(store, published)
    return tuple(published)
