"""Lists of a generation take new articles in, in the order of one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from corpus.storage.store import Change
from index.build import build_index
from index.live.live_index import LiveIndex
from index.search.reader import IndexReader
from index.warm_up import RowEmbeddings
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder
from recommender.related.live import LiveRelatedFinder

OLD = {
    a.id: a
    for a in (
        Article(
            f"{animal}{n}",
            f"Do {animal} sleep {when}?",
            sections=(Section("", f"{animal} sleep {when} in the caves of {animal} island. " * 3),),
        )
        for animal in ("bats", "eels", "owls", "newts")
        for n, when in enumerate(("by day", "in winter", "standing"))
    )
}
NEW = Article(
    "fresh",
    "Do bats sleep in summer?",
    sections=(Section("", "bats sleep in the caves of bats island in summer. " * 3),),
)


def finders(folder: Path, *changes: Change) -> tuple[RelatedFinder, LiveRelatedFinder]:
    build_index(OLD.values(), folder, word_table=RowEmbeddings())
    base = IndexReader(folder)
    articles = dict(OLD)
    for change in changes:
        articles.pop(change.id, None)
        if change.article:
            articles[change.id] = change.article
    live = LiveIndex(base)
    live.apply(changes)
    assert live.new_articles is not None
    old = RelatedFinder(base, articles.__getitem__, {}, ArticleVectors.of_index(base))
    new = LiveRelatedFinder(
        old, live.new_articles, articles.__getitem__, {}, live.reader.__contains__, live.changed
    )
    return old, new


def test_a_new_article_stands_in_lists_of_others_and_has_its_own(tmp_path: Path) -> None:
    _, live = finders(tmp_path, Change(20, "fresh", NEW))
    for id in ("bats0", "bats1"):
        assert "fresh" in [r.article_id for r in live.related(OLD[id], 10)]
    own = [r.article_id for r in live.related(NEW, 10)]
    assert set(own[:2]) <= {"bats0", "bats1", "bats2"}
    assert "fresh" not in own
    scores = [r.score for r in live.related(OLD["bats0"], 10)]
    assert scores == sorted(scores, reverse=True)


def test_two_new_articles_are_related_to_each_other(tmp_path: Path) -> None:
    other = Article("other", "Do bats sleep in autumn?", sections=NEW.sections)
    _, live = finders(tmp_path, Change(20, "fresh", NEW), Change(21, "other", other))
    assert "other" in [r.article_id for r in live.related(NEW, 10)]


def test_what_was_changed_or_withdrawn_is_not_taken_from_the_generation(tmp_path: Path) -> None:
    corrected = Article("bats1", "Do newts sing?", sections=(Section("", "newts sing."),))
    old, live = finders(
        tmp_path,
        Change(20, "fresh", NEW),
        Change(21, "bats1", corrected),
        Change(22, "bats2", None),
    )
    before = old.related(OLD["bats0"], 10)
    named = [r.article_id for r in live.with_new(OLD["bats0"], before, 10)]
    assert "bats2" not in named
    for suggestion in live.related(OLD["bats0"], 10):
        assert all("in winter" not in reason for reason in suggestion.reasons)


def test_probabilities_are_of_old_and_new(tmp_path: Path) -> None:
    old, live = finders(tmp_path, Change(20, "fresh", NEW))
    found = live.probabilities(OLD["bats0"], ["bats1", "fresh", "unknown"])
    assert found[0] == pytest.approx(old.probabilities(OLD["bats0"], ["bats1"])[0])
    assert found[1] > 0.0
    assert found[2] == 0.0
