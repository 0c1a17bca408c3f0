"""Supersession chains: which article replaces which, followed to the last one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple


class Link(NamedTuple):
    """``new`` states that it replaces ``old``; the other fields are those of ``new``.

    ``checked_on`` is an ISO date, empty when unknown.
    """

    old: str
    new: str
    published: bool
    checked_on: str


def last_successors(links: Iterable[Link]) -> dict[str, str]:
    """Return each id that a published article replaces, with the one at the end of its chain.

    Chains lead through unpublished articles too: a replaced check does not come back when a check
    between them is withdrawn. Of several successors published ones come first, then the latest
    checked, then the smallest id; in a cycle the first in that order ends the chain. Linear in the
    number of links.
    """
    # Ascending ids, because max() keeps the first of equals.
    links = sorted(link for link in links if link.old != link.new)
    leads = _ids_leading_to_published(links)
    best: dict[str, Link] = {}
    for link in links:
        if link.published or link.new in leads:
            best[link.old] = max(best.get(link.old, link), link, key=_successor_preference)
    article = {link.new: link for link in links}
    last: dict[str, str] = {}
    for start in best:
        path: dict[str, None] = {}  # a dict for its order and fast look-up
        node = start
        while node in best and node not in last and node not in path:
            path[node] = None
            node = best[node].new
        if node in path:
            cycle = sorted(set(path) - set(takewhile(node.__ne__, path)))
            node = max((article[id] for id in cycle), key=_successor_preference).new
        last |= dict.fromkeys(path, last.get(node, node))
    return {old: new for old, new in sorted(last.items()) if old != new and article[new].published}


def _ids_leading_to_published(links: Iterable[Link]) -> set[str]:
    """Return the ids from which a published article is reached in any number of steps."""
    olds: dict[str, list[str]] = {}
    for link in links:
        olds.setdefault(link.new, []).append(link.old)
    waiting = [link.new for link in links if link.published]
    leads: set[str] = set()
    while waiting:
        for old in olds.pop(waiting.pop(), ()):
            leads.add(old)
            waiting.append(old)
    return leads


def _successor_preference(link: Link) -> tuple[bool, str]:
    return link.published, link.checked_on
