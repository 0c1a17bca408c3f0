"""All faults of a question in the list of an article, its own premise among them."""

from __future__ import annotations

from corpus.models import Article
from recommender.wording.flags import Flag
from recommender.wording.review import false_claim_to_review, review_wording

BATS = Article("bats", "Are bats blind?", claim="Bats are blind at night.", verdict="False")


def test_only_a_false_verdict_makes_a_false_claim_and_a_headline_stands_in_for_it() -> None:
    assert false_claim_to_review(BATS) == "Bats are blind at night."
    assert (
        false_claim_to_review(Article("a", "Are bats blind?", verdict="False")) == "Are bats blind?"
    )
    assert (
        false_claim_to_review(Article("a", "Are bats blind?", claim="Bats see.", verdict="True"))
        == ""
    )
    assert false_claim_to_review(Article("a", "Are bats blind?")) == ""


def test_faults_are_those_of_the_wording_and_of_the_premise() -> None:
    assert review_wording("How do bats hunt moths?", false_claim_to_review(BATS)) == ()
    (premise,) = review_wording("Why are bats blind at night?", false_claim_to_review(BATS))
    assert premise == Flag(
        "not neutral", "takes for granted a claim that was found false", "Bats are blind at night."
    )
    assert review_wording("Why are bats blind at night?", "") == ()
    assert [flag.fault for flag in review_wording("Why is it so?", "")] == [
        "does not stand alone",
        "not specific",
    ]


def test_a_question_in_another_language_has_no_fault() -> None:
    for text in ("warum ist das so", "لماذا؟", "?", "Why is it so?"):
        assert review_wording(text, BATS.claim, "de") == ()
        assert review_wording(text, BATS.claim, "pt-BR") == ()
    assert review_wording("Why is it so?", "", "en-GB")
