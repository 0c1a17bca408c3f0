from __future__ import annotations

import pytest

from corpus.models import Article, Section
from recommender.question_generation.claim_sentences import (
    LEAD,
    claim_sentences_lead,
    claim_shown_in_opening,
    claim_stated_in_opening,
    labelled_claims,
    shares_claim_words,
)


def article(headline: str = "Port of call", summary: str = "", body: str = "") -> Article:
    return Article("a1", headline, summary=summary, sections=(Section("", body),))


def test_the_lead_does_not_repeat_the_headline() -> None:
    assert (
        claim_sentences_lead(article("Port of call", body="Port of call\nShips land."))
        == "Ships land."
    )
    assert claim_sentences_lead(article("Port of call", body="Ships land.")) == "Ships land."
    assert len(claim_sentences_lead(article(body="owl " * LEAD))) == LEAD


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Claim: Owls sleep in the port of Ulm.\nVerdict: no", ["Owls sleep in the port of Ulm"]),
        ("The rumour: “Owls sleep in the port.”", ["Owls sleep in the port"]),
        ("A claim: owls sleep in the port", []),  # a sentence, not a label
        ("Claim: Owls sleep in Ulm. Bats sleep in Bern.", []),  # two sentences
        ("Claim: too short", []),
    ],
)
def test_a_labelled_claim_is_one_sentence_after_its_label(text: str, claims: list[str]) -> None:
    assert labelled_claims(text) == claims


def test_two_labelled_claims_are_enough() -> None:
    text = "\n".join(f"Claim: {owls} owls sleep in Ulm." for owls in ("Ten", "Two", "Six"))
    assert labelled_claims(text) == ["Ten owls sleep in Ulm", "Two owls sleep in Ulm"]


@pytest.mark.parametrize(
    ("summary", "clause"),
    [
        (
            "A photo has been shared in posts that claim it shows a whale stranded in Vienna.",
            "a photo does not show a whale stranded in Vienna",
        ),
        (
            "Videos purported to show a flood in Bern, which were viewed by many.",
            "videos do not show a flood in Bern",
        ),
        (
            "An image claimed to show a mill on fire has been shared by farmers.",
            "an image does not show a mill on fire",
        ),
    ],
)
def test_what_a_picture_is_claimed_to_show_is_a_clause(summary: str, clause: str) -> None:
    found = claim_shown_in_opening(article(summary=summary))
    assert [c.text for c in found] == [clause]
    assert found[0].said
    assert found[0].shown


def test_only_the_opening_is_read() -> None:
    claimed = "A photo purported to show a whale in Vienna."
    assert claim_shown_in_opening(article(body=claimed))
    assert not claim_shown_in_opening(article(body=f"Ships land. Ships leave. {claimed}"))
    assert not claim_shown_in_opening(article(body="A photo shows a whale in Vienna."))


def test_shared_words_must_be_about_the_subject() -> None:
    headline = "Fact check: viral photo of a whale in Vienna is fake"
    assert shares_claim_words("Does a photo show a whale?", headline, first=True)
    assert not shares_claim_words("Does a viral photo show a mill?", headline, first=True)


def test_a_question_from_below_the_opening_shares_more() -> None:
    headline = "Owls sleep in the port of Ulm"
    assert shares_claim_words("Do owls sleep in the port of Bern?", headline, first=False)
    assert not shares_claim_words("Do owls hunt mice in the barns of Bern?", headline, first=False)
    assert shares_claim_words("Do owls hunt mice in the barns of Bern?", headline, first=True)


@pytest.mark.parametrize(
    ("summary", "claim"),
    [
        ("Posts claim that Ulm sold its port, but it did not.", "Ulm sold its port"),
        ("Ships land. Memes alleging that owls sing in Ulm spread.", "owls sing in Ulm spread"),
        ("Jane Roe did not claim that Ulm sold its port.", None),
        ("Ulm denied claims that it sold the port.", None),
        ("Ulm sold its port.", None),
        ("Ships land. Ships leave. Posts claim that Ulm sold its port.", None),  # too far below
    ],
)
def test_what_the_opening_says_that_somebody_claims(summary: str, claim: str | None) -> None:
    found = claim_stated_in_opening(article(summary=summary))
    assert [c.text for c in found] == ([] if claim is None else [claim])
    assert all(c.said and c.reported for c in found)
