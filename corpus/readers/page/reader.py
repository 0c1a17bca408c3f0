"""Page reader: the extracted text of a fact check's web page to an article.

The format: a headline after "Fact check:", "Checked on <date>", "Executive Summary", numbered
sections with ``[n]`` citations, "Sources", and "Want to dive deeper?" with follow-up questions;
"Claim: …", "Verdict: …" and the like above the text; each in any language of ``marks.toml``.
Only a headline is required, on the page or in its address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from corpus.analysis.dates import parse_date
from corpus.analysis.web_addresses import find_address, web_address
from corpus.models import Article, BadRecord, Section, Source
from corpus.readers.field_values import field_language_code
from corpus.readers.page import line_patterns as patterns
from corpus.readers.page.front_matter import (
    front_matter_flag,
    split_front_matter,
    split_front_matter_list,
)
from corpus.readers.page.head_values import split_head_values
from corpus.readers.page.markup import (
    citation_links_in_markup,
    join_lines_without_markup,
    line_without_markup,
)
from corpus.readers.page.slug import (
    headline_from_slug,
    slug,
    slug_from_file_name,
    slug_from_url,
)
from corpus.readers.page.splitter import Parts, split_parts

MAX_PAGE_BYTES = 2_000_000  # some 300 printed pages; bounds the work on a hostile page
_MAX_HEADLINE_CHARACTERS = 500  # longer ones are text with a lost line break
_MAX_BARE_HEADLINE_CHARACTERS = 300  # an unmarked line that is longer is text
_MAX_FIELD_CHARACTERS = 2_000  # of a front matter value or source: a long paragraph
_MAX_FOLLOWUPS = 20  # bounds the list on a hostile page; real ones have about five
_MAX_SOURCES = 1_000  # bounds the list on a hostile page


def read_page(text: str, *, name: str) -> Article | BadRecord:
    """Return the fact check on a page, or a BadRecord that says why there is none.

    Parameters
    ----------
    text
        The page as extracted text, with or without front matter; at most 2 MB.
    name
        File name of the page for messages; it also gives the id where the front matter has no
        ``url``, and the headline where the page has none. "" for none.

    Notes
    -----
    The summary is the executive summary; without one, the section "Summary of the results", which
    stays a section too; without that, the text under the headline. Headings lose their number,
    texts their markup; each line of a text is a paragraph, or a bullet that begins with ``- ``.
    A date that cannot be parsed is None. Addresses that are not http or https are left out.
    """

    def unreadable_page(reason: str, remedy: str, line: int = 1) -> BadRecord:
        return BadRecord(name or "page", line, reason, remedy)

    if len(text) > MAX_PAGE_BYTES or len(text.encode(errors="replace")) > MAX_PAGE_BYTES:
        return unreadable_page("the page is over 2 MB", "Give one fact check to a file")
    if not text.strip():
        return unreadable_page("the page is empty", "Check the program that extracted the text")
    if "\0" in text:
        return unreadable_page("the file is not text", "Give the page as text in UTF-8")
    if re.match(r"\s*<(?:!doctype|html|\?xml)\b", text, re.IGNORECASE):
        return unreadable_page("the page is HTML source", "Extract its text first")
    lines = text.removeprefix("\ufeff").splitlines()
    front, start = split_front_matter(lines)
    front = {
        key: line_without_markup(value)[:_MAX_FIELD_CHARACTERS] for key, value in front.items()
    }
    try:
        published = front_matter_flag(front, "published", default=True)
    except ValueError as error:
        line = next((n for n, t in enumerate(lines, 1) if t.lower().startswith("published")), 1)
        return unreadable_page(str(error), "Write published: true or published: false", line)

    parts = split_parts(lines[start:])
    if _is_listing_page(lines, parts):
        return unreadable_page(
            "the page lists fact checks and is none itself", "Give the pages that it lists"
        )
    url = web_address(front.get("url", ""))
    id = slug_from_url(url) or slug_from_file_name(name)
    head = split_head_values(parts.head)
    headline, lead = _read_page_head(head.lines, front.get("title", ""))
    headline = headline or head.stated.get("claim", "") or headline_from_slug(id)
    if not any(c.isalnum() for c in headline):
        return unreadable_page(
            "the page has no headline", 'Begin it with "Fact check: " and the headline'
        )
    id = id or slug(headline)
    if not id:
        return unreadable_page(
            "the page has no id", "Name its file or write its url into the front matter"
        )
    summary, sections = _read_page_body(parts, lead)
    return Article(
        id=id,
        headline=_cut_page_line(headline),
        summary=summary,
        sections=sections,
        followups=_read_page_followups(parts.followups),
        sources=_read_page_sources(parts.sources, text),
        checked_on=head.checked_on or _read_page_date(front) or head.published_on,
        claim=front.get("claim", "") or head.stated.get("claim", ""),
        claimant=front.get("claimant", "") or head.stated.get("claimant", ""),
        verdict=front.get("verdict", "") or head.stated.get("verdict", ""),
        topic=front.get("topic", ""),
        publisher=front.get("publisher", ""),
        url=url,
        language=field_language_code(front.get("language", "")),
        supersedes=tuple(
            old for old in split_front_matter_list(front.get("supersedes", "")) if old != id
        ),
        published=published,
    )


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


def _read_page_date(front: Mapping[str, str]) -> date | None:
    return parse_date(front.get("checked_on", "")) or parse_date(front.get("date", ""))


def _cut_page_line(text: str) -> str:
    """Return ``text`` in at most 500 characters, cut between words where it is longer."""
    if len(text) <= _MAX_HEADLINE_CHARACTERS:
        return text
    return text[: _MAX_HEADLINE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip() + "…"
