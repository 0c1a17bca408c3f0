"""What articles say, on disk: the same as it was, and gone when it is not needed any more."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recommender.precompute.article_terms import StoredArticleTerms
from recommender.ranking.tfidf import ArticleTerms

BATS = ArticleTerms(np.array([3, 1, 4], np.uint32), np.array([0, 0, 1], np.uint8), 2)
EMPTY = ArticleTerms(np.zeros(0, np.uint32), np.zeros(0, np.uint8), 0)


def test_articles_come_back_by_id(tmp_path: Path) -> None:
    StoredArticleTerms.of({"bats": BATS, "empty": EMPTY}).save(tmp_path)
    stored = StoredArticleTerms.open(tmp_path)
    for id, article in (("bats", BATS), ("empty", EMPTY)):
        found = stored.get(id)
        assert found is not None
        assert found.n_headline == article.n_headline
        assert found.text.tolist() == article.text.tolist()
        assert found.sentence.tolist() == article.sentence.tolist()
    assert stored.get("unknown") is None


def test_what_was_removed_leaves_nothing_behind(tmp_path: Path) -> None:
    StoredArticleTerms.of({"bats": BATS}).save(tmp_path)
    (tmp_path / "index.json").write_text("{}")
    StoredArticleTerms.remove(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.json"]
