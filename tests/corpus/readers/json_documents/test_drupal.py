"""Nodes of Drupal have the names of their terms and people, and fields by their names."""

from __future__ import annotations

from corpus.readers.json_documents.drupal import drupal_fields, is_drupal_document

DOCUMENT = {
    "jsonapi": {"version": "1.0"},
    "links": {"self": {"href": "https://desk.example/jsonapi/node/check"}},
    "data": [
        {
            "type": "node--check",
            "id": "n1",
            "attributes": {
                "title": "Do trams fly?",
                "status": True,
                "created": "2026-04-10T08:00:00+02:00",
                "changed": "2026-04-11T08:00:00+02:00",
                "langcode": "en",
                "path": {"alias": "/checks/trams"},
                "body": {"processed": "<p>No.</p>", "summary": "Short."},
                "field_claim": {"processed": "<p>Trams fly.</p>"},
                "field_mood": "grim",
                "drupal_internal__nid": 7,
            },
            "relationships": {
                "uid": {"data": {"type": "user--user", "id": "u1"}},
                "field_rating": {"data": {"type": "term", "id": "t1"}},
                "field_tags": {"data": [{"type": "term", "id": "t2"}]},
            },
        }
    ],
    "included": [
        {"type": "user--user", "id": "u1", "attributes": {"display_name": "Ann Lee"}},
        {"type": "term", "id": "t1", "attributes": {"name": "False"}},
        {"type": "term", "id": "t2", "attributes": {"name": "Sky"}},
    ],
}


def test_each_field_has_its_place() -> None:
    (found,) = drupal_fields(DOCUMENT)
    assert is_drupal_document(DOCUMENT)
    assert found["url"] == "https://desk.example/checks/trams"
    assert found["system_id"] == "drupal:n1"
    assert (found["verdict"], found["tags"], found["authors"]) == (["False"], ["Sky"], ["Ann Lee"])
    assert found["claim"] == "<p>Trams fly.</p>"
    assert (found["html"], found["summary"]) == ("<p>No.</p>", "Short.")
    assert found["extra"] == {"mood": "grim"}


def test_an_unpublished_node_is_a_draft() -> None:
    node = DOCUMENT["data"][0]  # type: ignore[index]
    attributes = node["attributes"] | {"status": False}
    (found,) = drupal_fields({"data": node | {"attributes": attributes}})
    assert found["state"] == "draft"
    assert "url" not in found  # the document does not say its site


def test_other_documents_are_none() -> None:
    assert not is_drupal_document({"data": [1]})
    assert not is_drupal_document({})
