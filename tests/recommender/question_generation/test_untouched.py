from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.grammar.casing import CasingTable
from recommender.grammar.nouns import NounTable
from recommender.grammar.parser import EnglishParser
from recommender.question_generation.headlines import Clause
from recommender.question_generation.made_question import Source
from recommender.question_generation.untouched import (
    Stated,
    UntouchedForms,
    untouched_accuracy,
    untouched_denied_claim,
    untouched_right_about,
)

BODY = "They said that owls sing at noon, and that owls like rain. They spoke of rain, of rain."


@pytest.mark.parametrize(
    ("headline", "question"),
    [
        (
            "Jane Roe’s false claims about taxes in Ulm",
            "How accurate are Jane Roe’s claims about taxes in Ulm?",
        ),
        (
            "Fact-checking Jane Roe's statement on trams",
            "How accurate is Jane Roe's statement on trams?",
        ),
        (
            "Jane Roe's misleading figures on taxes, trams (2019)",
            "How accurate are Jane Roe's figures on taxes and trams?",
        ),
    ],
)
def test_a_headline_that_names_a_claim_asks_how_accurate_it_is(
    headline: str, question: str
) -> None:
    assert untouched_accuracy(headline) == question


@pytest.mark.parametrize(
    "headline",
    [
        "Jane Roe’s claim about taxes is false",  # the verdict
        "Jane Roe’s claim about trams needs context",
        "Jane Roe’s claims about this tram",
        "the mayor sold two trams",
        "jane roe’s claim about trams",
        "Jane Roe’s claim about a viral hoax",
    ],
)
def test_a_headline_with_its_verdict_does_not(headline: str) -> None:
    assert untouched_accuracy(headline) == ""


def forms(
    parser: EnglishParser, clause: Clause, source: Source = "headline", claimed: bool = False
) -> list[tuple[str, str]]:
    """Return questions and rules of one clause, which is the headline as well."""
    made = UntouchedForms(CasingTable.learn([BODY] * 20), NounTable.learn([BODY] * 20))
    parse = next(parser.parse([clause.text]))
    article = Article("a1", clause.text, summary=BODY)
    stated: list[Stated] = [(clause, source, parse)]
    found = list(made.questions(article, clause.text, stated, claimed))
    assert all(origin in {source, "claim"} for _, origin, _ in found)
    return [(question, rule) for question, _, rule in found]


DRINK = "owls drink rain in Ulm"


def test_somebody_who_is_named_is_asked_to_be_right(parser: EnglishParser) -> None:
    clause = Clause(DRINK, said=True, who="Jane Roe", verb="says")
    assert forms(parser, clause)[0] == (f"Is Jane Roe right that {DRINK}?", "is X right")
    clause = Clause(DRINK, said=True, who="Jane Roe", verb="said")
    assert forms(parser, clause)[0][0] == f"Was Jane Roe right that {DRINK}?"


@pytest.mark.parametrize("who", ["", "viral posts"])
def test_what_a_medium_or_nobody_says_is_asked_to_be_true(parser: EnglishParser, who: str) -> None:
    found = forms(parser, Clause(DRINK, said=True, who=who, verb="claim" if who else ""))
    assert found[0] == (f"Is it true that {DRINK}?", "is it true")
    assert ("What is behind the claim “Owls drink rain in Ulm”?", "quoted claim") in found


@pytest.mark.parametrize("who", ["Ulm", "the owls", "the police of Ulm", "CDU CSU"])
def test_one_word_or_no_name_is_nobody_to_be_right(parser: EnglishParser, who: str) -> None:
    clause = Clause(DRINK, said=True, who=who, verb="says")
    assert "is X right" not in {rule for _, rule in forms(parser, clause)}


def test_a_missing_article_leaves_only_quotations(parser: EnglishParser) -> None:
    found = forms(parser, Clause("owls drink beer in zoo", said=True))
    assert {rule for _, rule in found} == {"quoted claim"}


