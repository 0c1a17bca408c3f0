"""Forms that keep the publisher's words: what may be quoted, and what stands after "that"."""

from __future__ import annotations

import pytest

from recommender.grammar.casing import CasingTable
from recommender.grammar.parser import EnglishParser
from recommender.question_generation.quoted import (
    MAX_QUOTED,
    is_finite_to_quote,
    is_medium,
    is_report,
    quoted,
    quoted_is_it_true,
    quoted_right_that,
    quoted_shared_as,
    that_clause,
)
from tests.recommender.grammar.sentences import sentence


@pytest.mark.parametrize(
    ("who", "medium"),
    [
        ("a Facebook post", True),
        ("Viral memes ", True),
        ("news stories", True),
        ("Jane Roe", False),
        ("a post office clerk", False),
    ],
)
def test_a_medium_is_not_somebody(who: str, medium: bool) -> None:
    assert is_medium(who) is medium


@pytest.mark.parametrize(
    ("written", "finite"),
    [
        ("Owls/NNS/nsubj/1 sing/VBP/ROOT/1", True),
        ("Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 trams/NNS/dobj/1", True),
        ("Ulm/NNP/nsubj/2 was/be/VBD/auxpass/2 sold/sell/VBN/ROOT/2", True),
        ("Trams/NNS/nsubj/1 sold/sell/VBD/ROOT/1", False),  # may be a participle
        ("Trams/NNS/nsubj/1 selling/sell/VBG/ROOT/1", False),
        ("Sold/sell/VBD/ROOT/0 trams/NNS/dobj/0", False),  # no subject
        ("Sings/sing/VBZ/ROOT/0 Rosa/NNP/nsubj/0", False),  # the subject behind the verb
        ("Owls/NNS/nsubj/1 sing/VBP/ROOT/1 bats/NNS/nsubj/3 sleep/VBP/ROOT/3", False),
    ],
)
def test_a_finite_clause_has_its_subject_before_a_finite_verb(written: str, finite: bool) -> None:
    assert is_finite_to_quote(sentence(written)) is finite


@pytest.mark.parametrize(
    ("written", "report"),
    [
        ("Ulm/NNP/nsubj/1 slams/slam/VBZ/ROOT/1 Bern/NNP/dobj/1", True),
        ("Garlic/NN/nsubj/1 cures/cure/VBZ/ROOT/1 malaria/NN/dobj/1", False),
        ("Ulm/NNP/nsubj/1 is/be/VBZ/ROOT/1 old/JJ/acomp/1", False),
        ("Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 trams/NNS/dobj/1", False),
        ("Ulm/NNP/nsubj/2 has/have/VBZ/aux/2 sold/sell/VBN/ROOT/2 trams/NNS/dobj/2", False),
    ],
)
def test_a_report_tells_in_the_present_what_somebody_does(written: str, report: bool) -> None:
    assert is_report(sentence(written)) is report


@pytest.mark.parametrize(
    ("written", "text", "clause"),
    [
        ("Ulm/NNP/nsubj/1 grew/VBD/ROOT/1", "Ulm grew", "Ulm grew"),
        ("The/DT/det/1 town/NN/nsubj/2 grew/VBD/ROOT/2", "The town grew", "the town grew"),
        ("Owls/NNS/nsubj/1 sing/VBP/ROOT/1", "Owls sing", "owls sing"),
        ("Zeppelins/NNS/nsubj/1 fly/VBP/ROOT/1", "Zeppelins fly", ""),  # a name or not?
        ("They/PRP/nsubj/1 sing/VBP/ROOT/1", "They sing", ""),
        ("Why/WRB/advmod/2 owls/NNS/nsubj/2 sing/VBP/ROOT/2", "Why owls sing", ""),
        ("owls/NNS/nsubj/1 sing/VBP/ROOT/1", "owls sing", "owls sing"),
    ],
)
def test_the_first_word_as_it_stands_after_that(written: str, text: str, clause: str) -> None:
    casing = CasingTable({"owls": "owls"})
    assert that_clause(text, sentence(written), casing) == clause


def test_somebody_is_asked_to_be_right_in_the_tense_of_the_headline() -> None:
    claim = "the port of Ulm belongs to a bank"
    assert quoted_right_that("Jane Roe", "says", claim) == f"Is Jane Roe right that {claim}?"
    assert quoted_right_that("Jane Roe", "said", claim) == f"Was Jane Roe right that {claim}?"


@pytest.mark.parametrize("first", ["it", "they", "this", "his"])
def test_a_claim_that_refers_back_is_not_asked(first: str) -> None:
    claim = f"{first} sold the port of Ulm to a bank"
    assert quoted_right_that("Jane Roe", "says", claim) == ""
    assert quoted_is_it_true(claim) == ""


def test_he_or_she_needs_somebody_before() -> None:
    claim = "she sold the port of Ulm to a bank"
    assert quoted_right_that("Jane Roe", "says", claim) == f"Is Jane Roe right that {claim}?"
    assert quoted_is_it_true(claim) == ""


