"""A ClaimReview is found wherever it stands, and each of its fields has its place."""

from __future__ import annotations

from datetime import date

from corpus.models import Rating
from corpus.readers.article_fields import article_from_fields
from corpus.readers.json_documents.claim_review import claim_reviews, has_type, review_fields
from corpus.readers.record import ReadOptions

REVIEW = {
    "@type": "ClaimReview",
    "url": "https://desk.example/trams",
    "name": "Do trams fly?",
    "claimReviewed": "Trams fly.",
    "datePublished": "2026-04-10",
    "dateModified": "2026-04-12",
    "inLanguage": "en-GB",
    "author": {"@type": "Organization", "name": "Tram Desk"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "A poster"},
        "datePublished": "2026-04-01",
        "appearance": [{"@type": "CreativeWork", "url": "https://post.example/1"}],
        "firstAppearance": "https://post.example/0",
    },
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "False",
        "ratingValue": "1",
        "bestRating": 5,
        "worstRating": 1,
    },
    "image": {"url": "https://desk.example/t.jpg"},
    "mood": "grim",
}


def test_each_field_has_its_place() -> None:
    found = article_from_fields(review_fields(REVIEW), "f", 1, ReadOptions()).article
    assert found.headline == "Do trams fly?"
    assert (found.claim, found.claimant, found.verdict) == ("Trams fly.", "A poster", "False")
    assert found.rating == Rating(1, 5, 1)
    assert found.claimed_on == date(2026, 4, 1)
    assert found.appearances == ("https://post.example/0", "https://post.example/1")
    assert (found.published_on, found.modified_on) == (date(2026, 4, 10), date(2026, 4, 12))
    assert (found.publisher, found.authors) == ("Tram Desk", ())
    assert (found.language, found.language_tag) == ("en", "en-GB")
    assert found.image == "https://desk.example/t.jpg"
    assert found.extra == (("mood", "grim"),)


def test_an_author_who_is_a_person_is_no_publisher() -> None:
    person = REVIEW | {"author": {"@type": "Person", "name": "Ann Lee"}, "publisher": "Desk"}
    fields = review_fields(person)
    assert (fields["publisher"], fields["authors"]) == ("Desk", ["Ann Lee"])


def test_reviews_are_found_in_lists_graphs_feeds_and_elements() -> None:
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW, REVIEW]}, None],
    }
    for document, n in (
        (REVIEW, 1),
        ([REVIEW, [REVIEW]], 2),
        ({"@graph": [{"@type": "WebPage"}, REVIEW]}, 1),
        (feed, 2),
        ({"@type": "WebPage", "mainEntity": REVIEW}, 1),
        ("ClaimReview", 0),
        ({"@type": "MediaReview"}, 0),
    ):
        assert len(list(claim_reviews(document))) == n


def test_a_document_without_end_is_searched_to_a_depth() -> None:
    document: object = REVIEW
    for _ in range(1_000):
        document = [document]
    assert list(claim_reviews(document)) == []


def test_types_come_as_names_lists_and_addresses() -> None:
    assert has_type({"@type": ["Article", "ClaimReview"]}, "ClaimReview")
    assert has_type({"@type": "http://schema.org/ClaimReview"}, "ClaimReview")
    assert not has_type({}, "ClaimReview")


def test_wrong_types_give_no_field_and_no_error() -> None:
    odd = {"@type": "ClaimReview", "itemReviewed": 7, "reviewRating": ["x"], "author": None}
    assert review_fields(odd)["verdict"] == "x"
    assert review_fields(odd)["claimant"] == ""
