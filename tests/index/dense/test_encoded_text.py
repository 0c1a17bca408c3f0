"""What closeness of meaning says: relative to the best, with the words, and of which text."""

from __future__ import annotations

import numpy as np

from corpus.models import Article, Section
from index.dense.encoded_text import (
    DENSE_FEATURES,
    LEAD,
    covers_article,
    dense_features,
    encoded_query,
    lead,
    mostly_long,
)


def test_the_lead_is_the_claim_else_the_start_of_summary_and_body() -> None:
    body = (Section("", "b" * 2 * LEAD),)
    assert lead(Article("a", "H?", claim="It flies.", summary="No.", sections=body)) == "It flies."
    assert lead(Article("a", "H?", summary="No.", sections=body)).startswith("No. bbb")
    assert len(lead(Article("a", "H?", sections=body))) == LEAD
    assert lead(Article("a", "H?")) == ""


def test_an_article_is_told_whole_by_a_claim_or_a_short_body() -> None:
    bounds = np.array([[0, 3, 5, 5, 900], [0, 3, 3, 3, 100], [0, 3, 3, 3, 900]])
    assert covers_article(bounds).tolist() == [True, True, False]


def test_a_line_of_summary_does_not_make_an_archive_of_long_articles_a_short_one() -> None:
    long, short, claimed = [0, 3, 3, 20, 900], [0, 3, 3, 20, 200], [0, 3, 9, 20, 900]
    assert mostly_long(np.array([long, long, short]))
    assert not mostly_long(np.array([long, short, short]))
    assert not mostly_long(np.array([long, claimed, claimed]))
    assert not mostly_long(np.zeros((0, 5), np.int64))


def test_columns_are_what_their_names_say() -> None:
    cosines = [np.array([0.8, 0.4], np.float32), np.array([0.1, 0.2], np.float32)]
    passage = np.array([1.0, 2.0], np.float32)
    rows = dense_features(cosines, passage, np.array([True, False]))
    first, second = (dict(zip(DENSE_FEATURES, r.tolist(), strict=True)) for r in rows)
    assert np.isclose(second["meaning headline of best"], 0.5)
    assert np.isclose(first["meaning headline or passage"], 1.0)
    assert np.isclose(first["meaning headline and passage"], 0.5)
    assert np.isclose(first["meaning lead, whole"], 0.1)
    assert second["meaning lead, whole"] == 0.0


def test_addresses_of_a_query_are_not_encoded() -> None:
    assert encoded_query("Bats  fly\nhttps://example.org/a?b=1 by night pic.twitter.com/x") == (
        "Bats fly by night"
    )
    assert encoded_query("https://example.org") == ""
    assert len(encoded_query("bats " * LEAD)) <= LEAD


def test_no_candidates_give_no_rows() -> None:
    empty = np.zeros(0, np.float32)
    assert dense_features([empty, empty], empty, np.zeros(0, np.bool_)).shape == (
        0,
        len(DENSE_FEATURES),
    )
