"""Names of pages: the id in an address or a file name, and a headline out of it where need be."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

_LONGEST = 200
_UNSAFE = re.compile(r"[^\w.~-]+")
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|txt|md)$", re.IGNORECASE)
_KEY = re.compile(r"(?=.*\d)[0-9a-z]{6,}|[0-9a-f]{8,}", re.IGNORECASE)
_NAMELESS = frozenset("index default untitled unnamed article document page file text".split())


def slug(text: str) -> str:
    """Return ``text`` as an id of at most 200 characters that stands in a path; "" for no id."""
    return _UNSAFE.sub("-", text).strip("-.")[:_LONGEST].rstrip("-.")


def slug_of_address(url: str) -> str:
    """Return the last part of the path of an address, "" where it has none."""
    try:
        parts = [part for part in urlsplit(url).path.split("/") if part]
    except ValueError:  # such as half an IPv6 address
        return ""
    found = slug(_EXTENSION.sub("", unquote(parts[-1]))) if parts else ""
    return "" if found.casefold() in _NAMELESS else found


def slug_of_file(name: str) -> str:
    """Return the name of a file without folder and extension; "" for none."""
    return slug(_EXTENSION.sub("", PurePath(name).name))


def headline_of_slug(slug: str) -> str:
    """Return the words of a slug as a headline, "" where they are fewer than two.

    A number in front (the order of files) and a key at the end are not words of the headline.
    """
    words = [word for word in re.split(r"[-_.~\s]+", slug) if word]
    if len(words) > 1 and words[0].isdigit():
        words = words[1:]
    if len(words) > 1 and _KEY.fullmatch(words[-1]):
        words = words[:-1]
    if sum(any(c.isalpha() for c in word) for word in words) < 2:
        return ""
    if all(word.casefold() in _NAMELESS or word.isdigit() for word in words):
        return ""
    headline = " ".join(words)
    return headline[0].upper() + headline[1:]
