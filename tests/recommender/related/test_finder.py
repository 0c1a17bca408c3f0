"""Related articles: never itself, its twin or an old check; each says what it is and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.models import Article
from index.build import build_index
from index.search.reader import IndexReader
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder

WINE = Article(
    "wine",
    "Is red wine good for the heart?",
    claim="A glass of red wine a day is good for the heart.",
    summary="Studies of drinkers in France found fewer heart attacks among them.",
    topic="health",
    verdict="True",
    checked_on=date(2020, 5, 1),
)
ARTICLES = [
    WINE,
    replace(WINE, id="twin"),
    replace(
        WINE,
        id="genes",
        headline="Do genes show that red wine protects the heart?",
        summary="Gene studies found no gain for the heart from red wine.",
        verdict="False",
        checked_on=date(2024, 5, 1),
    ),
    replace(
        WINE,
        id="again",
        headline="Does the heart gain from red wine?",
        summary="Later studies of wine in Spain agree about the heart.",
        checked_on=date(2023, 5, 1),
    ),
    Article("grapes", "Are red grapes sweet?", summary="Red grapes make red wine.", topic="health"),
    Article("old", "Can red wine stain teeth?", summary="Wine stains.", topic="health"),
    Article("new", "Does red wine still stain teeth?", summary="Red wine stains.", topic="health"),
    Article("hidden", "Is red wine red?", summary="Red wine.", published=False),
    Article("moon", "Is the Moon dry?", summary="Ice lies in craters.", topic="space"),
]
BY_ID = {a.id: a for a in ARTICLES}


def make_finder(
    folder: Path, article_of: Callable[[str], Article], superseded: dict[str, str]
) -> RelatedFinder:
    reader = IndexReader(folder)
    return RelatedFinder(reader, article_of, superseded, ArticleVectors.of_index(reader))


@pytest.fixture
def finder(tmp_path: Path) -> RelatedFinder:
    build_index(ARTICLES, tmp_path)
    return make_finder(tmp_path, BY_ID.__getitem__, {"old": "new"})


def test_never_itself_its_twin_an_old_check_or_a_hidden_one(finder: RelatedFinder) -> None:
    ids = [r.article_id for r in finder.related(WINE, 9)]
    assert {"genes", "again"} <= set(ids) <= {"genes", "again", "grapes", "new"}
    assert len(ids) == len(set(ids))


def test_each_says_what_it_is_to_the_article(finder: RelatedFinder) -> None:
    relation = {r.article_id: r.relation for r in finder.related(WINE, 9)}
    assert relation["genes"] == "contradicts"
    assert relation["again"] == "update"


def test_contradicting_verdicts_are_named(finder: RelatedFinder) -> None:
    genes = next(r for r in finder.related(WINE, 9) if r.article_id == "genes")
    assert "rates the same claim False, this one True" in genes.reasons


def test_an_old_check_is_shown_its_successor_as_an_update(finder: RelatedFinder) -> None:
    first = finder.related(BY_ID["old"], 3)[0]
    assert (first.article_id, first.relation) == ("new", "update")
    assert first.reasons[0] == "replaces this check"


def test_a_successor_is_not_shown_what_it_replaced(finder: RelatedFinder) -> None:
    assert "old" not in [r.article_id for r in finder.related(BY_ID["new"], 9)]


def test_contributions_add_up_and_scores_never_rise(finder: RelatedFinder) -> None:
    found = finder.related(WINE, 9)
    scores = [r.score for r in found]
    assert scores == sorted(scores, reverse=True)
    for r in found:
        assert sum(r.contributions.values()) == pytest.approx(r.score)
        assert r.reasons


def test_what_shares_nothing_is_not_related(finder: RelatedFinder) -> None:
    assert finder.related(BY_ID["moon"], 5) == ()


def test_a_draft_has_related_articles_and_fewer_than_k_is_an_answer(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path)
    draft = replace(WINE, id="draft", headline="Does red wine help the heart of sailors?")
    found = make_finder(tmp_path, BY_ID.__getitem__, {"old": "new"}).related(draft, 2)
    assert len(found) == 2
    unrelated = make_finder(tmp_path, BY_ID.__getitem__, {}).related(Article("x", ""), 5)
    assert unrelated == ()


def test_an_article_that_is_gone_is_left_out(tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path)
    left = {"wine": WINE, "genes": BY_ID["genes"]}
    found = make_finder(tmp_path, left.__getitem__, {}).related(WINE, 9)
    assert [r.article_id for r in found] == ["genes"]


def test_verdicts_one_step_apart_differ_and_do_not_contradict(tmp_path: Path) -> None:
    near = replace(BY_ID["genes"], verdict="Mostly true", checked_on=None)
    build_index([WINE, near], tmp_path)
    articles = {"wine": WINE, "genes": near}
    found = make_finder(tmp_path, articles.__getitem__, {}).related(WINE, 2)[0]
    assert found.relation == "same claim"
    assert "rates the same claim Mostly true, this one True" in found.reasons
