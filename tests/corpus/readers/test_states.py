"""Only what its system calls published is published; an unknown word is no permission."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corpus.models import Article
from corpus.readers.states import due_articles, is_due_later, withheld_reason

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "state",
    [None, "", True, "publish", "Published", "LIVE", "public", "true", "1", "confirmed", "inherit"],
)
def test_published_states(state: object) -> None:
    assert withheld_reason(state) == ""


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (False, "unpublished"),
        ("draft", "a draft"),
        ("auto-draft", "a draft"),
        ("Entwurf", "a draft"),
        ("private", "private"),
        ("pending", "not approved yet"),
        ("future", "scheduled"),
        ("trash", "deleted"),
        ("members", "for members only"),
        ("archived", "unpublished"),
        ("0", "unpublished"),
        ("qwerty", "of the unknown state 'qwerty'"),
    ],
)
def test_other_states_are_withheld_with_their_reason(state: object, reason: str) -> None:
    assert withheld_reason(state) == reason


def test_what_is_published_or_scheduled_for_later_waits_for_its_moment() -> None:
    later, before = NOW.replace(year=2027), NOW.replace(year=2025)
    assert is_due_later("publish", later, NOW)
    assert is_due_later("future", later, NOW)
    assert not is_due_later("publish", before, NOW)
    assert not is_due_later("publish", None, NOW)
    assert not is_due_later("draft", later, NOW)


def test_due_articles_are_those_whose_embargo_is_over() -> None:
    waits = Article("a", "A?", published=False, embargo=NOW)
    draft = Article("b", "B?", published=False)
    assert due_articles([waits, draft], NOW) == [waits]
    assert due_articles([waits, draft], NOW.replace(year=2025)) == []
