"""Stories of Arc XP in the form ANS to fields of an article.

The form: https://github.com/washingtonpost/ans-schema
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.markup import html_text, plain_text
from corpus.models import Section
from corpus.readers.json_documents.values import mapping_or_empty, objects_in

_USED = frozenset(
    "_id type version headlines subheadlines description content_elements canonical_url"
    " canonical_website website_url credits taxonomy publish_date first_publish_date display_date"
    " last_updated_date created_date language revision publishing promo_items planning label"
    " status workflow owner websites source short_url slug additional_properties geo address"
    " location copyright related_content distributor syndication subtype".split()
)


def is_arc_story(value: Mapping[str, object]) -> bool:
    """Return whether an object has the form of a story."""
    return isinstance(value.get("headlines"), Mapping) and "_id" in value


def arc_story_fields(story: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a story: texts, headings, lists, quotes and tables of its elements."""
    sections, links = _elements(story.get("content_elements"))
    revision = mapping_or_empty(story.get("revision"))
    published = revision.get("published")
    state = story.get("status")
    if published is False:
        state = "draft"
    taxonomy = mapping_or_empty(story.get("taxonomy"))
    section = mapping_or_empty(taxonomy.get("primary_section"))
    people = mapping_or_empty(story.get("credits")).get("by")
    website = str(story.get("canonical_url") or story.get("website_url") or "")
    return {
        "system_id": f"arc:{story.get('_id', '')}",
        "slug": story.get("slug") or "",
        "url": website,
        "headline": story.get("headlines"),
        "summary": _summary(story),
        "sections": sections,
        "links": links,
        "state": state,
        "published_on": story.get("display_date")
        or story.get("first_publish_date")
        or story.get("publish_date"),
        "modified_on": story.get("last_updated_date"),
        "due": mapping_or_empty(mapping_or_empty(story.get("planning")).get("scheduling")).get(
            "planned_publish_date"
        )
        or story.get("publish_date"),
        "authors": [p.get("name") or p.get("byline") for p in objects_in(people)],
        "topic": section.get("name") or "",
        "tags": [t.get("text") or t.get("slug") for t in objects_in(taxonomy.get("tags"))]
        + [k.get("keyword") for k in objects_in(taxonomy.get("keywords"))],
        "image": mapping_or_empty(mapping_or_empty(story.get("promo_items")).get("basic")).get(
            "url"
        ),
        "language": story.get("language") or "",
        "extra": {key: value for key, value in story.items() if key not in _USED},
    }


def _summary(story: Mapping[str, object]) -> str:
    """Return the description or the subheadline, "" where it repeats the headline."""
    headline = mapping_or_empty(story.get("headlines")).get("basic")
    for key in ("description", "subheadlines"):
        text = mapping_or_empty(story.get(key)).get("basic")
        if isinstance(text, str) and text and text != headline:
            return text
    return ""


def _elements(value: object) -> tuple[list[Section], list[tuple[str, str]]]:
    sections: list[tuple[str, list[str]]] = [("", [])]
    links: list[tuple[str, str]] = []
    for element in objects_in(value):
        kind = element.get("type")
        if kind == "header":
            sections.append((plain_text(str(element.get("content", ""))).strip(), []))
        elif kind in ("text", "raw_html", "correction"):
            text = str(element.get("content") or element.get("text") or "")
            if kind != "text" or "<" in text:
                found = html_text(text)
                links += found.links
                text = found.text
            sections[-1][1].append(plain_text(text).strip())
        else:
            sections[-1][1].extend(_lines(element, 0))
    kept = [(heading, [line for line in lines if line]) for heading, lines in sections]
    return [Section(h, "\n".join(lines)) for h, lines in kept if h or lines], links


def _lines(element: Mapping[str, object], depth: int) -> Iterator[str]:
    """Yield the lines of a list, quote or table; media, embeds and dividers have none."""
    if depth > 8:
        return
    kind = element.get("type")
    if kind == "list":
        for item in objects_in(element.get("items")):
            if item.get("type") == "list":
                yield from _lines(item, depth + 1)
            elif text := plain_text(str(item.get("content", ""))).strip():
                yield f"- {text}"
    elif kind == "quote":
        for item in objects_in(element.get("content_elements")):
            yield from (
                _lines(item, depth + 1)
                if item.get("type") in ("list", "quote")
                else [plain_text(str(item.get("content", ""))).strip()]
            )
    elif kind == "table":
        rows = element.get("rows")
        for row in [element.get("header"), *(rows if isinstance(rows, list) else [])]:
            cells = [plain_text(str(cell.get("content", ""))).strip() for cell in objects_in(row)]
            if any(cells):
                yield " | ".join(cells)
