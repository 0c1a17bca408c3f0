"""Statement to question, rule by rule, and what has to be left alone. All sentences are our own."""

from __future__ import annotations

import pytest

from recommender.grammar.clauses import Refused, turn_clause
from recommender.grammar.parser import EnglishParser


def asked(parser: EnglishParser, statement: str, speaker: str = "", past: bool = False) -> str:
    parse = next(parser.parse([statement]))
    turned = turn_clause(parse, parse.roots()[0], speaker, past=past)
    return f"({turned.reason})" if isinstance(turned, Refused) else turned.text


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("the bridge is guarded by dogs", "Is the bridge guarded by dogs?"),
        ("the bridges were built in 1902", "Were the bridges built in 1902?"),
        ("Norway has banned plastic bags", "Has Norway banned plastic bags?"),
        ("the mayor will sell the town hall", "Will the mayor sell the town hall?"),
        ("sharks can smell blood from a mile away", "Can sharks smell blood from a mile away?"),
        ("salt may damage the kidneys", "Could salt damage the kidneys?"),
    ],
)
def test_an_auxiliary_goes_before_the_subject(
    parser: EnglishParser, statement: str, question: str
) -> None:
    assert asked(parser, statement) == question


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("owls sleep during the day", "Do owls sleep during the day?"),
        ("the law costs farmers $3 million", "Does the law cost farmers $3 million?"),
        ("Portugal sold 40 trams to Chile", "Did Portugal sell 40 trams to Chile?"),
        ("Ada Lovelace wrote the first program", "Did Ada Lovelace write the first program?"),
        (
            "the minister met the king and gave him a horse",
            "Did the minister meet the king and give him a horse?",
        ),
    ],
)
def test_other_verbs_get_do_does_did(parser: EnglishParser, statement: str, question: str) -> None:
    assert asked(parser, statement) == question


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("the lake is not poisoned", "Is the lake poisoned?"),
        ("garlic does not cure malaria", "Does garlic cure malaria?"),
        ("garlic doesn't cure malaria", "Does garlic cure malaria?"),
        ("the senator never voted for the bill", "Did the senator ever vote for the bill?"),
        ("trains can't run on water", "Can trains run on water?"),
        ("Iceland won't leave the council", "Will Iceland leave the council?"),
        ("Denmark has no plan to sell Greenland", "Does Denmark have any plan to sell Greenland?"),
    ],
)
def test_the_negation_is_dropped(parser: EnglishParser, statement: str, question: str) -> None:
    assert asked(parser, statement) == question


@pytest.mark.parametrize(
    "statement",
    [
        "the river is not only dirty but dangerous",  # another question without "not"
        "the park does not close because it rains",
        "farmers arrested in Oslo",  # a participle, not a past tense
        "the vaccine and autism",
        "to sell the town hall",
        "when the bridge was closed",
        "it was sold to a bank",  # who is it?
        "they will close the school",
        "that is a lie",
        "what landlords get from the state is secret",
    ],
)
def test_what_is_not_certain_is_left_alone(parser: EnglishParser, statement: str) -> None:
    assert asked(parser, statement).startswith("(")


def test_he_or_she_is_the_speaker(parser: EnglishParser) -> None:
    question = asked(parser, "she sold the port to a bank", speaker="Jane Roe")
    assert question == "Did Jane Roe sell the port to a bank?"
    assert asked(parser, "she sold the port to a bank") == "(subject pronoun)"


def test_this_photo_becomes_a_photo(parser: EnglishParser) -> None:
    statement = "this photo does not show a whale stranded in Vienna"
    assert asked(parser, statement) == "Does a photo show a whale stranded in Vienna?"
    statement = "these videos do not show a flood in Bern"
    assert asked(parser, statement) == "Do videos show a flood in Bern?"


def test_a_headline_tells_in_the_present_what_happened(parser: EnglishParser) -> None:
    statement = "the Swiss government bans snow globes"
    assert asked(parser, statement, past=True) == "Did the Swiss government ban snow globes?"


def test_reported_past_perfect_is_past(parser: EnglishParser) -> None:
    assert asked(parser, "the state had sold the port") == "Did the state sell the port?"
    assert asked(parser, "the ports had been sold to a bank") == "Were the ports sold to a bank?"


def test_a_phrase_of_time_moves_to_the_end(parser: EnglishParser) -> None:
    statement = "since 1998, Malta has lost half of its bees"
    assert asked(parser, statement) == "Has Malta lost half of its bees since 1998?"


def test_no_word_is_glued_to_the_next(parser: EnglishParser) -> None:
    question = asked(parser, "there will not be human trials in Cuba")
    assert question == "Will there be human trials in Cuba?"
