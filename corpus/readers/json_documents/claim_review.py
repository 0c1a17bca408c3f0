"""ClaimReview of schema.org, from pages, feeds of data and dumps, to fields of an article.

What it says where is in Google's documentation of the type and at https://schema.org/ClaimReview.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

MAX_DEPTH = 12  # of objects in which a review is looked for

_REVIEW_KEYS = frozenset(
    "@context @type @id url headline name claimReviewed itemReviewed reviewRating author publisher"
    " sdPublisher datePublished dateModified dateCreated inLanguage image thumbnailUrl description"
    " reviewBody articleBody keywords correction about isAccessibleForFree mainEntityOfPage".split()
)


def claim_reviews(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """Yield the ClaimReviews of a document of JSON-LD, wherever they stand, in its order.

    Parameters
    ----------
    value
        An object, a list of objects, a ``@graph``, a DataFeed or its element.
    depth
        Of ``value`` in the document; ``MAX_DEPTH`` ends the search.
    """
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from claim_reviews(item, depth + 1)
    elif isinstance(value, Mapping):
        if has_type(value, "ClaimReview"):
            yield value
            return
        for key in ("@graph", "dataFeedElement", "item", "mainEntity", "review", "hasPart"):
            if key in value:
                yield from claim_reviews(value[key], depth + 1)


def has_type(value: Mapping[str, object], *names: str) -> bool:
    """Return whether an object of JSON-LD is of one of the types, with or without the address."""
    found = value.get("@type")
    types = found if isinstance(found, list) else [found]
    return any(str(one).rpartition("/")[2] in names for one in types)


def review_fields(review: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a ClaimReview, for ``article_from_fields``.

    The publisher is the author where that is an organisation. The first object of several that are
    reviewed gives claimant and day, all give appearances.
    """
    items = [item for item in _objects(review.get("itemReviewed"))]
    first: Mapping[str, object] = items[0] if items else {}
    rating = next(_objects(review.get("reviewRating")), {})
    authors = list(_objects(review.get("author")))
    organisations = [a for a in authors if not has_type(a, "Person")]
    publisher = next(_objects(review.get("publisher")), None) or (
        organisations[0] if organisations else {}
    )
    people = [a for a in authors if has_type(a, "Person")]
    body = review.get("articleBody") or review.get("reviewBody")
    claimed = first.get("datePublished") or first.get("dateCreated")
    return {
        "url": _address(review),
        "headline": review.get("headline") or review.get("name") or "",
        "claim": review.get("claimReviewed") or first.get("name") or "",
        "claimant": ", ".join(_names(item.get("author")) for item in items[:1]),
        "claimed_on": claimed,
        "appearances": list(dict.fromkeys(a for item in items for a in _appearances(item))),
        "verdict": rating.get("alternateName") or rating.get("name") or "",
        "rating": {
            "value": rating.get("ratingValue"),
            "best": rating.get("bestRating"),
            "worst": rating.get("worstRating"),
        },
        "publisher": publisher.get("name") or "",
        "authors": [a.get("name") for a in people],
        "published_on": review.get("datePublished") or review.get("dateCreated"),
        "modified_on": review.get("dateModified"),
        "due": review.get("datePublished"),
        "language": review.get("inLanguage"),
        "image": review.get("image") or review.get("thumbnailUrl"),
        "tags": review.get("keywords"),
        "summary": review.get("description") or "",
        "html": body or "",
        "notices": review.get("correction"),
        "extra": {key: value for key, value in review.items() if key not in _REVIEW_KEYS},
    }


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a value that is one, several, or a bare name."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item
        elif isinstance(item, str) and item.strip():
            yield {"name": item}


def _names(value: object) -> str:
    return ", ".join(str(a["name"]) for a in _objects(value) if a.get("name"))


def _address(review: Mapping[str, object]) -> object:
    for value in (review.get("url"), review.get("mainEntityOfPage"), review.get("@id")):
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return review.get("url") or ""


def _appearances(item: Mapping[str, object]) -> Iterator[str]:
    for key in ("firstAppearance", "appearance", "url", "sameAs"):
        for one in _objects(item.get(key)):
            address = one.get("url") or one.get("contentUrl") or one.get("name")
            if isinstance(address, str) and address.startswith(("http://", "https://")):
                yield address
