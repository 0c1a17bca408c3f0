"""Which articles are at this web address, and what changed there since it was asked last?"""

from corpus.fetch.blocks import Block
from corpus.fetch.fetcher import Fetcher
from corpus.fetch.reading import address_records, is_sitemap, sitemap_records
from corpus.fetch.subscriptions import Subscription, Subscriptions
from corpus.fetch.syncing import synced_blocks

__all__ = [
    "Block",
    "Fetcher",
    "Subscription",
    "Subscriptions",
    "address_records",
    "is_sitemap",
    "sitemap_records",
    "synced_blocks",
]
