"""A post of WordPress's interface has its embedded names, and a protected one no text."""

from __future__ import annotations

from corpus.readers.json_documents.wordpress_rest import is_rest_post, rest_post_fields

POST: dict[str, object] = {
    "id": 7,
    "date": "2026-04-10T08:00:00",
    "date_gmt": "2026-04-10T06:00:00",
    "modified": "2026-04-12T08:00:00",
    "slug": "trams",
    "status": "publish",
    "link": "https://desk.example/trams/",
    "title": {"rendered": "Do trams &#8216;fly&#8217;?"},
    "content": {"rendered": "<p>No.</p>", "protected": False},
    "excerpt": {"rendered": "<p>Cut off here [&hellip;]</p>"},
    "categories": [3],
    "meta": {"mood": "grim"},
    "acf": {"claim": "Trams fly."},
    "_embedded": {
        "author": [{"name": "Ann Lee"}],
        "wp:featuredmedia": [{"source_url": "https://desk.example/t.jpg"}],
        "wp:term": [
            [{"name": "Transport", "taxonomy": "category"}],
            [{"name": "sky", "taxonomy": "post_tag"}],
        ],
    },
}


def test_each_field_has_its_place() -> None:
    found = rest_post_fields(POST, {})
    assert is_rest_post(POST)
    assert found["system_id"] == "wordpress:desk.example:7"
    assert found["authors"] == ["Ann Lee"]
    assert (found["topic"], found["tags"]) == ("Transport", ["Transport", "sky"])
    assert found["image"] == "https://desk.example/t.jpg"
    assert found["due"] == "2026-04-10T06:00:00Z"
    assert found["summary"] == ""  # WordPress cut it from the text
    assert found["claim"] == "Trams fly."
    assert found["extra"] == {"mood": "grim"}


def test_a_protected_post_is_known() -> None:
    protected = POST | {"content": {"rendered": "", "protected": True}}
    assert rest_post_fields(protected, {})["password"] is True


def test_posts_without_embedded_names_and_odd_values() -> None:
    bare = {"title": {"rendered": "A?"}, "slug": "a", "_embedded": [], "meta": []}
    found = rest_post_fields(bare, {})
    assert (found["authors"], found["tags"], found["topic"]) == ([], [], "")
    assert not is_rest_post({"title": "A?", "slug": "a"})
