"""What the store holds now, read on demand, and a bounded part of it in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.backend.article_cache import ArticleCache
from corpus.models import Article
from corpus.storage.store import Store

ARTICLES = [Article(f"a{i}", f"Headline {i}?") for i in range(5)]
HIDDEN = Article("hidden", "Not published", published=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive.sqlite") as store:
        store.put([*ARTICLES, HIDDEN])
        yield store


def test_it_holds_what_is_published_and_nothing_else(store: Store) -> None:
    article_cache = ArticleCache(store)
    ids = [a.id for a in ARTICLES]
    assert article_cache.get_many([*ids, "hidden", "unknown"]) == {a.id: a for a in ARTICLES}
    assert article_cache["a3"] == ARTICLES[3]
    for id in ("hidden", "unknown"):
        with pytest.raises(KeyError):
            article_cache[id]


def test_some_come_in_the_order_asked_for_without_those_that_are_gone(store: Store) -> None:
    assert list(ArticleCache(store).get_many(["a4", "gone", "a0", "hidden", "a4"])) == ["a4", "a0"]


def test_it_keeps_only_what_was_asked_for_last(store: Store) -> None:
    article_cache = ArticleCache(store, max_articles=2)
    for id in ("a0", "a1", "a0", "a2"):
        assert article_cache[id].id == id
    assert list(article_cache._articles) == ["a0", "a2"]
    assert len(article_cache.get_many(a.id for a in ARTICLES)) == 5


def test_a_change_in_the_store_is_seen_at_once(store: Store) -> None:
    article_cache = ArticleCache(store)
    assert article_cache["a0"].headline == "Headline 0?"
    store.put([replace(ARTICLES[0], headline="Another?"), replace(ARTICLES[1], published=False)])
    assert article_cache["a0"].headline == "Another?"
    assert not article_cache.get_many(["a1"])
    store.delete(["a0"])
    assert not article_cache.get_many(["a0"])


def test_the_articles_of_a_moment_are_all_of_it(store: Store) -> None:
    article_cache = ArticleCache(store)
    before = article_cache.of_moment()
    first = before["a0"]
    store.put([replace(a, headline="Written since?") for a in ARTICLES])
    assert article_cache["a0"].headline == "Written since?"
    assert before["a0"] == first
    assert before.get_many(["a1", "a2"]) == {a.id: a for a in ARTICLES if a.id in ("a1", "a2")}
    assert article_cache.of_moment()["a1"].headline == "Written since?"
    assert article_cache["a1"].headline == "Written since?"  # an old one has not come back
