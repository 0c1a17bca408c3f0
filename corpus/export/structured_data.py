"""Articles for the web: schema.org ClaimReview in JSON-LD, and items of RSS 2.0."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape

from corpus.models import Article

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Characters that XML 1.0 does not allow, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def claim_review(article: Article) -> dict[str, object] | None:
    """Return an article as a ClaimReview; None without claim, verdict or url, which it requires."""
    if not (article.claim and article.verdict and article.url):
        return None
    claim: dict[str, object] = {"@type": "Claim"}
    if article.claimant:
        claim["author"] = {"@type": "Person", "name": article.claimant}
    review: dict[str, object] = {
        "@type": "ClaimReview",
        "url": article.url,
        "headline": article.headline,
        "claimReviewed": article.claim,
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": article.verdict},
    }
    if _LANGUAGE.fullmatch(tag := article.language_tag or article.language):
        review["inLanguage"] = tag
    if article.summary:
        review["description"] = article.summary
    if article.publisher:
        review["author"] = {"@type": "Organization", "name": article.publisher}
    if article.checked_on:
        review["datePublished"] = article.checked_on.isoformat()
    return review


def data_feed_item(article: Article) -> dict[str, object] | None:
    """Return an article as an element of a DataFeed, on the terms of ``claim_review``."""
    review = claim_review(article)
    if review is None:
        return None
    return {"@type": "DataFeedItem", "url": article.url, "item": [review]}


def rss_item(article: Article) -> bytes:
    """Return an article as one item of RSS; its id is the guid, a day is its midnight in UTC."""
    parts = [_element("title", article.headline)]
    if article.url:
        parts.append(_element("link", article.url))
    if article.summary:
        parts.append(_element("description", article.summary))
    if article.topic:
        parts.append(_element("category", article.topic))
    parts.append(f'<guid isPermaLink="false">{xml_text(article.id)}</guid>')
    if article.checked_on:
        midnight = datetime.combine(article.checked_on, time(), UTC)
        parts.append(_element("pubDate", format_datetime(midnight)))
    return f"<item>{''.join(parts)}</item>\n".encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{xml_text(text)}</{name}>"


def xml_text(text: str) -> str:
    """Return ``text`` escaped for XML, with U+FFFD for what XML cannot hold."""
    return escape(_NOT_XML.sub("\ufffd", text))
