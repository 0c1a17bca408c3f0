"""A bound on the length of authors in feeds, for the package feedparser.

feedparser looks for an e-mail address in each author by an expression whose time grows with the
square of the author's length: ten thousand letters take seconds, a feed may have millions. It has
no setting for it, so its method is given shorter texts.
"""

from __future__ import annotations

from typing import Any

from feedparser.mixin import _FeedParserMixin

MAX_AUTHOR_CHARACTERS = 500  # a list of authors with their addresses has less
_look_for_address = _FeedParserMixin._sync_author_detail


def bound_authors() -> None:
    """Let feedparser see at most ``MAX_AUTHOR_CHARACTERS`` of an author; twice is as once."""
    _FeedParserMixin._sync_author_detail = _look_for_address_in_bounds


def _look_for_address_in_bounds(parser: Any, key: str = "author") -> None:
    context = parser._get_context()
    author = context.get(key)
    if isinstance(author, str) and len(author) > MAX_AUTHOR_CHARACTERS:
        context[key] = author[:MAX_AUTHOR_CHARACTERS]
    _look_for_address(parser, key)
