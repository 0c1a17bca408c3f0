"""Page slugs: article ids from addresses and file names, and headlines from slugs."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

MAX_SLUG_CHARACTERS = 200  # file names end at 255 bytes on most systems
_UNSAFE = re.compile(r"[^\w.~-]+")
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|txt|md|markdown)$", re.IGNORECASE)
_HASH = re.compile(r"(?=.*\d)[0-9a-z]{6,}|[0-9a-f]{8,}", re.IGNORECASE)
_GENERIC_NAMES = frozenset("index default untitled unnamed article document page file text".split())


def slug(text: str) -> str:
    """Return ``text`` as an id of at most 200 characters that is safe in a path; "" for none."""
    return _UNSAFE.sub("-", text).strip("-.")[:MAX_SLUG_CHARACTERS].rstrip("-.")


def slug_from_url(url: str) -> str:
    """Return the last part of the path of an address that names the article, "" for none.

    The form of a page (``/amp``, ``/index.html``) is none.
    """
    parts = address_parts(url)
    return parts[-1] if parts else ""


def address_parts(url: str) -> list[str]:
    """Return the parts of the path of an address as ids, without host and generic names."""
    try:
        parts = [part for part in urlsplit(url).path.split("/") if part]
    except ValueError:  # such as half an IPv6 address
        return []
    slugs = [slug(_EXTENSION.sub("", unquote(part))) for part in parts]
    while slugs and (slugs[-1].casefold() in _GENERIC_NAMES or slugs[-1].casefold() == "amp"):
        slugs.pop()
    return [part for part in slugs if part]


def slug_from_file_name(name: str) -> str:
    """Return the name of a file without folder and extension, "" for none.

    A file named ``index`` has the name of its folder: site generators keep an article and its
    pictures in one. A day before the name (Jekyll) stays.
    """
    path = PurePath(name)
    found = slug(_EXTENSION.sub("", path.name))
    if found.casefold() in ("index", "_index", "default") and path.parent.name:
        return slug(path.parent.name) or found
    return found


def headline_from_slug(slug: str) -> str:
    """Return the words of a slug as a headline, "" where they are fewer than two.

    A leading number (the order of files) and a hash at the end are no words of the headline.
    """
    words = [word for word in re.split(r"[-_.~\s]+", slug) if word]
    if len(words) > 1 and words[0].isdigit():
        words = words[1:]
    if len(words) > 1 and _HASH.fullmatch(words[-1]):
        words = words[:-1]
    if sum(any(c.isalpha() for c in word) for word in words) < 2:
        return ""
    if all(word.casefold() in _GENERIC_NAMES or word.isdigit() for word in words):
        return ""
    headline = " ".join(words)
    return headline[0].upper() + headline[1:]
