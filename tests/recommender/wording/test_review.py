"""All faults of a question in the list of an article, its own premise among them."""

from __future__ import annotations

from corpus.models import Article
from recommender.wording.flags import Flag
from recommender.wording.review import false_claim, faults

BATS = Article("bats", "Are bats blind?", claim="Bats are blind at night.", verdict="False")


def test_only_a_false_verdict_makes_a_false_claim_and_a_headline_stands_in_for_it() -> None:
    assert false_claim(BATS) == "Bats are blind at night."
    assert false_claim(Article("a", "Are bats blind?", verdict="False")) == "Are bats blind?"
    assert false_claim(Article("a", "Are bats blind?", claim="Bats see.", verdict="True")) == ""
    assert false_claim(Article("a", "Are bats blind?")) == ""


def test_faults_are_those_of_the_wording_and_of_the_premise() -> None:
    assert faults("How do bats hunt moths?", false_claim(BATS)) == ()
    (premise,) = faults("Why are bats blind at night?", false_claim(BATS))
    assert premise == Flag(
        "not neutral", "takes for granted a claim that was found false", "Bats are blind at night."
    )
    assert faults("Why are bats blind at night?", "") == ()
    assert [flag.fault for flag in faults("Why is it so?", "")] == [
        "does not stand alone",
        "not specific",
    ]
