"""What a format of export loses is named, and nothing else."""

from __future__ import annotations

from corpus.export.lost_fields import ALL_FIELDS, KEPT_FIELDS, lost_fields
from corpus.models import Article, Section


def test_only_fields_with_a_value_are_lost() -> None:
    article = Article("a", "Is rain wet?", sections=(Section("", "Yes."),), topic="Weather")
    assert lost_fields(article, "jsonl") == ()
    assert lost_fields(article, "csv") == ("sections",)
    assert lost_fields(article, "claimreview") == ("id", "sections", "topic")


def test_unpublished_is_a_value_that_a_feed_loses() -> None:
    assert lost_fields(Article("a", "Draft", published=False), "rss") == (
        "id",
        "published",
    )


def test_all_kept_fields_are_fields() -> None:
    assert all(kept <= ALL_FIELDS for kept in KEPT_FIELDS.values())


def test_a_cell_that_was_made_harmless_is_counted_as_lost() -> None:
    article = Article("a", "=HYPERLINK(1)", claim="harmless", summary="@sum")
    assert lost_fields(article, "csv") == ("headline", "summary")
