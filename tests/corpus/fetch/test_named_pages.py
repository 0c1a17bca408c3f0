"""Of the pages that a feed or sitemap names, those are asked that are new or changed."""

from __future__ import annotations

from pathlib import Path

from corpus.fetch import Block, Fetcher, Subscription, Subscriptions
from corpus.fetch.blocks import Following
from corpus.fetch.fetcher import FetchError
from corpus.fetch.named_pages import PAGES_PER_BLOCK, page_blocks
from corpus.models import BadRecord
from corpus.readers import LeftOut, LocatedArticle, ReadOptions
from tests.corpus.fetch.site import Answer, Site, article_page, rss, sitemap


def blocks(
    subscription: Subscription, folder: Path, fetcher: Fetcher, *, mirror: bool = False
) -> list[Block]:
    with Subscriptions.open(folder) as kept:
        following = Following(kept.get(subscription.url, subscription.kind), kept)
        found = []
        for block in page_blocks(following, fetcher, ReadOptions(), mirror):
            found.append(block)
            block.confirm()
        return found


def urls(found: list[Block]) -> list[str]:
    records = [record for block in found for record in block.records]
    return [r.article.url for r in records if isinstance(r, LocatedArticle)]


def test_a_changed_day_in_a_sitemap_is_a_changed_page(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    pages = [site.put(f"/{n}", article_page(f"Do {n} fly?")) for n in ("trams", "cows")]
    listed = [(pages[0], "2026-01-01"), (pages[1], "2026-01-01")]
    followed = Subscription(site.put("/sitemap.xml", sitemap(*listed), "text/xml"), "sitemap")
    assert urls(blocks(followed, tmp_path, fetcher)) == pages
    assert urls(blocks(followed, tmp_path, fetcher)) == []
    site.put("/sitemap.xml", sitemap(listed[0], (pages[1], "2026-02-01")), "text/xml")
    assert urls(blocks(followed, tmp_path, fetcher)) == pages[1:]
    assert (site.times("/trams"), site.times("/cows")) == (1, 2)


def test_a_page_of_no_known_day_is_asked_whether_it_changed(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    page = site.put("/trams", article_page("Do trams fly?"), etag='"1"')
    followed = Subscription(site.put("/sitemap.xml", sitemap((page, "")), "text/xml"), "sitemap")
    assert urls(blocks(followed, tmp_path, fetcher)) == [page]
    assert urls(blocks(followed, tmp_path, fetcher)) == []
    assert site.headers[-1]["if-none-match"] == '"1"'
    site.put("/trams", article_page("Do trams fly yet?"), etag='"2"')
    assert urls(blocks(followed, tmp_path, fetcher)) == [page]


def test_the_text_of_a_feed_stands_in_where_its_page_holds_no_article(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    full = site.put("/trams", article_page("Do trams fly?"))
    bare = site.put("/cows", "<html><title>x</title></html>")
    lost = f"{site.url}/gone"
    feed = rss((full, "T", "No."), (bare, "Do cows fly?", "No."), (lost, "Do cats fly?", "No."))
    followed = Subscription(site.put("/feed.xml", feed, "text/xml"), "rss")
    (block,) = blocks(followed, tmp_path, fetcher)
    found = [r.article.headline for r in block.records if isinstance(r, LocatedArticle)]
    assert found == ["Do trams fly?", "Do cows fly?", "Do cats fly?"]
    assert len(block.records) == 3


def test_a_page_that_is_gone_is_named_where_the_site_is_mirrored(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    pages = [site.put(f"/{n}", article_page(f"Do {n} fly?")) for n in ("trams", "cows", "cats")]
    days = [(page, "2026-01-01") for page in pages]
    followed = Subscription(site.put("/sitemap.xml", sitemap(*days), "text/xml"), "sitemap")
    blocks(followed, tmp_path, fetcher)
    site.pages["/cows"] = Answer(status=410)
    site.put("/sitemap.xml", sitemap(days[0], (pages[1], "2026-02-01")), "text/xml")
    (plain,) = blocks(followed, tmp_path, fetcher)
    assert plain.gone == ()
    assert [type(record) for record in plain.records] == [LeftOut]
    (mirrored,) = blocks(followed, tmp_path, fetcher, mirror=True)
    key = site.url.removeprefix("http://")
    assert mirrored.gone == (f"address:{key}/cats",)


def test_a_listing_with_problems_says_of_nothing_that_it_is_gone(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    page = site.put("/trams", article_page("Do trams fly?"))
    entry = f"<sitemap><loc>{site.url}/inner.xml</loc></sitemap>"
    url = site.put("/index.xml", f"<sitemapindex>{entry}</sitemapindex>", "text/xml")
    site.put("/inner.xml", sitemap((page, "2026-01-01")), "text/xml")
    followed = Subscription(url, "sitemap")
    assert urls(blocks(followed, tmp_path, fetcher)) == [page]
    site.pages["/inner.xml"] = Answer(status=404)
    (block,) = blocks(followed, tmp_path, fetcher, mirror=True)
    assert block.gone == ()
    assert [type(record) for record in block.records] == [BadRecord]


def test_many_pages_come_in_blocks_and_an_end_in_between_loses_no_block(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    n = PAGES_PER_BLOCK + 3
    pages = [site.put(f"/{i}", article_page(f"Do trams fly {i}?")) for i in range(n)]
    listed = sitemap(*((page, "2026-01-01") for page in pages))
    followed = Subscription(site.put("/sitemap.xml", listed, "text/xml"), "sitemap")
    with Subscriptions.open(tmp_path) as kept:
        steps = page_blocks(Following(followed, kept), fetcher, ReadOptions(), False)
        first = next(steps)
        first.confirm()
        del steps  # the process ends here
    assert urls([first]) == pages[:PAGES_PER_BLOCK]
    assert urls(blocks(followed, tmp_path, fetcher)) == pages[PAGES_PER_BLOCK:]


def test_a_page_that_fails_is_asked_again_the_next_time(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    site.pages["/trams"] = Answer(status=500)
    page = f"{site.url}/trams"
    url = site.put("/feed.xml", rss((page, "T", "No.")), "text/xml", etag='"1"')
    followed = Subscription(url, "rss")
    (block,) = blocks(followed, tmp_path, fetcher)
    assert [type(record) for record in block.records] == [BadRecord]
    site.put("/trams", article_page("Do trams fly?"))
    assert urls(blocks(followed, tmp_path, fetcher)) == [page]


def test_a_feed_that_cannot_be_had_is_an_error(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    try:
        blocks(Subscription(f"{site.url}/none", "rss"), tmp_path, fetcher)
    except FetchError as error:
        assert error.is_gone
    else:
        raise AssertionError("no error")
