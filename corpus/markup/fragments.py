"""Text of a piece of HTML: sections by its headings, lists, tables, quotes, links.

The parser is lexbor, which reads what browsers read. Nothing of a page is run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.analysis.web_addresses import web_address
from corpus.models import Section

MAX_HTML_CHARACTERS = 4_000_000  # of one article; bounds time and memory on a hostile one
MAX_DEPTH = 400  # of elements within each other; text below is left out, browsers stop at 512
MAX_PARSED_DEPTH = 4_000  # the parser's time grows with its square
MAX_LINKS = 1_000

_DROPPED = frozenset(
    "script style template noscript iframe object embed svg math form button input select textarea"
    " nav footer aside audio video canvas head figcaption".split()
)
# Class or id names that stand for what is no text of the article: captions, embeds, furniture.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|wp-block-embed|wp-block-button|wp-block-spacer|sharedaddy|share"
    r"|sharing|social|addtoany|jp-relatedposts|related-posts|newsletter|subscribe|cookie|advert"
    r"|advertisement|ad-slot|promo|breadcrumbs?|kg-embed-card|kg-button-card|kg-bookmark-card"
    r"|kg-signup-card|screen-reader-text|more-link|read-more|skip-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "p div section article main header blockquote pre ul ol li dl dt dd table tbody thead tfoot tr"
    " figure hr center details summary address".split()
)
_HEADING = re.compile(r"h([1-6])")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u200b\ufeff]+")
# A block editor's comments and a plug-in's codes, with what stands within the codes of media.
_SHORTCODE_WITH_CONTENT = re.compile(
    r"\[(caption|gallery|playlist|audio|video|embed|iframe)\b[^\]\n]{0,300}\]"
    r"(?:(?!\[\1\b)[\s\S]){0,5000}?\[/\1\]",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\[/?(?:[a-z]+[_-][a-z0-9_-]+|caption|gallery|playlist|audio|video|embed|iframe|contact-form"
    r"|tweet|youtube|vimeo|instagram|button|column|row|ads?|toc|more)(?:\s[^\]\n]{0,300})?/?\]",
    re.IGNORECASE,
)
_READ_MORE_ENDS = " .…»\u203a→>"
_READ_MORE = re.compile(
    r"(?:read|see|find out|learn) more|continue reading.{0,80}|share (?:this|on \w+)|weiterlesen"
    r"|mehr lesen|lire la suite|en savoir plus|leer más|seguir leyendo|leia mais|continue lendo"
    r"|leggi (?:anche|tutto)|advertisement|anzeige|publicidad|publicité|publicidade|pubblicità",
    re.IGNORECASE,
)


# Tags of elements that only their own end tag closes.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dd|dt|option|br|img|hr|input|meta|link|source|wbr|col|area|base|embed"
    r"|track|param)\b)[a-z][^<>]*(/?)>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Sections in order, the lines above the first heading first; links as (words, address)."""

    sections: tuple[Section, ...]
    links: tuple[tuple[str, str], ...] = ()
    images: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Headings and texts, a line each."""
        return "\n".join(part for s in self.sections for part in (s.heading, s.text) if part)


def html_text(source: str) -> HtmlText:
    """Return what a reader sees of a piece of HTML, or of a page's body.

    A paragraph is a line, an item of a list a line that begins with ``- ``, a row of a table a line
    of cells between `` | ``. Scripts, styles, forms, menus, captions, embeds and share buttons are
    left out. Codes in square brackets of WordPress are removed. Links keep their words in the text.

    Raises
    ------
    ValueError
        It is too long, or elements stand within each other too deeply.
    """
    if len(source) > MAX_HTML_CHARACTERS:
        raise ValueError(f"the HTML is over {MAX_HTML_CHARACTERS // 1_000_000} million characters")
    check_nesting(source)
    source = _without_shortcodes(source)
    tree = LexborHTMLParser(source)
    root = tree.body
    if root is None:
        return HtmlText(())
    writer = _Writer()
    for node, entering in _walk(root):
        writer.enter(node) if entering else writer.leave(node)
    return writer.finished()


def check_nesting(source: str) -> None:
    """Raise ValueError where the elements of ``source`` are nested too deeply to be parsed."""
    if source.count("<") < MAX_PARSED_DEPTH:
        return
    depth = 0
    for found in _NESTING.finditer(source):
        depth += 0 if found[2] else -1 if found[1] else 1
        depth = max(depth, 0)
        if depth > MAX_PARSED_DEPTH:
            raise ValueError(f"the HTML has over {MAX_PARSED_DEPTH} elements within each other")


def _without_shortcodes(source: str) -> str:
    if "[" not in source:
        return source
    return _SHORTCODE.sub("", _SHORTCODE_WITH_CONTENT.sub("", source))


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield each node on entering and on leaving, those of ``_DROPPED`` and furniture left out."""
    stack: list[tuple[LexborNode, bool, int]] = [(root, False, 0)]
    while stack:
        node, done, depth = stack.pop()
        if done:
            yield node, False
            continue
        if not _is_text_of_article(node) or depth > MAX_DEPTH:
            continue
        yield node, True
        stack.append((node, True, depth))
        children = []
        child = node.child
        while child is not None:
            children.append((child, False, depth + 1))
            child = child.next
        stack.extend(reversed(children))


