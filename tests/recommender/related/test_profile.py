"""What two articles are compared by."""

from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.related.profile import Profile, dice_of_profiles, is_number_in_profile

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
    assert dice_of_profiles(one, other) == pytest.approx(2 * 2 / 6)
    assert dice_of_profiles(one, one) == 1.0
    assert dice_of_profiles(one, frozenset()) == 0.0
    assert dice_of_profiles(frozenset(), frozenset()) == 0.0


@pytest.mark.parametrize("word", ["7", "2024", "b12", "two", "thousand", "half", "3.5", "x²"])
def test_numbers_in_digits_in_letters_and_in_names(word: str) -> None:
    assert is_number_in_profile(word)


@pytest.mark.parametrize("word", ["ferry", "ii", "tow", "", "co-op"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert not is_number_in_profile(word)


def test_details_are_numbers_and_negations_without_citation_marks() -> None:
    article = Article(
        "a",
        "Did two ferries never meet?",
        claim="Ferry B12 met no Harbour II [3].",
        summary="They met in 1987, not by day [4, 5].",
    )
    assert Profile.of(article).details == {"two", "never", "b12", "no", "II", "1987", "not"}


@pytest.mark.parametrize(
    ("written", "language"),
    [("pt", "pt"), ("pt-BR", "pt"), ("PT_br", "pt"), ("", ""), ("Portuguese", "")],
)
def test_a_language_is_compared_without_its_region(written: str, language: str) -> None:
    assert Profile.of(Article("a", "Is it?", language=written)).language == language


def test_names_of_several_words_stay_together_and_initials_and_titles_are_none() -> None:
    text = (
        "Last week Ann Reyes met Mr Low and J.B. of the Green Harbour Trust in the EU, été compris."
    )
    names = Profile.of(Article("a", "x", summary=text)).names
    assert names["harbour"] == names["trust"] == "Green Harbour Trust"
    assert names["rey"] == "Ann Reyes"
    assert names["eu"] == "EU"
    assert names["low"] == "Low"
    assert not {"mr", "j.b", "jb", "ete"} & set(names)
