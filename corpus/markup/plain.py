"""Plain text of a field that may hold HTML: tags and character references of a web page."""

from __future__ import annotations

import html
import re

from corpus.markup.fragments import html_text

# Whole references only: "?a=1&copy=2" is an address and holds none.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Elements of texts. "<name>", "a < b" and "x<y>" are texts, and stay.
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|audio|b|blockquote|br|button|caption|center|cite|code|dd|del|div|dl"
    r"|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|label"
    r"|li|link|main|mark|meta|nav|noscript|object|ol|p|pre|q|s|script|section|small|source|span"
    r"|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|u|ul|video|wbr)"
    r"(?:\s[^<>]*|/)?>|<!--",
    re.IGNORECASE,
)


def has_markup(text: str) -> bool:
    """Return whether ``text`` holds a tag of HTML."""
    return "<" in text and _TAG.search(text) is not None


def is_plain(text: str) -> bool:
    """Return whether ``plain_text`` would leave ``text`` as it is."""
    if "<" not in text and "&" not in text:
        return True
    return not has_markup(text) and _REFERENCE.search(text) is None


def plain_text(text: str) -> str:
    """Return ``text`` without tags and character references; a block or line break is a line.

    Text that holds neither stays the same to the character.
    """
    if has_markup(text):
        text = html_text(text).text
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def plain_line(text: str) -> str:
    """Return ``plain_text`` on one line, white space single."""
    return " ".join(plain_text(text).split())
