"""A large archive is gone through article by article, and comes to the same lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.models import Article
from corpus.storage.store import Store
from index.build import build_index
from index.search.reader import IndexReader
from recommender.precompute import preparation
from recommender.precompute.build import build_suggestions
from recommender.precompute.preparation import StoredArticles
from recommender.precompute.worker import BuildInputs

ARTICLES = [
    Article(f"{n:02}", f"Do {kind} sleep in winter {n}?", summary=f"Many {kind} rest.")
    for n, kind in enumerate(("bats", "moths", "owls", "foxes") * 5)
]
OLD = replace(ARTICLES[0], id="old", headline="Do bats sleep?")
HIDDEN = Article("hidden", "Do bats hide?", published=False)


def built(folder: Path) -> list[bytes]:
    folder.mkdir()
    newer = replace(ARTICLES[0], supersedes=("old",))
    with Store.open(folder / "store.sqlite") as store:
        store.put([newer, *ARTICLES[1:], OLD, HIDDEN])
        build_index((a for a in store.articles() if a.published), folder)
    inputs = BuildInputs(folder / "store.sqlite", folder)
    build_suggestions(inputs, None, lambda *_: None, 0)
    return [(folder / name).read_bytes() for name in ("related.jsonl", "questions.jsonl")]


def test_articles_that_are_read_anew_give_the_same_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = built(tmp_path / "memory")
    monkeypatch.setattr(preparation, "MAX_IN_MEMORY", 7)
    assert built(tmp_path / "disk") == in_memory


def test_stored_articles_are_those_that_are_indexed_and_current(tmp_path: Path) -> None:
    built(tmp_path / "a")
    reader = IndexReader(tmp_path / "a")
    with Store.open(tmp_path / "a" / "store.sqlite") as store:
        every = StoredArticles(store, reader)
        assert len(every) == len(list(every)) == len(ARTICLES) + 1
        current = StoredArticles(store, reader, {"old"})
        assert [a.id for a in current] == [a.id for a in ARTICLES]
        assert (OLD in every, OLD in current, HIDDEN in every) == (True, False, False)