def test_is_it_true_asks_what_is_fit() -> None:
    assert quoted_is_it_true("owls sing in the port of Ulm") == (
        "Is it true that owls sing in the port of Ulm?"
    )
    assert quoted_is_it_true("owls sing in the port of Ulm today") == ""


@pytest.mark.parametrize(
    ("text", "claim", "question"),
    [
        (
            "owls sing in the port of Ulm.",
            True,
            "What is behind the claim “Owls sing in the port of Ulm”?",
        ),
        (
            "Jane Roe sold the “new port” of Ulm",
            False,
            "What is behind “Jane Roe sold the ‘new port’ of Ulm”?",
        ),
    ],
)
def test_a_statement_is_quoted_whole(text: str, claim: bool, question: str) -> None:
    assert quoted(text, claim=claim) == question


@pytest.mark.parametrize(
    "text",
    [
        "owls sing",  # too short
        "owls " * (MAX_QUOTED + 1) + "sing",
        "owls sing in our port of Ulm",
        "owls sing in Ulm: a closer look",
        "this owl of Ulm sings at noon",
        "owls do not sing in the port of Ulm",  # a denial is the verdict
        "Jane Roe misleads on the port of Ulm",
        "owls sing “in the port of Ulm",
        "a viral hoax about owls in Ulm",
    ],
)
def test_what_reads_badly_or_holds_the_verdict_is_not_quoted(text: str) -> None:
    assert quoted(text, claim=False) == ""


@pytest.mark.parametrize(
    ("medium", "question"),
    [
        ("photo", "What does a photo shared as “whale stranded in Vienna” show?"),
        ("image", "What does an image shared as “whale stranded in Vienna” show?"),
        ("footage", "What does footage shared as “whale stranded in Vienna” show?"),
        ("videos", "What do videos shared as “whale stranded in Vienna” show?"),
        ("pics", "What do pictures shared as “whale stranded in Vienna” show?"),
    ],
)
def test_a_shared_picture_asks_what_it_shows(medium: str, question: str) -> None:
    assert quoted_shared_as(medium, "whale stranded in Vienna") == question


@pytest.mark.parametrize("shown", ["a whale", "recent flood in Bern", "this flood in Bern"])
def test_vague_words_for_what_is_shown_are_not_quoted(shown: str) -> None:
    assert quoted_shared_as("photo", shown) == ""


@pytest.mark.parametrize(
    ("text", "finite"),
    [
        ("owls sing in the port of Ulm", True),
        ("the port was sold to a bank", True),
        ("a closer look at the port", False),
        ("trams for sale in Ulm", False),
    ],
)
def test_finite_clauses_of_parsed_sentences(parser: EnglishParser, text: str, finite: bool) -> None:
    assert is_finite_to_quote(next(parser.parse([text]))) is finite


def test_a_claim_is_quoted_whole_with_single_marks_inside() -> None:
    found = quoted('mayor calls farmers "the salt of Ulm".', claim=True, said=True)
    assert found == "What is behind the claim “Mayor calls farmers ‘the salt of Ulm’”?"


@pytest.mark.parametrize(
    "text",
    [
        "mayor of Ulm did not sell bridge to bank",  # states the verdict
        "false story about bridge in Ulm spreads",
        "they sold bridge in Ulm to bank",  # who?
        "mayor of Ulm sold bridge yesterday",
        "we sold our bridge in Ulm",
        "mayor sold bridge. Bank paid nothing",
        "bridge in Ulm",
        "mayor sold bridge of Ulm to bank… more",
    ],
)
def test_what_does_not_stand_alone_or_judges_is_not_quoted(text: str) -> None:
    assert quoted(text, claim=False) == ""


def test_a_negation_of_somebody_who_is_named_is_theirs() -> None:
    assert quoted("Jane Roe says Ulm never sold bridge", claim=False, said=True)


def test_forms_for_complete_clauses() -> None:
    assert quoted_right_that("Jane Roe", "says", "Ulm sold a bridge to a bank") == (
        "Is Jane Roe right that Ulm sold a bridge to a bank?"
    )
    assert quoted_is_it_true("Ulm sold a bridge to a bank") == (
        "Is it true that Ulm sold a bridge to a bank?"
    )
    assert quoted_is_it_true("she sold a bridge to a bank") == ""


def test_what_a_picture_is_shared_as() -> None:
    found = quoted_shared_as("photos", "farmers storming bank in Ulm")
    assert found == "What do photos shared as “farmers storming bank in Ulm” show?"
    assert quoted_shared_as("video", "recent one from the town of Ulm") == ""


def test_a_clause_follows_that_only_with_its_own_verb(parser: EnglishParser) -> None:
    whole, tail = parser.parse(
        ["The town of Ulm sold a bridge", "That owls sing is heard in Ulm at night"]
    )
    casing = CasingTable.learn([])
    assert is_finite_to_quote(whole)
    assert that_clause("The town of Ulm sold a bridge", whole, casing) == (
        "the town of Ulm sold a bridge"
    )
    assert not is_finite_to_quote(tail)
