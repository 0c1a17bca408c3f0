"""ClaimReview and RSS of articles."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from corpus.export.structured_data import claim_review, data_feed_item, rss_item
from corpus.models import Article

CHECK = Article(
    "rain",
    "Is rain <wet> & cold?",
    checked_on=date(2025, 3, 4),
    claim="Rain is dry",
    claimant="A cloud",
    verdict="False",
    publisher="Weather Desk",
    url="https://example.org/rain",
)


def test_a_review_has_what_schema_org_requires() -> None:
    review = claim_review(CHECK)
    assert review is not None
    assert review["claimReviewed"] == "Rain is dry"
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "False"}
    assert review["datePublished"] == "2025-03-04"
    assert (data_feed_item(CHECK) or {})["item"] == [review]


def test_without_claim_there_is_no_review() -> None:
    assert claim_review(Article("a", "Rain")) is None
    assert data_feed_item(Article("a", "Rain")) is None


def test_an_item_is_xml_whatever_the_headline_holds() -> None:
    item = ElementTree.fromstring(rss_item(CHECK))
    assert item.findtext("title") == CHECK.headline
    assert item.findtext("pubDate") == "Tue, 04 Mar 2025 00:00:00 +0000"
    assert ElementTree.fromstring(rss_item(Article("a", "x\x00y"))).findtext("title") == "x\ufffdy"
