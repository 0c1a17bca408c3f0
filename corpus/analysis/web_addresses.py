"""Web addresses in text: find them, remove them, check one; recognise a post by its signs.

Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MAX_ADDRESS_CHARACTERS = 2_000  # longer ones break in browsers; bounds the work on hostile pages

_HOSTS = r"https?://|www\.|pic\.twitter\.com/|\bt\.co/"  # the last two stand bare in posts
_ANY_ADDRESS = re.compile(rf"(?:{_HOSTS})\S+", re.IGNORECASE)
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
