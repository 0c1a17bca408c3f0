"""Ghost's posts have their tags and authors, from its interface and from its export."""

from __future__ import annotations

from corpus.readers.json_documents.ghost import (
    ghost_export_posts,
    ghost_post_fields,
    is_ghost_export,
    is_ghost_post,
)

POST = {
    "id": "p1",
    "title": "Do trams fly?",
    "slug": "trams",
    "html": "<p>No.</p>",
    "status": "published",
    "visibility": "public",
    "published_at": "2026-04-10T06:00:00.000Z",
    "custom_excerpt": "A short look.",
    "feature_image": "https://desk.example/t.jpg",
}


def test_a_post_of_the_interface() -> None:
    post = POST | {
        "tags": [{"name": "Transport"}, {"name": "#hidden"}],
        "authors": [{"name": "Ann"}],
    }
    found = ghost_post_fields(post)
    assert is_ghost_post(post)
    assert (found["topic"], found["tags"]) == ("Transport", ["Transport"])
    assert found["authors"] == ["Ann"]
    assert found["state"] == "published"
    assert found["extra"] == {}


def test_a_post_for_members_is_not_public_and_a_draft_is_a_draft() -> None:
    assert ghost_post_fields(POST | {"visibility": "paid"})["state"] == "paid"
    assert ghost_post_fields(POST | {"status": "draft", "visibility": "paid"})["state"] == "draft"


def test_an_export_joins_its_tables_and_leaves_pages_out() -> None:
    data = {
        "posts": [POST, POST | {"id": "p2", "type": "page"}],
        "tags": [{"id": "t1", "name": "Transport"}, {"id": "t2", "name": "Sky"}],
        "posts_tags": [
            {"post_id": "p1", "tag_id": "t2", "sort_order": 1},
            {"post_id": "p1", "tag_id": "t1", "sort_order": 0},
            {"post_id": "p1", "tag_id": "gone"},
        ],
        "users": [{"id": "u1", "name": "Ann", "email": "a@b.example"}],
        "posts_authors": [{"post_id": "p1", "author_id": "u1"}],
    }
    document = {"db": [{"meta": {}, "data": data}]}
    assert is_ghost_export(document)
    (post,) = ghost_export_posts(document)
    found = ghost_post_fields(post)
    assert found["tags"] == ["Transport", "Sky"]
    assert found["authors"] == ["Ann"]
    assert not is_ghost_export({"posts": []})
    assert not is_ghost_export({"db": [7]})
