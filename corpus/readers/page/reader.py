"""Page reader: the extracted text of a fact check's web page to an article.

The format: a headline after "Fact check:", "Checked on <date>", "Executive Summary", numbered
sections with ``[n]`` citations, "Sources", and "Want to dive deeper?" with follow-up questions.
Only a headline is required, on the page or in its address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.analysis.dates import parse_date
from corpus.analysis.web_addresses import find_address, same_site, web_address
from corpus.markup import html_text
from corpus.models import Article, BadRecord, Section, Source
from corpus.readers.article_fields import article_from_fields
from corpus.readers.identity.slug import (
    headline_from_slug,
    slug,
    slug_from_file_name,
    slug_from_url,
)
from corpus.readers.mapping import fields_of_row, guess_mapping
from corpus.readers.page import line_patterns as patterns
from corpus.readers.page.front_matter import front_matter_flag, read_front_matter
from corpus.readers.page.head_values import split_head_values
from corpus.readers.page.markup import (
    citation_links_in_markup,
    join_lines_without_markup,
    line_without_markup,
    links_in_markup,
    without_templates,
)
from corpus.readers.page.splitter import Parts, split_parts
from corpus.readers.record import LocatedArticle, ReadOptions

MAX_PAGE_BYTES = 2_000_000  # some 300 printed pages; bounds the work on a hostile page
_MAX_HEADLINE_CHARACTERS = 500  # longer ones are text with a lost line break
_MAX_BARE_HEADLINE_CHARACTERS = 300  # an unmarked line that is longer is text
_MAX_FIELD_CHARACTERS = 2_000  # of a front matter value or source: a long paragraph
_MAX_FOLLOWUPS = 20  # bounds the list on a hostile page; real ones have about five
_MAX_FRONT_ITEMS = 200
_ADDRESS_KEYS = ("url", "canonical_url", "canonical", "link", "permalink")
# A whole page, or what a content system's editor puts on the clipboard.
_PASTED_HTML = re.compile(
    r"\s*(?:<!doctype|<html|<\?xml|<!-- wp:"
    r"|<(?:h[1-6]|p|div|article|section|figure|ul|ol|table)\b[^<>]*>)",
    re.IGNORECASE,
)
_MAX_SOURCES = 1_000  # bounds the list on a hostile page


def read_page(text: str, *, name: str) -> Article | BadRecord:
    """Return the fact check on a page, or a BadRecord that says why there is none.

    Parameters
    ----------
    text
        The page as extracted text, with or without front matter; at most 2 MB. Pasted HTML of an
        article is read as its text.
    name
        File name of the page for messages; it also gives the id where the front matter has none
        and no ``url``, and the headline where the page has none. "" for none.

    Notes
    -----
    The summary is the executive summary; without one, the section "Summary of the results", which
    stays a section too; without that, the text under the headline. Headings lose their number,
    texts their markup; each line of a text is a paragraph, or a bullet that begins with ``- ``.
    A date that cannot be parsed is None. Addresses that are not http or https are left out.
    """
    found = located_page(text, name=name, options=ReadOptions())
    return found if isinstance(found, BadRecord) else found.article


def located_page(text: str, *, name: str, options: ReadOptions) -> LocatedArticle | BadRecord:
    """Return what ``read_page`` returns, with what of the front matter could not be used.

    Parameters
    ----------
    text, name
        As in ``read_page``.
    options
        The mapping of keys of the front matter, the time.
    """

    def unreadable_page(reason: str, remedy: str, line: int = 1) -> BadRecord:
        return BadRecord(name or "page", line, reason, remedy)

    try:
        text = _checked_text(text)
    except _UnreadableError as error:
        return unreadable_page(*error.args)
    lines = text.splitlines()
    raw_front, start = read_front_matter(lines)
    front = {key: _front_value(value) for key, value in raw_front.items()}
    try:
        _check_published(front)
    except ValueError as error:
        line = next((n for n, t in enumerate(lines, 1) if t.lower().startswith("published")), 1)
        return unreadable_page(str(error), "Write published: true or published: false", line)

    parts = split_parts(without_templates("\n".join(lines[start:])).splitlines())
    if _is_listing_page(lines, parts):
        return unreadable_page(
            "the page lists fact checks and is none itself", "Give the pages that it lists"
        )
    fields = fields_of_row(front, guess_mapping(front, options.mapping))
    fields["url"] = _front_address(front)
    title = fields.get("headline")
    head = split_head_values(parts.head)
    headline, lead = _read_page_head(head.lines, title if isinstance(title, str) else "")
    proposed = (
        slug_from_url(str(fields["url"]))
        or slug(_front_slug(fields, front))
        or slug_from_file_name(name)
    )
    headline = headline or head.stated.get("claim", "") or headline_from_slug(proposed)
    if not any(c.isalnum() for c in headline):
        return unreadable_page(
            "the page has no headline", 'Begin it with "Fact check: " and the headline'
        )
    if not (fields.get("id") or proposed or slug(headline)):
        return unreadable_page(
            "the page has no id", "Name its file or write its url into the front matter"
        )
    summary, sections = _read_page_body(parts, lead)
    fields |= {
        "headline": _cut_page_line(headline),
        "summary": summary or fields.get("summary"),
        "html": "",
        "text": "",
        "sections": sections,
        "followups": _read_page_followups(parts.followups) or fields.get("followups"),
        "sources": _read_page_sources(parts.sources, text),
        "slug": proposed,
        "checked_on": head.checked_on or fields.get("checked_on"),
        "published_on": fields.get("published_on") or head.published_on,
    }
    for key, value in head.stated.items():
        if fields.get(key) in (None, ""):
            fields[key] = value
    links = links_in_markup("\n".join(lines[start:]))
    if fields["sources"]:  # a link is no other source then, but may lead to a newer check
        links = [(words, link) for words, link in links if same_site(link, str(fields["url"]))]
    fields["links"] = links
    try:
        return article_from_fields(fields, name or "page", 1, options)
    except ValueError as error:
        return unreadable_page(str(error), "Correct the front matter")


class _UnreadableError(Exception):
    """A text that is no page; its arguments are the reason and the remedy."""


def _checked_text(text: str) -> str:
    """Return the text of a page, without HTML; raise _UnreadableError for what is none."""
    if len(text) > MAX_PAGE_BYTES or len(text.encode(errors="replace")) > MAX_PAGE_BYTES:
        raise _UnreadableError("the page is over 2 MB", "Give one fact check to a file")
    if not text.strip():
        raise _UnreadableError("the page is empty", "Check the program that extracted the text")
    if "\0" in text:
        raise _UnreadableError("the file is not text", "Give the page as text in UTF-8")
    try:
        return _without_html(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise _UnreadableError(str(error), "Give the page as text") from error


def _without_html(text: str) -> str:
    """Return pasted HTML as lines of a page, its first heading as the headline; others as is."""
    if not _PASTED_HTML.match(text):
        return text
    lines: list[str] = []
    for section in html_text(text).sections:
        if section.heading:
            is_first = not any(line.startswith("#") for line in lines)
            lines.append(f"{'#' if is_first else '##'} {section.heading}")
        lines += section.text.splitlines()
    return "\n".join(lines)


def _front_value(value: object) -> object:
    """Return a value of the front matter with its texts cleaned and cut."""
    if isinstance(value, str):
        return line_without_markup(value)[:_MAX_FIELD_CHARACTERS]
    if isinstance(value, list):
        return [_front_value(item) for item in value[:_MAX_FRONT_ITEMS]]
    return value


def _check_published(front: Mapping[str, object]) -> None:
    """Raise ValueError where ``published`` is neither true nor false nor a day."""
    value = front.get("published")
    if isinstance(value, str) and parse_date(value) is None:
        front_matter_flag({"published": value}, "published", default=True)


def _front_address(front: Mapping[str, object]) -> str:
    """Return the first web address among the keys that hold the page's own."""
    for key in _ADDRESS_KEYS:
        value = front.get(key)
        if isinstance(value, str) and (address := web_address(value)):
            return address
    return ""


