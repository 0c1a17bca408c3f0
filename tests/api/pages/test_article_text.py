"""Article text for HTML loses no character, and cites only sources that are known."""

from __future__ import annotations

from dataclasses import replace

from api.pages.article_text import (
    Block,
    Run,
    article_text_blocks,
    citation_runs,
    marked_runs,
    notices_outside_text,
)
from corpus.models import Article, Notice, Section


def test_text_falls_into_paragraphs_and_lists() -> None:
    assert article_text_blocks("One.\n\n- a\n- b\n Two. \n- c") == (
        Block(False, ("One.",)),
        Block(True, ("a", "b")),
        Block(False, ("Two.",)),
        Block(True, ("c",)),
    )
    assert article_text_blocks(" \n") == ()


def test_only_known_sources_are_citations() -> None:
    assert citation_runs("A [1, 2] b [3] [x].", {1, 2}) == (
        Run("A "),
        Run("[1]", 1),
        Run("[2]", 2),
        Run(" b [3] [x]."),
    )


def test_marks_may_be_anything_and_lose_no_text() -> None:
    runs = marked_runs("abcdef", [(4, 99), (1, 3), (2, 4), (-5, 0), (3, 1)])
    assert "".join(text for text, _ in runs) == "abcdef"
    assert [text for text, on in runs if on] == ["bc", "d", "ef"]


def test_notices_that_the_text_has_are_not_shown_again() -> None:
    inside, outside = Notice("update", "Update: Five  doors."), Notice("correction", "Four doors.")
    article = Article("a", "A?", sections=(Section("", "Trams.\nUpdate: Five doors."),))
    assert notices_outside_text(article) == ()
    assert notices_outside_text(replace(article, notices=(inside, outside))) == (outside,)
