"""Nodes of Drupal's JSON:API to fields of an article; what is ``included`` names terms and people.

The form: https://www.drupal.org/docs/core-modules-and-themes/core-modules/jsonapi-module
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.readers.json_documents.values import mapping_or_empty, objects_in
from corpus.readers.mapping import fields_of_custom

_INTERNAL = (
    "drupal_internal__ revision_ default_langcode sticky promote path content_translation_"
    " rh_ metatag comment menu_link layout_builder"
).split()


def is_drupal_document(document: Mapping[str, object]) -> bool:
    """Return whether a document is an answer of JSON:API with nodes."""
    data = document.get("data")
    nodes = data if isinstance(data, list) else [data]
    first = next((n for n in nodes if isinstance(n, Mapping)), {})
    return isinstance(first.get("attributes"), Mapping) and "type" in first and "id" in first


def drupal_fields(document: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield the fields of each node; fields of the site are known by their names (``field_…``)."""
    included = {
        (str(item.get("type")), str(item.get("id"))): item
        for item in objects_in(document.get("included"))
    }
    data = document.get("data")
    for node in objects_in(data if isinstance(data, list) else [data]):
        attributes = node.get("attributes")
        if isinstance(attributes, Mapping):
            yield _node_fields(node, attributes, included, _site(document))


def _node_fields(
    node: Mapping[str, object],
    attributes: Mapping[str, object],
    included: Mapping[tuple[str, str], Mapping[str, object]],
    site: str,
) -> dict[str, object]:
    related = {
        key: _related_names(value, included)
        for key, value in mapping_or_empty(node.get("relationships")).items()
    }
    path = mapping_or_empty(attributes.get("path"))
    alias = path.get("alias")
    body = mapping_or_empty(attributes.get("body"))
    own = {
        key.removeprefix("field_"): _value(value)
        for key, value in attributes.items()
        if key.startswith("field_")
    } | {
        key.removeprefix("field_"): value
        for key, value in related.items()
        if key.startswith("field_") and value
    }
    custom, rest = fields_of_custom(own, {})
    fields = {
        "system_id": f"drupal:{node.get('id', '')}",
        "slug": str(alias or "").rpartition("/")[2],
        "url": f"{site}{alias}" if site and alias else "",
        "headline": attributes.get("title") or "",
        "summary": body.get("summary") or "",
        "html": body.get("processed") or body.get("value") or "",
        "state": attributes.get("moderation_state") or attributes.get("status"),
        "published_on": attributes.get("created"),
        "modified_on": attributes.get("changed"),
        "due": attributes.get("publish_on"),
        "authors": related.get("uid") or [],
        "language": attributes.get("langcode") or "",
    }
    return {
        **custom,
        **{key: value for key, value in fields.items() if value not in (None, "", [])},
        **({"state": "draft"} if attributes.get("status") is False else {}),
        "extra": rest
        | {
            key: value
            for key, value in attributes.items()
            if not key.startswith(("field_", *_INTERNAL)) and key not in _ATTRIBUTES
        },
    }


_ATTRIBUTES = frozenset(
    "title body status moderation_state created changed publish_on unpublish_on langcode".split()
)


def _related_names(
    value: object, included: Mapping[tuple[str, str], Mapping[str, object]]
) -> list[str]:
    data = mapping_or_empty(value).get("data")
    names = []
    for link in objects_in(data if isinstance(data, list) else [data]):
        found = included.get((str(link.get("type")), str(link.get("id"))))
        attributes = mapping_or_empty(found and found.get("attributes"))
        name = next(
            (
                attributes[key]
                for key in ("name", "display_name", "title")
                if isinstance(attributes.get(key), str)
            ),
            "",
        )
        uri = mapping_or_empty(attributes.get("uri"))
        names.append(str(name or uri.get("url") or ""))
    return [name for name in names if name]


def _value(value: object) -> object:
    """Return the text or address within a field's object."""
    if isinstance(value, Mapping):
        keys = ("processed", "value", "uri", "url", "title")
        return next((value[key] for key in keys if value.get(key)), "")
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value


def _site(document: Mapping[str, object]) -> str:
    link = mapping_or_empty(document.get("links")).get("self")
    address = mapping_or_empty(link).get("href") if isinstance(link, Mapping) else link
    parts = str(address or "").split("/")
    return "/".join(parts[:3]) if len(parts) > 2 and parts[0] in ("http:", "https:") else ""
