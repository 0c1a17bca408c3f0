"""A dry run shows what an article has, cut to what a terminal holds."""

from __future__ import annotations

import pytest

from api.cli.ingestion.preview import MAX_SHOWN_CHARACTERS, MAX_SHOWN_RECORDS, show_records
from corpus.models import Article, Section


def test_the_first_articles_are_shown_with_the_fields_that_have_a_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    article = Article(
        id="trams",
        headline="Do \x1b[31mtrams fly?",
        sections=(Section("", "no " * MAX_SHOWN_CHARACTERS),),
        tags=("rail", "wings"),
    )
    show_records((article,) * (MAX_SHOWN_RECORDS + 1))
    out = capsys.readouterr().out
    assert out.count("headline") == MAX_SHOWN_RECORDS
    assert "\x1b[31m" not in out
    assert "rail; wings" in " ".join(out.split())
    assert "claimant" not in out
    assert out.count("…") == MAX_SHOWN_RECORDS
