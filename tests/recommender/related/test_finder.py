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


BRIDGE = Article(
    "bridge-en",
    "Was the Oderturm bridge in Frankfurt closed after the fire?",
    claim="The Oderturm bridge in Frankfurt was closed after the fire.",
    summary="The Oderturm bridge stayed open. Lorries crossed it in Frankfurt all night.",
    language="en",
)
SAME_WORDS = replace(
    BRIDGE,
    id="same-words",
    headline="Do 400 lorries cross the Oderturm bridge in Frankfurt?",
    claim="",
    summary="So many lorries cross the Oderturm bridge in Frankfurt a night.",
)
REST = [
    Article(f"town-{n}", f"Is town number{n} growing?", summary=f"Census{n} says so.")
    for n in range(12)
]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", True), ("en-GB", True), ("EN", True), ("", True), ("de", False), ("fr", False)],
)
def test_nothing_in_another_language_and_an_unknown_one_may_be_any(
    tmp_path: Path, language: str, shown: bool
) -> None:
    other = replace(SAME_WORDS, language=language)
    finder = finder_of(tmp_path, [BRIDGE, other, *REST])
    ids = [r.article_id for r in finder.related(BRIDGE, 5)]
    assert ids == (["same-words"] if shown else [])
    back = [r.article_id for r in finder.related(other, 5)]
    assert back == (["bridge-en"] if shown else [])


def test_a_page_of_unknown_language_is_shown_those_of_any(tmp_path: Path) -> None:
    here = replace(BRIDGE, language="")
    finder = finder_of(tmp_path, [here, replace(SAME_WORDS, language="de"), *REST])
    assert [r.article_id for r in finder.related(here, 5)] == ["same-words"]


def test_the_same_claim_is_shown_in_any_language(tmp_path: Path) -> None:
    again = replace(
        BRIDGE,
        id="again",
        headline="Sperrung in Frankfurt",
        summary="Die Oderturm bridge war offen.",
        language="de",
    )
    finder = finder_of(tmp_path, [BRIDGE, again, replace(SAME_WORDS, language="de"), *REST])
    found = finder.related(BRIDGE, 5)
    assert [(r.article_id, r.relation) for r in found] == [("again", "same claim")]


def finder_of(
    folder: Path, articles: list[Article], superseded: dict[str, str] | None = None
) -> RelatedFinder:
    build_index(articles, folder)
    return make_finder(folder, {a.id: a for a in articles}.__getitem__, superseded or {})


@pytest.mark.parametrize(
    "articles", [[], [WINE], [Article("empty", "")], [Article("is", "Is it?")]]
)
def test_in_an_archive_of_one_article_or_none_nothing_is_related(
    tmp_path: Path, articles: list[Article]
) -> None:
    finder = finder_of(tmp_path, articles)
    for article in articles:
        assert finder.related(article, 5, stored=True) == ()
    draft = replace(WINE, id="draft", headline="Is wine older than beer?")
    found = [r.article_id for r in finder.related(draft, 5)]
    assert found == (["wine"] if articles == [WINE] else [])
    assert finder.related(Article("draft", ""), 5) == ()


@pytest.mark.parametrize("k", [0, 1, 2, 50])
def test_at_most_k_and_the_first_of_more(finder: RelatedFinder, k: int) -> None:
    every = finder.related(WINE, 9)
    assert finder.related(WINE, k) == every[:k]


def test_a_stored_article_gets_what_its_text_gets(finder: RelatedFinder) -> None:
    for article in ARTICLES:
        if article.published:
            assert finder.related(article, 5, stored=True) == finder.related(article, 5)


def test_lists_do_not_depend_on_the_order_of_articles(tmp_path: Path) -> None:
    one = finder_of(tmp_path / "one", ARTICLES[:7])
    other = finder_of(tmp_path / "other", ARTICLES[:7][::-1])
    for article in ARTICLES[:7]:
        found, again = (f.related(article, 5) for f in (one, other))
        assert [r.article_id for r in found] == [r.article_id for r in again]
        assert [r.score for r in found] == pytest.approx([r.score for r in again], abs=1e-5)


def test_equal_scores_are_ordered_by_id(tmp_path: Path) -> None:
    genes = BY_ID["genes"]
    copies = [replace(genes, id=id) for id in ("z", "b", "m")]
    finder = finder_of(tmp_path, [WINE, *copies, *REST])
    assert [r.article_id for r in finder.related(WINE, 2)] == ["b", "m"]


def test_a_draft_is_shown_the_check_of_its_own_claim_first(tmp_path: Path) -> None:
    finder = finder_of(tmp_path, [*ARTICLES[:7], *REST])
    found = finder.related(replace(WINE, id="draft"), 3)
    assert [r.article_id for r in found[:2]] == ["twin", "wine"]  # one text, by id
    assert [r.is_same_claim for r in found] == [True] * 3
    assert found[2].score > found[0].score  # it has more to add, and is less surely the same


def test_a_list_of_the_publishers_own_is_filled_from_its_own_articles(tmp_path: Path) -> None:
    here = replace(WINE, publisher="Valley Voice")
    own = Article(
        "grapes",
        "Are 12 red grapes a day good for the heart?",
        summary="Red grapes make red wine.",
        publisher="Valley Voice",
    )
    others = [replace(BY_ID["genes"], id=f"genes-{n}", publisher=f"Herald {n}") for n in range(8)]
    finder = finder_of(tmp_path, [here, own, *others, *REST])
    assert [r.article_id for r in finder.related(here, 1, scope="own")] == ["grapes"]
    assert [r.article_id for r in finder.related(here, 9)][:8] == [o.id for o in others]
    unknown = replace(here, id="draft", publisher="Nowhere News")
    assert finder.related(unknown, 5, scope="own") == ()


def test_probabilities_are_those_of_the_lists_and_0_for_an_unknown_article(
    finder: RelatedFinder,
) -> None:
    found = finder.related(WINE, 9)
    ids = [r.article_id for r in found]
    probabilities = finder.probabilities(WINE, [*ids, "nowhere"])
    assert probabilities.tolist() == pytest.approx([*(r.probability for r in found), 0.0])
    assert finder.probabilities(WINE, []).tolist() == []
