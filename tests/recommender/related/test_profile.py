"""What two articles are compared by."""

from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.related.profile import Profile, dice

BATS = Article(
    "bats",
    "Are bats blind?",
    claim="Bats in Kenya are blind [12].",
    summary="On Monday the zoo of Nairobi denied it. Zoos agree with Nairobi's keepers.",
    verdict="False",
    topic="animals",
)


def test_terms_are_content_words_and_the_lead_holds_those_of_headline_and_claim() -> None:
    profile = Profile.of(BATS)
    assert profile.headline == {"bat", "blind"}
    assert profile.claim == {"bat", "kenya", "blind"}  # the number of a citation says nothing
    assert profile.headline | profile.claim < profile.lead


def test_names_are_capitalised_inside_a_sentence_and_no_days() -> None:
    names = Profile.of(BATS).names
    assert set(names.values()) == {"Kenya", "Nairobi"}


def test_a_long_opening_counts_in_part() -> None:
    long = Article("a", "Is it?", summary=body_of_words(2_000))
    assert len(Profile.of(long).lead) < 250


def body_of_words(n: int) -> str:
    return " ".join(f"word{number}" for number in range(n))


def test_dice_by_hand() -> None:
    one, other = frozenset("abc"), frozenset("bcd")
    assert dice(one, other) == pytest.approx(2 * 2 / 6)
    assert dice(one, one) == 1.0
    assert dice(one, frozenset()) == 0.0
    assert dice(frozenset(), frozenset()) == 0.0
