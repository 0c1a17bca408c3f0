"""Passages cover an article, and the best one is where the words stand."""

from __future__ import annotations

from corpus.models import Article, Section
from recommender.answers.passages import (
    PASSAGE_TERMS,
    best_passage,
    passages,
    words_to_find_in_passages,
)

LONG = " ".join(f"w{n}" for n in range(250))
ARTICLE = Article(
    "a", "Are bats blind?", summary="No.", sections=(Section("Eyes", LONG), Section("", "Echoes."))
)


def test_every_word_is_in_a_passage_and_a_long_section_is_cut() -> None:
    cut = passages(ARTICLE)
    assert [p.section for p in cut] == [0, 1, 1, 1, 2]
    assert all(len(p.terms) <= PASSAGE_TERMS + 1 for p in cut)
    assert {f"w{n}" for n in range(250)} <= {t for p in cut for t in p.terms}


def test_the_passage_that_holds_the_words_is_best_and_the_first_of_equals() -> None:
    cut = passages(ARTICLE)
    assert best_passage("What does w240 say?", cut) == 1
    assert best_passage("What of echoes?", cut) == 2
    assert best_passage("Who pays?", cut) == 0
    assert best_passage("", ()) == 0


def test_an_empty_article_has_one_passage() -> None:
    cut = passages(Article("a", ""))
    assert [p.section for p in cut] == [0]
    assert best_passage("Are bats blind?", cut) == 0


def test_telling_words_come_once_in_order() -> None:
    assert words_to_find_in_passages("Are the bats blind, or are bats deaf?") == (
        "bat",
        "blind",
        "deaf",
    )
