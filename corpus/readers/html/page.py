"""Web pages to articles: their ClaimReview, what they say of themselves, and their text.

The text is found by the package trafilatura. Nothing of a page is run, and no address is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from corpus.analysis.web_addresses import web_address
from corpus.markup import HtmlText, html_text
from corpus.markup.fragments import check_nesting
from corpus.models import BadRecord, Section
from corpus.readers.article_fields import article_from_fields
from corpus.readers.bytes_of_file import MAX_DOCUMENT_BYTES, ReadError, decoded, document_bytes
from corpus.readers.html.json_ld import article_object, json_ld_documents, objects_of_page
from corpus.readers.json_documents.claim_review import claim_reviews, has_type, review_fields
from corpus.readers.record import LeftOut, LocatedArticle, ReadOptions

MAX_PAGE_BYTES = 8_000_000
MAX_REVIEWS = 50  # of one page
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_META = {
    "headline": ("og:title", "twitter:title", "dc.title"),
    "summary": ("description", "og:description", "twitter:description", "dc.description"),
    "image": ("og:image", "og:image:url", "twitter:image"),
    "published_on": ("article:published_time", "date", "dc.date", "publish-date", "pubdate"),
    "modified_on": ("article:modified_time", "og:updated_time", "last-modified"),
    "topic": ("article:section",),
    "tags": ("article:tag", "news_keywords", "keywords"),
    "authors": ("author", "article:author", "dc.creator"),
    "publisher": ("og:site_name", "application-name"),
    "url": ("og:url",),
    "language": ("og:locale", "content-language"),
}
# Lines above the text that say who wrote it, when, and how long it takes to read.
_HEAD_LINE = re.compile(
    r"(?:- )?(?:(?:first |last |zuletzt )?(?:published|updated|posted|veröffentlicht"
    r"|aktualisiert|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato"
    r"|gepubliceerd)\b.*\d.*"
    r"|\d{1,3} ?(?:-| )?(?:min|minute|minuten|minutes|minutos|minuti)\b.*"
    r"|(?:by|von|par|por|di|door|autor|author|text|übersetzung|translation|traduction|adapt\w*)\b"
    r" ?(?:[:&]|und |and )?.{0,80})",
    re.IGNORECASE,
)
_MAX_HEAD_LINES = 8
_MAX_LINKED = 20  # newer or older versions that the head of a page names
_LISTS = ("tags",)  # of one value a tag
_ADDRESS = re.compile(r"https?://")


def read_html(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord | LeftOut]:
    """Yield the articles of one page of HTML: one for each ClaimReview, one for a page without."""
    file = str(path)
    try:
        data = document_bytes(path, min(MAX_PAGE_BYTES, MAX_DOCUMENT_BYTES))
    except ReadError as error:
        yield error.record
        return
    yield from located_page(page_text(data), file, options, options.address)


def page_text(data: bytes) -> str:
    """Return the text of a page: in the encoding that it names, else as any text."""
    found = _CHARSET.search(data[:4_096])
    if found:
        try:
            return data.decode(found[1].decode()).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass  # a page that does not know its own encoding
    return decoded(data)


def located_page(
    source: str, file: str, options: ReadOptions, address: str = ""
) -> Iterator[LocatedArticle | BadRecord | LeftOut]:
    """Yield the articles of the source of a page.

    Parameters
    ----------
    source
        The HTML.
    file
        Its name, for messages; the id of a page without an address is made of it.
    options
        The time, its zone.
    address
        Where the page was read, "" where it does not matter.
    """
    try:
        check_nesting(source)
    except ValueError as error:
        yield BadRecord(file, 1, str(error), "Give the text of the page as .txt")
        return
    tree = LexborHTMLParser(source)
    documents = list(json_ld_documents(tree))
    objects = objects_of_page(documents)
    if any(has_type(value, "MediaReview") for value in objects):
        yield LeftOut(file, "a MediaReview: pictures and videos are not indexed")
    described = {**_described(tree, article_object(objects)), "slug": _file_slug(file)}
    if address and not described.get("url"):
        described["url"] = address
    reviews = list(claim_reviews(documents))[:MAX_REVIEWS]
    try:
        text = _article_text(source, str(described.get("headline") or ""))
    except ValueError as error:
        yield BadRecord(file, 1, str(error), "Give the text of the page as .txt")
        return
    if not reviews and not text.sections:
        reason = "the page holds no ClaimReview and no text of an article"
        yield BadRecord(file, 1, reason, "Pages that only a browser's scripts fill cannot be read")
        return
    body: dict[str, object] = {"sections": text.sections, "links": text.links}
    for number, review in enumerate(reviews or [{}]):
        fields = {**described, **_said(review_fields(review) if review else {})}
        if described.get("headline"):  # a review's name is often cut off
            fields["headline"] = described["headline"]
        if number == 0:
            fields |= body
        else:  # another claim of the same page: found by itself, without the text again
            claim = str(fields.get("claim") or number)
            fields |= {
                "headline": claim,
                "system_id": f"claim:{_hash(str(fields.get('url')) + claim)}",
                "slug": f"{_file_slug(file)}-{number + 1}",
            }
        try:
            found = article_from_fields(fields, file, number + 1, options)
        except ValueError as error:
            yield BadRecord(file, 1, str(error), "The page names no headline")
            continue
        if number:
            id = f"{found.article.id}-{number + 1}"
            found = replace(found, article=replace(found.article, id=id))
        yield found


def _described(tree: LexborHTMLParser, said: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that a page states of itself, JSON-LD before ``meta`` elements."""
    meta: dict[str, list[str]] = {}
    for node in tree.css("meta[content]")[:500]:
        name = node.attributes.get("property") or node.attributes.get("name")
        if name:
            meta.setdefault(name.lower(), []).append(node.attributes.get("content") or "")
    found: dict[str, object] = {}
    for field, names in _META.items():
        values = next((meta[name] for name in names if any(meta.get(name, ()))), None)
        if values:
            found[field] = values if field in _LISTS and len(values) > 1 else values[0]
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        found["language"] = root.attributes["lang"]
    if "headline" not in found:
        title = tree.css_first("h1") or tree.css_first("title")
        found["headline"] = title.text(deep=True).strip() if title else ""
    links = [n.attributes.get("href") or "" for n in tree.css('link[rel="canonical"]')[:1]]
    authors = said.get("author")
    stated = {
        "headline": said.get("headline"),
        "summary": said.get("description"),
        "image": said.get("image") or said.get("thumbnailUrl"),
        "published_on": said.get("datePublished"),
        "modified_on": said.get("dateModified"),
        "topic": said.get("articleSection"),
        "tags": said.get("keywords"),
        "authors": [a for a in authors if isinstance(a, Mapping) and a.get("name")]
        if isinstance(authors, list)
        else authors,
        "publisher": said.get("publisher"),
        "language": said.get("inLanguage"),
        "notices": said.get("correction"),
        "supersedes": _linked(tree, "predecessor-version", "dcterms.replaces"),
        "superseded_by": _linked(tree, "successor-version", "dcterms.isreplacedby"),
        "url": next((link for link in links if _ADDRESS.match(link)), ""),
    }
    found |= _said(stated)
    if isinstance(found.get("authors"), str) and _ADDRESS.match(str(found["authors"])):
        del found["authors"]  # the address of a profile
    publisher = found.get("publisher")
    if isinstance(publisher, Mapping):
        found["publisher"] = publisher.get("name") or ""
    found["due"] = found.get("published_on")
    return found


