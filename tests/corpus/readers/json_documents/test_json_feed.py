"""Items of a JSON Feed have the feed's publisher and language unless they say another."""

from __future__ import annotations

from corpus.readers.json_documents.json_feed import feed_item_fields, is_json_feed

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Tram Desk",
    "language": "en",
    "items": [],
}


def test_each_field_has_its_place() -> None:
    item = {
        "id": "1",
        "url": "https://desk.example/trams",
        "title": "Do trams fly?",
        "content_html": "<p>No.</p>",
        "date_published": "2026-04-10T06:00:00Z",
        "tags": ["sky"],
        "authors": [{"name": "Ann Lee"}],
        "language": "de",
        "mood": "grim",
    }
    found = feed_item_fields(item, FEED)
    assert is_json_feed(FEED)
    assert (found["publisher"], found["language"]) == ("Tram Desk", "de")
    assert found["system_id"] == ""
    assert found["extra"] == {"mood": "grim"}
    assert feed_item_fields({"id": "9"}, FEED)["system_id"] == "feed:9"
    assert not is_json_feed({"version": "1", "items": []})
