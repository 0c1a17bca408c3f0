"""Markup removal: lines of an extracted page to plain text, without tags, escapes and emphasis.

Every pattern is linear in the length of the line, also on hostile pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from corpus.readers.field_values import visible_field_text

_ESCAPE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]*|/)?>")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:[ ]\"[^\"\n]*\")?\)"
_CITATION_LINK = re.compile(rf"\[\[?\^?(\d{{1,4}})\]?\]{_TARGET}")
_LINK = re.compile(rf"!?\[([^\[\]]*)\]{_TARGET}")
_STARS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])([^*]+)(?<=\S)\*{1,3}(?![\w*])")
_UNDERLINES = re.compile(r"(?<!\w)_{1,3}(?=[^\s_])([^_]+)(?<=\S)_{1,3}(?!\w)")
_LEFT_OVER = re.compile(r"\*{2,}|^(?:> ?)+|^\*(?=[^\s*])")
_BACKSLASH = re.compile(r"\\([.\-*_#\[\]()>!`+])")
_INNER_REFERENCE = re.compile(r"\s?\(p\d+_s\d+(?:(?:,|;| and| vs\.?) p\d+_s\d+)*\)")
_BULLET = re.compile(r"^[•◦▪‣·●○–*+-]\s+(?=\S)")
_RULE = re.compile(r"^(?:[-*_=]\s?){3,}$")
_TEMPLATE = re.compile(r"\{\{[<%][^\n]{0,500}?[%>]\}\}|\{%[^\n]{0,500}?%\}|\{:[^\n{}]{0,200}\}")
_COMMENT = re.compile(r"<!--[^>]{0,2000}?-->")
_WORDS_AND_ADDRESS = re.compile(
    r"(?<!!)(?<!\[)\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>\"]{3,1990})\)"
)
_PUNCTUATION = re.compile(r"[.,;:!?…)\]”\"]+")
_CITATIONS = re.compile(r"(?:\[\d{1,4}\]\s?)+[.,;]?")


def line_without_markup(line: str) -> str:
    """Return one line as plain text: links reduced to their words, emphasis and tags gone.

    Citations stay ``[n]``, a bullet of any kind becomes ``- ``, and the ``#`` of a heading stays
    for recognising it. White space is single. A rule becomes "".
    """
    if "&" in line:  # only whole escapes: "?a=1&copy=2" is an address and holds none
        line = _ESCAPE.sub(lambda found: html.unescape(found[0]), line)
    line = " ".join(visible_field_text(line).split())
    if _RULE.fullmatch(line):
        return ""
    if "<" in line:
        line = _TAG.sub("", _AUTOLINK.sub(r"\1", line))
    if "](" in line:
        line = _LINK.sub(r"\1", _CITATION_LINK.sub(r"[\1]", line))
    bullet = _BULLET.match(line)
    line = line[bullet.end() :] if bullet else line
    if "*" in line or "_" in line or ">" in line:
        line = _LEFT_OVER.sub("", _UNDERLINES.sub(r"\1", _STARS.sub(r"\1", line)))
    line = _INNER_REFERENCE.sub("", _BACKSLASH.sub(r"\1", line).replace("`", ""))
    line = line.strip()
    return f"- {line}" if bullet and line else line


def join_lines_without_markup(lines: Iterable[str]) -> str:
    """Return cleaned lines as one text, a paragraph or bullet a line.

    A line of punctuation or citations alone was split off the sentence before and is joined to it.
    """
    paragraphs: list[str] = []
    for line in lines:
        line = line.lstrip("# ")
        if not line or line == "-":
            continue
        if paragraphs and _PUNCTUATION.fullmatch(line):
            paragraphs[-1] += line
        elif paragraphs and _CITATIONS.fullmatch(line):
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
    return "\n".join(paragraphs)


def without_templates(text: str) -> str:
    """Return a page without the codes of site generators: Hugo's, Jekyll's, and HTML comments."""
    if "{" in text:
        text = _TEMPLATE.sub("", text)
    return _COMMENT.sub("", text) if "<!--" in text else text


def links_in_markup(text: str) -> list[tuple[str, str]]:
    """Return words and address of each ``[words](address)``, pictures and citations left out."""
    return [
        (line_without_markup(words), address)
        for words, address in _WORDS_AND_ADDRESS.findall(text)
        if any(c.isalpha() for c in words)
    ]


def citation_links_in_markup(text: str) -> dict[int, str]:
    """Return the address of each ``[[n]](address)`` of a raw page by number; the first counts."""
    found: dict[int, str] = {}
    for match in re.finditer(r"\[\[(\d{1,4})\]\]\((https?://[^\s()<>\"]{3,1990})\)", text):
        found.setdefault(int(match[1]), match[2])
    return found