def _is_text_of_article(node: LexborNode) -> bool:
    tag = node.tag
    if tag in ("-text", "body"):
        return True
    if not tag or tag in _DROPPED or tag.startswith("-"):
        return False
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return not (names.strip() and _FURNITURE.search(names))


@dataclass(slots=True)
class _Writer:
    sections: list[tuple[str, list[str]]] = field(default_factory=lambda: [("", [])])
    links: dict[str, str] = field(default_factory=dict)
    images: dict[str, None] = field(default_factory=dict)
    line: list[str] = field(default_factory=list)
    prefix: str = ""
    heading: bool = False
    pre: int = 0
    cells: int = 0
    link: tuple[str, int] | None = None

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            self.line.append(text if self.pre else _SPACE.sub(" ", text))
        elif tag == "br":
            self.end_line()
        elif _HEADING.fullmatch(tag):
            self.end_line()
            self.heading = True
        elif tag in _BLOCKS:
            self.end_line()
            self.pre += tag == "pre"
            self.prefix = "- " if tag == "li" else self.prefix if tag in ("p", "div") else ""
            self.cells = 0
        elif tag in ("td", "th"):
            if self.cells:
                self.line.append(" | ")
            self.cells += 1
        elif tag == "a":
            self.link = (web_address(node.attributes.get("href") or ""), len(self.line))
        elif tag == "img":
            address = web_address(node.attributes.get("src") or "")
            if address and len(self.images) < MAX_LINKS:
                self.images.setdefault(address)

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if _HEADING.fullmatch(tag):
            words = _one_line(self.line)
            self.line, self.heading = [], False
            if words:
                self.sections.append((words, []))
        elif tag in _BLOCKS:
            self.end_line()
            self.pre -= tag == "pre"
        elif tag == "a" and self.link is not None:
            address, start = self.link
            words = _one_line(self.line[start:])
            if address and words and len(self.links) < MAX_LINKS:
                self.links.setdefault(address, words)
            self.link = None

    def end_line(self) -> None:
        if self.heading:  # a break within a heading
            self.line.append(" ")
            return
        texts = "".join(self.line).split("\n") if self.pre else ["".join(self.line)]
        for text in texts:
            words = _one_line([text]).strip("| ") if self.cells else _one_line([text])
            if words and not _READ_MORE.fullmatch(words.rstrip(_READ_MORE_ENDS)):
                self.sections[-1][1].append(self.prefix + words)
        if any(text.strip() for text in texts):
            self.prefix = ""
        self.line, self.link = [], None

    def finished(self) -> HtmlText:
        self.heading = False
        self.end_line()
        found = tuple(
            Section(heading, "\n".join(lines))
            for heading, lines in self.sections
            if heading or lines
        )
        links = tuple((words, address) for address, words in self.links.items())
        return HtmlText(found, links, tuple(self.images))


def _one_line(parts: list[str]) -> str:
    return _SPACE.sub(" ", "".join(parts)).strip()
