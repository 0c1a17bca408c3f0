"""Web addresses in text: find them, remove them, check one; recognise a post by its signs.

Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

MAX_ADDRESS_CHARACTERS = 2_000  # longer ones break in browsers; bounds the work on hostile pages

_HOSTS = r"https?://|www\.|pic\.twitter\.com/|\bt\.co/"  # the last two stand bare in posts
# An address ends where no address goes on: at a quotation mark, a bracket, a comma, a bar, a dash,
# and at a letter that is not Latin; a pair of round brackets may stand in one.
_IN_ADDRESS = r"[\w\-.~:/?#\[\]@!$&'*+;=%\u00c0-\u024f]"
_ANY_ADDRESS = re.compile(
    rf"(?:{_HOSTS})(?:{_IN_ADDRESS}|\({_IN_ADDRESS}*\))+", re.IGNORECASE | re.ASCII
)
# What no address holds unescaped; angle brackets and quotation marks would end an HTML attribute.
_CHARACTER = r"[^\s<>\"\\\x00-\x20\x7f]"
_HTTP_ADDRESS = re.compile(rf"\bhttps?://{_CHARACTER}{{3,{MAX_ADDRESS_CHARACTERS - 10}}}", re.I)
_POST_SIGN = re.compile(rf"{_HOSTS}|://|(?<!\w)[#@]\w|\n", re.IGNORECASE)


def blank_addresses(text: str) -> str:
    """Return ``text`` with spaces in the place of web addresses; every other offset stays."""
    if "/" not in text and "www." not in text.lower():  # one is in every address, cheap to test
        return text
    return _ANY_ADDRESS.sub(lambda found: " " * len(found[0]), text)


def find_address(text: str) -> re.Match[str] | None:
    """Return the match of the first http or https address within ``text``, None without one."""
    return _HTTP_ADDRESS.search(text)


def web_address(text: str) -> str:
    """Return ``text`` without outer white space where it is one http or https address, else "".

    Following such an address can only open a web page: no script, no file, no other scheme.
    """
    text = text.strip()
    if not _HTTP_ADDRESS.fullmatch(text):
        return ""
    try:
        return text if urlsplit(text).netloc else ""
    except ValueError:  # such as half an IPv6 address
        return ""


def is_web_post(text: str) -> bool:
    """Return whether ``text`` looks pasted from a post or page.

    Its signs are a web address, a hashtag, a handle, or a line break.
    """
    return _POST_SIGN.search(text) is not None


_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|cmpid|ns_\w+|at_\w+|amp)$",
    re.IGNORECASE,
)
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_TYPED_ADDRESS = re.compile(
    rf"(?:(?:https?://|www\.)|(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?::\d+)?/)"
    rf"(?:{_IN_ADDRESS}|\({_IN_ADDRESS}*\))*",
    re.IGNORECASE | re.ASCII,
)


def typed_address(text: str) -> str:
    """Return ``text`` without outer white space where all of it is a web address, else "".

    A scheme is not needed where there is a path: desk.example/dam.
    """
    text = text.strip()
    return text if _TYPED_ADDRESS.fullmatch(text) else ""


@lru_cache(maxsize=4_096)  # readers and store ask for the same one within a batch
def canonical_address(address: str) -> str:
    """Return the host and path that all addresses of one page share, "" for what is no address.

    Scheme, ``www``, mobile and AMP variants, port 80 and 443, a trailing slash, fragments, tracking
    parameters and the order of parameters do not count.
    """
    address = address.strip()
    if "//" not in address:
        address = f"//{address}"
    try:
        parts = urlsplit(address[:MAX_ADDRESS_CHARACTERS])
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    host = _HOST_PREFIX.sub("", host)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = (
        re.sub(r"/+", "/", parts.path).rstrip("/").removesuffix("/amp").removesuffix("/index.html")
    )
    fields = [f for f in parts.query.split("&") if f and not _TRACKING.match(f.split("=")[0])]
    query = "&".join(sorted(fields))
    return f"{host}{path}{'?' if query else ''}{query}"


def same_site(first: str, second: str) -> bool:
    """Return whether two web addresses are of one host, in any form of it."""
    hosts = {canonical_address(address).partition("/")[0] for address in (first, second)}
    return len(hosts) == 1 and "" not in hosts
