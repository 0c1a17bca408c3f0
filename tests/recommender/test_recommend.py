"""Suggestions: no question twice, never the headline, never the article or an old check."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article
from index.build import build_index
from index.search import Index
from recommender.recommend import Recommender, same_question

ARTICLES = [
    Article("bats", "Are bats blind?", followups=("How do bats hunt moths?", "Are bats blind?")),
    Article(
        "moths",
        "Do moths hear bats?",
        followups=("How do bats hunt the moths?", "Why do moths hear bats?"),
    ),
    Article("old", "Can bats see at dusk?", followups=("Do old bats see?",)),
]


@pytest.fixture
def recommender(tmp_path: Path) -> Recommender:
    build_index(ARTICLES, tmp_path)
    return Recommender(Index(tmp_path), {a.id: a for a in ARTICLES}, {"old": "bats"})


def test_own_questions_come_first_and_no_two_ask_the_same(recommender: Recommender) -> None:
    found = recommender.suggestions(ARTICLES[0], 5).questions
    assert [(q.text, q.origin) for q in found] == [
        ("How do bats hunt moths?", "own"),
        ("Why do moths hear bats?", "archive"),
    ]


def test_related_is_never_the_article_itself_or_superseded(recommender: Recommender) -> None:
    found = recommender.suggestions(ARTICLES[0], 5).related
    assert [r.article_id for r in found] == ["moths"]


def test_same_words_in_another_order_are_the_same_question() -> None:
    assert same_question("Do bulls hate red?", "Is red hated by bulls?")
    assert not same_question("Do bulls hate red?", "Are bats blind?")