def _front_slug(fields: Mapping[str, object], front: Mapping[str, object]) -> str:
    """Return the slug of the front matter, else the last part of a path of the site."""
    for value in (fields.get("slug"), *(front.get(key) for key in _ADDRESS_KEYS)):
        if isinstance(value, str) and value.strip("/ "):
            return value.strip("/ ").rpartition("/")[2].removesuffix(".html")
    return ""


def _is_listing_page(lines: list[str], parts: Parts) -> bool:
    if parts.summary is not None or parts.sections or parts.followups:
        return False
    return len({line.strip() for line in lines if patterns.is_listing_line(line.strip())}) >= 2


def _read_page_head(rest: list[str], title: str) -> tuple[str, list[str]]:
    """Return the headline ("" for none) and the lines under it.

    The headline is the first of these: after "Fact check:", after a single "#", the title of the
    front matter, the first line of at least two words. A truncated title ("…") only helps to find
    its line. Lines above the headline are dropped as boilerplate of the site.
    """
    if marked := _read_page_headline(rest):
        return marked
    beginning = title.rstrip(".… ") if title.endswith(("...", "…")) else ""
    if title and not beginning:
        same = bool(rest) and rest[0].lstrip("# ").casefold() == title.casefold()
        return title, rest[1:] if same else rest
    for i, line in enumerate(rest):
        bare = line.lstrip("# ")
        if beginning and bare.startswith(beginning):
            return bare, rest[i + 1 :]
    if beginning:
        return title, rest
    for i, line in enumerate(rest):
        bare = line.lstrip("# ")
        if " " in bare and len(bare) <= _MAX_BARE_HEADLINE_CHARACTERS and not bare.startswith("- "):
            return bare, rest[i + 1 :]
    # No headline: a single word above the text is the name of the site.
    return "", [line for line in rest if " " in line]


