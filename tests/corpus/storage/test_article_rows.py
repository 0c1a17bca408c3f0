"""A row holds its article to the character, and what an index needs beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given

from corpus.errors import StoreError
from corpus.models import Article
from corpus.serialization import article_to_dict
from corpus.storage.article_rows import (
    article_in_store,
    article_row,
    kind_of_change,
    stored_text_hash,
)
from tests.corpus.articles import ARTICLES


@given(ARTICLES)
def test_an_article_comes_back_from_its_row(article: Article) -> None:
    row = article_row(article)
    assert article_in_store(row.text) == article
    assert row.hash == stored_text_hash(row.text)
    assert (row.id, row.published) == (article.id, article.published)


@given(ARTICLES)
def test_the_text_of_a_row_is_canonical_json(article: Article) -> None:
    values = article_to_dict(article)
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert article_row(article).text == text.encode()  # the same as in archives of before


def test_a_row_says_when_an_embargo_ends_and_only_while_it_lasts() -> None:
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    waits = Article("a", "A?", published=False, embargo=moment)
    assert article_row(waits).due == "2026-06-01T00:00:00+00:00"
    assert article_row(Article("a", "A?", embargo=moment)).due == ""


def test_a_row_is_added_changed_or_unchanged() -> None:
    known: dict[str, bytes] = {}
    first, other = article_row(Article("a", "A?")), article_row(Article("a", "B?"))
    kinds = [kind_of_change(known, row) for row in (first, first, other)]
    assert kinds == ["added", "unchanged", "changed"]


def test_what_is_damaged_or_no_text_is_an_error() -> None:
    with pytest.raises(StoreError, match="damaged"):
        article_in_store(b"x\x9c\x00")
    with pytest.raises(ValueError, match="half a character"):
        article_row(Article("a", "\ud800"))
