"""An author of any length is read in time that grows with its length, and others as before."""

from __future__ import annotations

import time

import feedparser
import pytest

from corpus.readers.feeds.author_bound import MAX_AUTHOR_CHARACTERS, bound_authors

FEED = "<rss version='2.0'><channel><item><title>T?</title>%s</item></channel></rss>"


@pytest.mark.parametrize("name", ["author", "dc:creator", "itunes:author", "managingEditor"])
def test_a_long_author_costs_no_time(name: str) -> None:
    bound_authors()
    text = FEED % f"<{name}>{'a' * 200_000}</{name}>"
    before = time.process_time()
    feedparser.parse(text.encode())
    assert time.process_time() - before < 1  # minutes without the bound


def test_other_authors_are_read_as_before() -> None:
    bound_authors()
    bound_authors()
    (entry,) = feedparser.parse(
        (FEED % "<author>ann@desk.test (Ann Lee)</author>").encode()
    ).entries
    assert entry.author_detail.email == "ann@desk.test"
    assert entry.author_detail.name == "Ann Lee"
    names = ", ".join(f"Person {n}" for n in range(30))
    assert len(names) < MAX_AUTHOR_CHARACTERS
    (entry,) = feedparser.parse((FEED % f"<author>{names}</author>").encode()).entries
    assert entry.author == names
