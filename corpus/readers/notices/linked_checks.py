"""Newer and older checks that an article names with a link, in its notices or its page's head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.analysis.web_addresses import (
    canonical_address,
    find_address,
    same_site,
    web_address,
)
from corpus.models import Notice, Section
from corpus.readers.notices.finder import names_this_article
from corpus.readers.notices.words import words_of

MAX_LINKED = 20  # of each kind
MAX_SENTENCE_CHARACTERS = 400
_END_PARAGRAPHS = 3  # at either end of an article, where a word on other checks stands
_MIN_WORDS_CHARACTERS = 3  # of a link: shorter words stand in any sentence
_SENTENCE_END = re.compile(r"(?<=[.!?\u3002\uff1f\uff01])\s+(?=\S)|\n")


def linked_checks(
    notices: Sequence[Notice],
    sections: Iterable[Section],
    links: Iterable[tuple[str, str]],
    url: str,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of the checks that replace an article, and of those that it replaces.

    A sentence must say so and hold the link: by the link's words, or the address itself. Both
    pages must be of one site, since no site replaces the check of another; an article without an
    address may name any. Which sentence counts: one of a notice, and one that has the words of
    such a relation ("newer version", "this replaces") in the first or last paragraphs.

    Parameters
    ----------
    notices
        Of the article.
    sections
        Its text.
    links
        Words and address of each link of the text.
    url
        The article's own address.
    """
    sections = tuple(sections)
    if not notices and not sections:
        return (), ()
    links = [(words, address) for words, address in links if _may_be_check(address, url)]
    newer: dict[str, None] = {}
    older: dict[str, None] = {}
    for sentence, before in _sentences(notices, sections):
        if not (addresses := list(_addresses_in(sentence, links, url))):
            continue
        said = f"{before} {sentence}"
        if words_of("older").search(said):
            older |= dict.fromkeys(addresses)
        elif words_of("newer").search(said):
            newer |= dict.fromkeys(addresses)
    both = newer.keys() & older.keys()  # a text that says both of one says nothing
    return (
        tuple(a for a in newer if a not in both)[:MAX_LINKED],
        tuple(a for a in older if a not in both)[:MAX_LINKED],
    )


def _sentences(notices: Sequence[Notice], sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """Yield the sentences that may speak of another check, each with the one before it."""
    lines = [line for s in sections for line in s.text.split("\n")]
    n = _END_PARAGRAPHS
    ends = lines if len(lines) <= 2 * n else [*lines[:n], *lines[-n:]]
    told = dict.fromkeys(n.text for n in notices)
    for text in (*told, *(line for line in ends if " ".join(line.split()) not in told)):
        before = ""
        for sentence in _SENTENCE_END.split(text):
            if len(sentence) > MAX_SENTENCE_CHARACTERS:
                before = ""
                continue
            if text in told or names_this_article(f"{before} {sentence}"):
                yield sentence, before
            before = sentence


def _addresses_in(sentence: str, links: Sequence[tuple[str, str]], url: str) -> Iterator[str]:
    for words, address in links:
        if len(words) >= _MIN_WORDS_CHARACTERS and words in sentence:
            yield address
    if found := find_address(sentence):
        address = web_address(found[0].rstrip(".,;:!?'”)"))
        if address and _may_be_check(address, url):
            yield address


def _may_be_check(address: str, url: str) -> bool:
    other, own = canonical_address(address), canonical_address(url)
    if not other or other == own or not web_address(address):
        return False
    return "/" in other and (not own or same_site(address, url))
