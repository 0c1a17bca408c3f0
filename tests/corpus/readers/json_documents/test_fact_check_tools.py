"""Each review of a claim of Google's interface is an article."""

from __future__ import annotations

from corpus.readers.json_documents.fact_check_tools import claim_fields


def test_each_review_has_the_claim() -> None:
    claim = {
        "text": "Trams fly.",
        "claimant": "A poster",
        "claimDate": "2026-04-01T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Tram Desk", "site": "desk.example"},
                "url": "https://desk.example/trams",
                "title": "Do trams fly?",
                "reviewDate": "2026-04-10T00:00:00Z",
                "textualRating": "False",
                "languageCode": "en",
            },
            {"publisher": {"site": "other.example"}, "title": "No tram flies"},
            "no review",
        ],
    }
    first, second = claim_fields(claim)
    assert first == {
        "headline": "Do trams fly?",
        "claim": "Trams fly.",
        "claimant": "A poster",
        "claimed_on": "2026-04-01T00:00:00Z",
        "verdict": "False",
        "publisher": "Tram Desk",
        "url": "https://desk.example/trams",
        "published_on": "2026-04-10T00:00:00Z",
        "language": "en",
    }
    assert second["publisher"] == "other.example"
    assert list(claim_fields({"text": "x"})) == []
