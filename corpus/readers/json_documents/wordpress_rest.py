"""Posts of WordPress's REST interface (``/wp-json/wp/v2/posts``) to fields of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.readers.json_documents.values import mapping_or_empty, objects_in
from corpus.readers.mapping import fields_of_custom

_USED = frozenset(
    "id date date_gmt modified modified_gmt slug status type link title content excerpt author"
    " categories tags guid yoast_head_json jetpack_featured_media_url lang password".split()
)
_INTERNAL = frozenset(
    "featured_media comment_status ping_status sticky template format meta yoast_head"
    " jetpack_publicize_connections jetpack_shortlink jetpack_sharing_enabled class_list"
    " jetpack-related-posts jetpack_likes_enabled permalink_template generated_slug acf".split()
)


def is_rest_post(value: Mapping[str, object]) -> bool:
    """Return whether an object has the form of a post."""
    title = value.get("title")
    return isinstance(title, Mapping) and "rendered" in title and "slug" in value


def rest_post_fields(post: Mapping[str, object], chosen: Mapping[str, str]) -> dict[str, object]:
    """Return the fields of a post; authors, categories and tags where it was asked ``_embed``.

    Fields of the plug-in ACF and of ``meta`` are read by their names, or as ``chosen``.
    """
    content = post.get("content")
    is_protected = isinstance(content, Mapping) and bool(content.get("protected"))
    yoast = mapping_or_empty(post.get("yoast_head_json"))
    more = {**mapping_or_empty(post.get("meta")), **mapping_or_empty(post.get("acf"))}
    custom, rest = fields_of_custom(more, chosen)
    terms = list(_terms(post))
    return custom | {
        "system_id": rest_post_system_id(post),
        "slug": post.get("slug") or "",
        "url": yoast.get("canonical") or post.get("link") or "",
        "headline": post.get("title") or "",
        "summary": _excerpt(post),
        "html": content or "",
        "state": post.get("status"),
        "password": is_protected or post.get("password"),
        "published_on": post.get("date"),
        "modified_on": post.get("modified"),
        "due": post.get("date_gmt") and f"{post['date_gmt']}Z",
        "authors": [a.get("name") for a in _embedded(post, "author")],
        "topic": next((str(t["name"]) for t in terms if t.get("taxonomy") == "category"), ""),
        "tags": [t.get("name") for t in terms],
        "image": next(
            (m.get("source_url") for m in _embedded(post, "wp:featuredmedia")),
            post.get("jetpack_featured_media_url"),
        ),
        "language": post.get("lang") or "",
        "extra": rest
        | {
            key: value
            for key, value in post.items()
            if key not in _USED and key not in _INTERNAL and not key.startswith("_")
        },
    }


def rest_post_system_id(post: Mapping[str, object]) -> str:
    """Return the name of a post in its system: its site and its number there."""
    return f"wordpress:{_site(post)}:{post.get('id', '')}"


def _excerpt(post: Mapping[str, object]) -> str:
    """Return the excerpt, "" where WordPress cut it from the text itself."""
    value = post.get("excerpt")
    text = value.get("rendered") if isinstance(value, Mapping) else value
    text = text if isinstance(text, str) else ""
    return "" if "[&hellip;]" in text or "[…]" in text or "&hellip;</p>" in text else text


def _site(post: Mapping[str, object]) -> str:
    link = post.get("link")
    return link.split("/")[2] if isinstance(link, str) and link.count("/") > 2 else ""


def _embedded(post: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    return objects_in(mapping_or_empty(post.get("_embedded")).get(key))


def _terms(post: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    groups = mapping_or_empty(post.get("_embedded")).get("wp:term")
    for group in groups if isinstance(groups, list) else []:
        yield from (term for term in objects_in(group) if term.get("name"))
