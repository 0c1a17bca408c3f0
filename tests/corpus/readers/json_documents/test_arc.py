"""A story of Arc is the texts of its elements, in their order."""

from __future__ import annotations

from corpus.models import Section
from corpus.readers.json_documents.arc import arc_story_fields, is_arc_story

STORY = {
    "_id": "ABC",
    "type": "story",
    "headlines": {"basic": "Do trams fly?"},
    "description": {"basic": "A short look."},
    "canonical_url": "https://desk.example/trams/",
    "language": "en",
    "credits": {"by": [{"name": "Ann Lee"}, {"byline": "Bo Sun"}]},
    "taxonomy": {
        "primary_section": {"name": "Transport"},
        "tags": [{"text": "sky"}],
        "keywords": [{"keyword": "rails"}],
    },
    "promo_items": {"basic": {"url": "https://desk.example/t.jpg"}},
    "display_date": "2026-04-10T06:00:00Z",
    "revision": {"published": True},
    "content_elements": [
        {"type": "text", "content": "No <a href='https://lab.example/a'>tram</a> flies."},
        {"type": "image", "caption": "A tram"},
        {"type": "header", "content": "Why", "level": 2},
        {"type": "list", "items": [{"type": "text", "content": "Wheels &amp; rails"}]},
        {"type": "quote", "content_elements": [{"type": "text", "content": "They roll."}]},
        {
            "type": "table",
            "header": [{"content": "Year"}, {"content": "Trams"}],
            "rows": [[{"content": "2020"}, {"content": "7"}]],
        },
        {"type": "oembed_response"},
    ],
    "mood": "grim",
}


def test_each_field_has_its_place() -> None:
    found = arc_story_fields(STORY)
    assert is_arc_story(STORY)
    assert found["sections"] == [
        Section("", "No tram flies."),
        Section("Why", "- Wheels & rails\nThey roll.\nYear | Trams\n2020 | 7"),
    ]
    assert found["links"] == [("tram", "https://lab.example/a")]
    assert found["authors"] == ["Ann Lee", "Bo Sun"]
    assert (found["topic"], found["tags"]) == ("Transport", ["sky", "rails"])
    assert found["summary"] == "A short look."
    assert found["extra"] == {"mood": "grim"}


def test_an_unpublished_revision_is_a_draft_and_a_repeated_headline_no_summary() -> None:
    draft = STORY | {"revision": {"published": False}, "description": STORY["headlines"]}
    assert arc_story_fields(draft)["state"] == "draft"
    assert arc_story_fields(draft)["summary"] == ""


def test_odd_elements_are_no_error() -> None:
    odd = {"_id": "A", "headlines": {}, "content_elements": [7, {"type": "list", "items": "x"}]}
    assert arc_story_fields(odd)["sections"] == []
