"""Encoded text: which text stands for an article or a query, and what it covers."""

from __future__ import annotations

import numpy as np

from corpus.models import Article, Section
from index.dense.encoded_text import (
    MAX_LEAD_CHARACTERS,
    covers_article,
    encoded_lead,
    encoded_query,
    mostly_long,
)


def test_the_lead_is_the_claim_else_the_start_of_summary_and_body() -> None:
    body = (Section("", "b" * 2 * MAX_LEAD_CHARACTERS),)
    assert (
        encoded_lead(Article("a", "H?", claim="It flies.", summary="No.", sections=body))
        == "It flies."
    )
    assert encoded_lead(Article("a", "H?", summary="No.", sections=body)).startswith("No. bbb")
    assert len(encoded_lead(Article("a", "H?", sections=body))) == MAX_LEAD_CHARACTERS
    assert encoded_lead(Article("a", "H?")) == ""


def test_an_article_is_covered_by_a_claim_or_a_short_body() -> None:
    bounds = np.array([[0, 3, 5, 5, 900], [0, 3, 3, 3, 100], [0, 3, 3, 3, 900]])
    assert covers_article(bounds).tolist() == [True, True, False]


def test_a_line_of_summary_does_not_make_an_archive_of_long_articles_a_short_one() -> None:
    long, short, claimed = [0, 3, 3, 20, 900], [0, 3, 3, 20, 200], [0, 3, 9, 20, 900]
    assert mostly_long(np.array([long, long, short]))
    assert not mostly_long(np.array([long, short, short]))
    assert not mostly_long(np.array([long, claimed, claimed]))
    assert not mostly_long(np.zeros((0, 5), np.int64))


def test_addresses_of_a_query_are_not_encoded() -> None:
    assert encoded_query("Bats  fly\nhttps://example.org/a?b=1 by night pic.twitter.com/x") == (
        "Bats fly by night"
    )
    assert encoded_query("https://example.org") == ""
    assert len(encoded_query("bats " * MAX_LEAD_CHARACTERS)) <= MAX_LEAD_CHARACTERS
