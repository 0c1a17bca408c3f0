"""Answers of Google's Fact Check Tools API, ``claims:search``, to fields of articles.

The form: https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def claim_fields(claim: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield the fields of each review of a claim, for ``article_from_fields``."""
    reviews = claim.get("claimReview")
    for review in reviews if isinstance(reviews, list) else []:
        if not isinstance(review, Mapping):
            continue
        publisher = review.get("publisher")
        if isinstance(publisher, Mapping):
            publisher = publisher.get("name") or publisher.get("site")
        yield {
            "headline": review.get("title") or "",
            "claim": claim.get("text") or "",
            "claimant": claim.get("claimant") or "",
            "claimed_on": claim.get("claimDate"),
            "verdict": review.get("textualRating") or "",
            "publisher": publisher or "",
            "url": review.get("url") or "",
            "published_on": review.get("reviewDate"),
            "language": review.get("languageCode") or "",
        }