def _read_page_headline(lines: list[str]) -> tuple[str, list[str]] | None:
    """Return the headline after "Fact check:" or a single "#", and the lines under it."""
    for i, line in enumerate(lines):
        marked = patterns.headline_in_line(line)
        if marked:
            return marked, lines[i + 1 :]
        if marked == "" and i + 1 < len(lines):
            return lines[i + 1].lstrip("# "), lines[i + 2 :]
    for i, line in enumerate(lines):
        if line.startswith("# "):
            return line[2:].strip(), lines[i + 1 :]
    return None


def _read_page_body(parts: Parts, lead: list[str]) -> tuple[str, tuple[Section, ...]]:
    """Return the summary and the sections; no text under the headline is lost."""
    while parts.sections and not parts.followups and not parts.sources:
        text = parts.sections[-1][1]
        if not text or not patterns.is_footer_line(text[-1]):
            break
        text.pop()
    sections = [Section(words, join_lines_without_markup(text)) for words, text in parts.sections]
    above = join_lines_without_markup(lead)
    summary = join_lines_without_markup(parts.summary or ())
    if not summary:
        results = (s.text for s in sections if patterns.is_results_heading(s.heading))
        summary = next(results, "")
    if above and not summary and sections:
        summary, above = above, ""
    if above:
        sections.insert(0, Section("", above))
    return summary, tuple(sections)


def _read_page_followups(lines: list[str]) -> tuple[str, ...]:
    """Return the questions without repetitions; a short line without "?" ends the list."""
    found: dict[str, None] = {}
    for line in lines:
        question = re.sub(r"^(?:- |#{1,6} |\d{1,2}[.)] )+", "", line)
        if not question.endswith(patterns.QUESTION_MARKS) and len(question.split()) < 4:
            break
        found[_cut_page_line(question)] = None
    return tuple(found)[:_MAX_FOLLOWUPS]


def _read_page_sources(lines: list[str], text: str) -> tuple[Source, ...]:
    """Return the listed sources, then those that only a linked citation names."""
    entries: dict[int, str] = {}
    last: int | None = None
    for line in lines:
        if entry := patterns.source_in_line(line):
            last = entry[0] if entry[0] not in entries else None
            if last is not None:
                entries[last] = entry[1]
        elif last is not None and len(entries[last]) < _MAX_FIELD_CHARACTERS:
            entries[last] = f"{entries[last]} {line}".strip()
    found = [_read_page_source(number, entry) for number, entry in entries.items() if entry]
    links = sorted(citation_links_in_markup(text).items())
    found += [Source(n, url, web_address(url)) for n, url in links if n not in entries]
    return tuple(found[:_MAX_SOURCES])


def _read_page_source(number: int, entry: str) -> Source:
    address = find_address(entry)
    if address is None:
        return Source(number, entry[:_MAX_FIELD_CHARACTERS])
    url = address[0].rstrip(".,;:!?'”")
    if url.endswith(")") and "(" not in url:
        url = url[:-1]
    rest = entry[: address.start()] + entry[address.start() :].replace(url, "", 1)
    rest = re.sub(r"\(\s*\)|<\s*>", "", rest).strip(" ,;:–—-")
    rest = " ".join(re.sub(r"[\s,;:–—-]+\.$", ".", rest).split())
    has_words = any(c.isalnum() for c in rest)
    return Source(number, rest[:_MAX_FIELD_CHARACTERS] if has_words else url, web_address(url))


def _cut_page_line(text: str) -> str:
    """Return ``text`` in at most 500 characters, cut between words where it is longer."""
    if len(text) <= _MAX_HEADLINE_CHARACTERS:
        return text
    return text[: _MAX_HEADLINE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip() + "…"
