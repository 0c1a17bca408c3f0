"""Articles for the web: schema.org ClaimReview in JSON-LD, and items of RSS 2.0."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from corpus.models import Article

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Characters that XML 1.0 does not allow, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def claim_review(article: Article) -> dict[str, object] | None:
    """Return an article as a ClaimReview; None without claim, verdict or url, which it requires."""
    if not (article.claim and article.verdict and article.url):
        return None
    review: dict[str, object] = {
        "@type": "ClaimReview",
        "url": article.url,
        "headline": article.headline,
        "claimReviewed": article.claim,
        "itemReviewed": _claim(article),
        "reviewRating": _rating(article),
    }
    if _LANGUAGE.fullmatch(tag := article.language_tag or article.language):
        review["inLanguage"] = tag
    if article.summary:
        review["description"] = article.summary
    if article.publisher:
        review["author"] = {"@type": "Organization", "name": article.publisher}
    if day := article.published_on or article.checked_on:
        review["datePublished"] = day.isoformat()
    if article.modified_on:
        review["dateModified"] = article.modified_on.isoformat()
    if article.image:
        review["image"] = article.image
    if corrections := [n for n in article.notices if n.kind == "correction"]:
        review["correction"] = [
            {"@type": "CorrectionComment", "text": n.text}
            | ({"datePublished": n.day.isoformat()} if n.day else {})
            for n in corrections
        ]
    if article.tags:
        review["keywords"] = list(article.tags)
    return review


def _claim(article: Article) -> dict[str, object]:
    claim: dict[str, object] = {"@type": "Claim"}
    if article.claimant:
        claim["author"] = {"@type": "Person", "name": article.claimant}
    if article.claimed_on:
        claim["datePublished"] = article.claimed_on.isoformat()
    if article.appearances:
        claim["appearance"] = [{"@type": "CreativeWork", "url": a} for a in article.appearances]
    return claim


def _rating(article: Article) -> dict[str, object]:
    rating: dict[str, object] = {"@type": "Rating", "alternateName": article.verdict}
    if article.rating:
        scale = {"ratingValue": "value", "bestRating": "best", "worstRating": "worst"}
        numbers = {key: getattr(article.rating, name) for key, name in scale.items()}
        rating |= {key: number for key, number in numbers.items() if number is not None}
    return rating


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
    categories = dict.fromkeys((article.topic, *article.tags))
    parts += [_element("category", category) for category in categories if category]
    parts += [_element("dc:creator", author) for author in article.authors]
    if article.sections:
        parts.append(_element("content:encoded", _body_html(article)))
    if article.image:
        parts.append(f"<media:thumbnail url={quoteattr(_xml_characters(article.image))}/>")
    parts.append(f'<guid isPermaLink="false">{xml_text(article.id)}</guid>')
    if day := article.published_on or article.checked_on:
        parts.append(_element("pubDate", format_datetime(datetime.combine(day, time(), UTC))))
    if article.modified_on:
        parts.append(_element("atom:updated", f"{article.modified_on.isoformat()}T00:00:00Z"))
    return f"<item>{''.join(parts)}</item>\n".encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{xml_text(text)}</{name}>"


def xml_text(text: str) -> str:
    """Return ``text`` escaped for XML, with U+FFFD for what XML cannot hold."""
    return escape(_xml_characters(text))


def _xml_characters(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _body_html(article: Article) -> str:
    """Return the sections as HTML, each line a paragraph."""
    parts = []
    for section in article.sections:
        if section.heading:
            parts.append(f"<h2>{escape(section.heading)}</h2>")
        parts += [f"<p>{escape(line)}</p>" for line in section.text.splitlines() if line.strip()]
    return "".join(parts)
