"""Posts of Ghost, from its export and its Content API, to fields of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from corpus.readers.json_documents.values import objects_in

_USED = frozenset(
    "id uuid slug title html status visibility published_at updated_at created_at custom_excerpt"
    " excerpt canonical_url url feature_image og_image authors tags primary_author primary_tag type"
    " plaintext lexical mobiledoc page locale".split()
)
_INTERNAL = frozenset(
    "comment_id featured codeinjection_head codeinjection_foot custom_template og_title access"
    " og_description twitter_image twitter_title twitter_description meta_title meta_description"
    " reading_time comments email_subject send_email_when_published feature_image_alt"
    " feature_image_caption frontmatter newsletter_id show_title_and_feature_image email_only"
    " email_recipient_filter author_id published_by updated_by created_by email".split()
)


def is_ghost_post(value: Mapping[str, object]) -> bool:
    """Return whether an object has the form of a post."""
    return (
        "title" in value and "slug" in value and bool({"html", "lexical", "mobiledoc"} & set(value))
    )


def ghost_post_fields(post: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a post; one for members only is not published."""
    visibility = post.get("visibility")
    status = post.get("status")
    is_public = visibility in (None, "", "public") or status not in (None, "", "published")
    tags = [t for t in objects_in(post.get("tags")) if not str(t.get("name", "")).startswith("#")]
    return {
        "system_id": f"ghost:{post.get('id', '')}",
        "slug": post.get("slug") or "",
        "url": post.get("canonical_url") or post.get("url") or "",
        "headline": post.get("title") or "",
        "summary": post.get("custom_excerpt") or "",
        "html": post.get("html") or "",
        "text": post.get("plaintext") or "",
        "state": status if is_public else visibility,
        "published_on": post.get("published_at") or post.get("created_at"),
        "modified_on": post.get("updated_at"),
        "due": post.get("published_at"),
        "authors": [a.get("name") for a in objects_in(post.get("authors"))],
        "topic": str(tags[0].get("name", "")) if tags else "",
        "tags": [t.get("name") for t in tags],
        "image": post.get("feature_image") or post.get("og_image"),
        "language": post.get("locale") or "",
        "extra": {
            key: value for key, value in post.items() if key not in _USED and key not in _INTERNAL
        },
    }


def ghost_export_posts(document: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield the posts of a whole export, each with its tags and authors; pages are left out."""
    for part in objects_in(document.get("db")) if "db" in document else [document]:
        data = part.get("data")
        if not isinstance(data, Mapping):
            continue
        tags = _joined(data, "tags", "posts_tags", "tag_id")
        authors = _joined(data, "users", "posts_authors", "author_id")
        for post in objects_in(data.get("posts")):
            if post.get("type") == "page" or post.get("page") in (1, True):
                continue
            id = str(post.get("id"))
            yield {**post, "tags": tags[id], "authors": authors[id]}


def is_ghost_export(document: Mapping[str, object]) -> bool:
    """Return whether a document is a whole export."""
    parts = document.get("db", [document] if "meta" in document else None)
    first = next(objects_in(parts), {})
    data = first.get("data")
    return isinstance(data, Mapping) and "posts" in data


def _joined(
    data: Mapping[str, object], table: str, links: str, key: str
) -> defaultdict[str, list[Mapping[str, object]]]:
    """Return post id → rows of ``table`` that belong to it, in the order of the export."""
    rows = {str(row.get("id")): row for row in objects_in(data.get(table))}
    found: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
    ordered = sorted(
        objects_in(data.get(links)), key=lambda row: str(row.get("sort_order", 0)).zfill(6)
    )
    for row in ordered:
        if str(row.get(key)) in rows:
            found[str(row.get("post_id"))].append(rows[str(row.get(key))])
    return found