def _linked(tree: LexborHTMLParser, relation: str, meta: str) -> list[str]:
    """Return the addresses of a link relation (RFC 5829) and of an element of Dublin Core."""
    links = tree.css(f'link[rel~="{relation}"][href], link[rel="{meta}" i][href]')[:_MAX_LINKED]
    named = tree.css(f'meta[name="{meta}" i][content]')[:_MAX_LINKED]
    found = [n.attributes.get("href") or "" for n in links]
    found += [n.attributes.get("content") or "" for n in named]
    return [address for one in found if (address := web_address(one))]


def _said(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that have a value."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {}, ())}


def _article_text(source: str, headline: str) -> HtmlText:
    """Return the text of the article without its headline."""
    try:
        extracted = trafilatura.extract(
            source,
            output_format="html",
            include_links=True,
            include_tables=True,
            include_comments=False,
            include_images=False,
        )
    except (ValueError, RecursionError, AssertionError, AttributeError, TypeError):
        extracted = None  # its parsers raise anything on a hostile page
    if not extracted:
        return HtmlText(())
    found = html_text(extracted)
    sections = [
        Section("" if _same_line(s.heading, headline) else s.heading, s.text)
        for s in found.sections
    ]
    if sections and not sections[0].heading:
        lines = sections[0].text.split("\n")
        if lines and _same_line(lines[0], headline):
            del lines[0]
        n = 0
        while n < min(len(lines), _MAX_HEAD_LINES) and _is_head_line(lines[n]):
            n += 1
        sections[0] = Section("", "\n".join(lines[n:]))
    kept = tuple(s for s in sections if s.heading or s.text)
    return HtmlText(kept, found.links)


def _is_head_line(line: str) -> bool:
    return _HEAD_LINE.fullmatch(line) is not None and not line.endswith((".", "!", "?"))


def _same_line(first: str, second: str) -> bool:
    return bool(first) and "".join(first.casefold().split()) == "".join(second.casefold().split())


def _file_slug(file: str) -> str:
    path = Path(file)
    stem = path.name.partition(".")[0]
    return path.parent.name if stem.casefold() in ("index", "default") else stem


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
