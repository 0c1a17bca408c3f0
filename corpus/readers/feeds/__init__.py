"""Which articles does this feed, WordPress export or sitemap hold?"""

from corpus.readers.feeds.feed import read_feed
from corpus.readers.feeds.sitemap import SitemapEntry, sitemap_entries
from corpus.readers.feeds.wordpress_export import read_wordpress_export

__all__ = ["SitemapEntry", "read_feed", "read_wordpress_export", "sitemap_entries"]
