"""Items of a JSON Feed (https://www.jsonfeed.org/version/1.1/) to fields of an article."""

from __future__ import annotations

from collections.abc import Mapping

_USED = frozenset(
    "id url external_url title content_html content_text summary image banner_image date_published"
    " date_modified authors author tags language attachments".split()
)


def is_json_feed(document: Mapping[str, object]) -> bool:
    """Return whether a document is a JSON Feed."""
    return "jsonfeed.org" in str(document.get("version", "")) and "items" in document


def feed_item_fields(item: Mapping[str, object], feed: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of an item; publisher and language are the feed's unless it says them."""
    return {
        "system_id": "" if item.get("url") else f"feed:{item.get('id', '')}",
        "url": item.get("url") or "",
        "headline": item.get("title") or "",
        "summary": item.get("summary") or "",
        "html": item.get("content_html") or "",
        "text": item.get("content_text") or "",
        "published_on": item.get("date_published"),
        "modified_on": item.get("date_modified"),
        "due": item.get("date_published"),
        "authors": item.get("authors") or item.get("author") or feed.get("authors"),
        "tags": item.get("tags"),
        "image": item.get("image") or item.get("banner_image"),
        "publisher": feed.get("title") or "",
        "language": item.get("language") or feed.get("language") or "",
        "extra": {key: value for key, value in item.items() if key not in _USED},
    }
