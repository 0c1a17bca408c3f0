"""WordPress exports (WXR) to articles, an item at a time.

The form is the one that WordPress's own exporter writes: wp-admin/includes/export.php.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpus.models import BadRecord
from corpus.readers.article_fields import article_from_fields
from corpus.readers.bytes_of_file import ReadError
from corpus.readers.feeds.xml_stream import local_name, namespace, text_of, xml_elements
from corpus.readers.mapping import fields_of_custom
from corpus.readers.record import LeftOut, LocatedArticle, ReadOptions

# Kinds of entries that are no articles, in WordPress itself and in common plug-ins.
_NO_ARTICLES = frozenset(
    "page attachment revision nav_menu_item custom_css customize_changeset oembed_cache"
    " user_request wp_block wp_template wp_template_part wp_global_styles wp_navigation"
    " wp_font_family wp_font_face acf-field acf-field-group product shop_order wpcf7_contact_form"
    " elementor_library tablepress_table tribe_events feedback jp_pay_order mailpoet_page".split()
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n+")
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|pre)\b", re.IGNORECASE)


def read_wordpress_export(
    path: Path, options: ReadOptions
) -> Iterator[LocatedArticle | BadRecord | LeftOut]:
    """Yield the posts of an export; lines are those of the file.

    Entries of the types ``options.types`` are articles; where none is named, ``post`` and every
    type of the site's own that is no page, attachment, menu or setting. Custom fields are read by
    the mapping or by their names.
    """
    file = str(path)
    authors: dict[str, str] = {}
    site = ""
    channel: dict[str, str] | None = None
    left_out: Counter[str] = Counter()
    n = 0
    try:
        for element in xml_elements(path, ("item", "author", "base_blog_url")):
            name = local_name(element)
            texts = _texts(element)
            if channel is None:
                parent = element.getparent()
                channel = {} if parent is None else _texts(parent)
            if name == "base_blog_url":
                site = text_of(element).strip()
            elif name == "author":
                if login := texts.get("author_login"):
                    authors[login] = texts.get("author_display_name") or login
            else:
                n += 1
                kind = texts.get("post_type") or "post"
                if kind not in options.types if options.types else kind in _NO_ARTICLES:
                    left_out[kind] += 1
                    continue
                line = element.sourceline or n
                try:
                    fields = {
                        "publisher": channel.get("title", ""),
                        "language": channel.get("language", ""),
                        **_post_fields(element, texts, authors, site, options),
                    }
                    yield article_from_fields(fields, file, line, options)
                except ValueError as error:
                    yield BadRecord(file, line, str(error), "Give the post a title in WordPress")
    except ReadError as error:
        yield error.record
    for kind, count in left_out.items():
        for _ in range(count):
            yield LeftOut(file, f"an entry of the type {kind}")
    if not n:
        yield BadRecord(file, 1, "the export holds no entries", "Export all content")


def _texts(element: etree._Element) -> dict[str, str]:
    """Return the text of each child by its name; the two ``encoded`` by their namespace."""
    found: dict[str, str] = {}
    for child in element:
        key = local_name(child)
        if key == "encoded":
            key = "excerpt" if "excerpt" in namespace(child) else "content"
        if key:
            found.setdefault(key, text_of(child))
    return found


def _post_fields(
    element: etree._Element,
    texts: dict[str, str],
    authors: dict[str, str],
    site: str,
    options: ReadOptions,
) -> dict[str, object]:
    categories: list[str] = []
    tags: list[str] = []
    terms: dict[str, list[str]] = {}
    meta: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        if name == "category":
            domain = child.get("domain") or "category"
            term = text_of(child).strip()
            if domain == "category":
                categories.append(term)
            elif domain in ("post_tag", "tag"):
                tags.append(term)
            elif term and domain not in ("post_format", "nav_menu"):
                terms.setdefault(domain, []).append(term)
        elif name == "postmeta":
            pair = _texts(child)
            key, value = pair.get("meta_key", ""), pair.get("meta_value", "")
            if key and not key.startswith("_") and value:
                meta.setdefault(key, value)
    own = meta | {domain: "; ".join(found) for domain, found in terms.items()}
    custom, rest = fields_of_custom(own, options.mapping)
    creator = texts.get("creator", "")
    when = texts.get("post_date", "")
    gmt = texts.get("post_date_gmt", "")
    is_dated = bool(gmt) and not gmt.startswith("0000")
    link = texts.get("link", "")
    fields = {
        "system_id": f"wordpress:{_host(site or link)}:{texts.get('post_id', '')}",
        "slug": texts.get("post_name") or "",
        "url": link,
        "headline": texts.get("title", ""),
        "summary": texts.get("excerpt", ""),
        "html": _paragraphs(texts.get("content", "")),
        "state": texts.get("status"),
        "password": texts.get("post_password", "").strip(),
        "published_on": (when if not when.startswith("0000") else "") or texts.get("pubDate"),
        "modified_on": texts.get("post_modified", ""),
        "due": f"{gmt}Z" if is_dated else "",
        "authors": authors.get(creator, creator),
        "topic": next((c for c in categories if c.lower() != "uncategorized"), ""),
        "tags": [*tags, *(c for c in categories if c.lower() != "uncategorized")],
    }
    return {
        **custom,
        **{key: value for key, value in fields.items() if value not in (None, "", [])},
        "extra": rest,
    }


def _paragraphs(content: str) -> str:
    """Return a post's content as HTML: WordPress makes paragraphs of blank lines when it shows it.

    Only text outside blocks is concerned, and a text with blocks of its own keeps its lines.
    """
    if "<!-- wp:" in content:
        return content
    parts = [part for part in _PARAGRAPH.split(content) if part.strip()]
    return "\n".join(
        part if _BLOCK.match(part.strip()) else f"<p>{part.strip().replace(chr(10), '<br>')}</p>"
        for part in parts
    )


def _host(address: str) -> str:
    return address.split("/")[2].lower() if address.count("/") > 1 else address.lower()