def test_a_label_makes_a_claim_of_the_headline(parser: EnglishParser) -> None:
    clause = Clause("Jane Roe sold all the owls of Ulm")
    quotation = "“Jane Roe sold all the owls of Ulm”?"
    claimed = forms(parser, clause, claimed=True)
    assert (f"What is behind the claim {quotation}", "quoted claim") in claimed
    assert (f"What is behind {quotation}", "quoted headline") in forms(parser, clause)


def test_a_denial_is_not_quoted(parser: EnglishParser) -> None:
    assert forms(parser, Clause("Jane Roe sold all the owls of Ulm", denied=True)) == []
    assert forms(parser, Clause("owls do not drink rain in Ulm", said=True), claimed=True) == []


def test_a_shared_picture_comes_first(parser: EnglishParser) -> None:
    text = "a photo does not show Whale Stranded in Vienna"
    clause = Clause(text, said=True, shown=True, medium="photo", content="Whale Stranded in Vienna")
    question = "What does a photo shared as “Whale Stranded in Vienna” show?"
    assert forms(parser, clause)[0] == (question, "shared as")


def test_a_headline_about_a_picture_or_a_claim_asks_about_it(parser: EnglishParser) -> None:
    found = forms(parser, Clause("video of owls in the rain in Ulm is not from Bern"))
    assert ("What is behind a video of owls in the rain in Ulm?", "picture") in found
    found = forms(parser, Clause("Jane Roe’s false claims about rain in Ulm"))
    assert ("How accurate are Jane Roe’s claims about rain in Ulm?", "how accurate") in found


def test_without_a_parse_only_the_claim_field_is_asked() -> None:
    made = UntouchedForms(CasingTable.learn([]), NounTable.learn([]))
    article = Article("a1", "Owls", claim="Owls can sing in Ulm.", summary="So owls can sing.")
    stated: list[Stated] = [(Clause("owls", said=True), "claim", None)]
    found = list(made.questions(article, "owls", stated, claimed=False))
    assert found == [("Is it true that owls can sing in Ulm?", "claim", "is it true")]


@pytest.mark.parametrize(
    ("headline", "claim"),
    [
        ("No, Jane Roe did not sell bridge in Ulm", "Jane Roe sold bridge in Ulm"),
        ("Jane Roe isn't owner of bridge in Ulm", "Jane Roe is owner of bridge in Ulm"),
        ("study doesn't show farmers in Ulm are rich", "Study shows farmers in Ulm are rich"),
    ],
)
def test_the_claim_of_a_denial_is_quoted(headline: str, claim: str) -> None:
    assert untouched_denied_claim(headline, False) == f"What is behind the claim “{claim}”?"


@pytest.mark.parametrize(
    "headline",
    [
        "Jane Roe did not only sell bridge in Ulm",
        "Jane Roe did not sell bridge in Ulm, but a ferry",
        "Jane Roe did not sell bridge until Ulm asked",
        "Jane Roe sold bridge in Ulm",
    ],
)
def test_a_denial_with_two_sides_is_left_alone(headline: str) -> None:
    assert untouched_denied_claim(headline, False) == ""


def test_a_bare_not_counts_where_the_publisher_shouts_it() -> None:
    headline = "Jane Roe not seen on bridge in Ulm"
    assert untouched_denied_claim(headline, True) == (
        "What is behind the claim “Jane Roe seen on bridge in Ulm”?"
    )
    assert untouched_denied_claim(headline, False) == ""


def test_claims_that_are_only_named() -> None:
    assert untouched_accuracy("Fact-checking Jane Roe's false claims about Ulm, Bern") == (
        "How accurate are Jane Roe's claims about Ulm and Bern?"
    )
    assert untouched_accuracy("Jane Roe's claims about Ulm are false") == ""


def test_a_judgement_becomes_open() -> None:
    found = untouched_right_about("Jane Roe mostly wrong about bridges in Ulm", lambda who: True)
    assert found == "Is Jane Roe right about bridges in Ulm?"
    assert untouched_right_about("Jane Roe wrong about bridges in Ulm", lambda who: False) == ""
