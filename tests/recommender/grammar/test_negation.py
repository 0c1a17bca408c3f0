"""Negations that a question leaves out, and those that carry part of the sense."""

from __future__ import annotations

import pytest

from recommender.grammar.negation import drop_negation, none_to_any
from recommender.grammar.parse import joined_tokens
from recommender.grammar.parser import EnglishParser
from tests.recommender.grammar.sentences import sentence


def dropped(written: str) -> str | None:
    """Return the sentence without its negation, None where it has to stay."""
    parse = sentence(written)
    edits: dict[int, str] = {}
    negated = drop_negation(parse, parse.roots()[0], list(parse.tokens), edits)
    if negated is None:
        return None
    assert negated is bool(edits)
    return " ".join(joined_tokens(parse.edited(edits).tokens).split())


def test_a_clause_without_negation_stays_as_it_is() -> None:
    assert dropped("Owls/owl/NNS/nsubj/1 sleep/VBP/ROOT/1") == "Owls sleep"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "Garlic/NN/nsubj/3 does/do/VBZ/aux/3 not/RB/neg/3 cure/VB/ROOT/3 malaria/NN/dobj/3",
            "Garlic does cure malaria",
        ),
        (
            "Ulm/NNP/nsubj/2 never/RB/neg/2 sold/sell/VBD/ROOT/2 trams/tram/NNS/dobj/2",
            "Ulm ever sold trams",
        ),
        (
            "Ulm/NNP/nsubj/3 did/do/VBD/aux/3 n't/RB/neg/3 sell/VB/ROOT/3 trams/NNS/dobj/3 "
            "either/RB/advmod/3",
            "Ulm did sell trams",
        ),
        (
            "Ulm/NNP/nsubj/1 has/have/VBZ/ROOT/1 no/DT/det/3 port/NN/dobj/1",
            "Ulm has any port",
        ),
    ],
)
def test_a_plain_negation_is_dropped(written: str, text: str) -> None:
    assert dropped(written) == text


@pytest.mark.parametrize(
    "written",
    [
        # not only, not because: another question without "not"
        "Milk/NN/nsubj/1 is/be/VBZ/ROOT/1 not/RB/neg/1 only/RB/advmod/4 white/JJ/acomp/1",
        "Mills/NNS/nsubj/2 not/RB/neg/2 close/VBP/ROOT/2 because/IN/mark/5 it/PRP/nsubj/5 "
        "rains/rain/VBZ/advcl/2",
        # a contrast
        "Ulm/NNP/nsubj/1 is/be/VBZ/ROOT/1 not/RB/neg/1 large/JJ/acomp/1 but/CC/cc/1 old/JJ/conj/3",
        "Ulm/NNP/nsubj/2 not/RB/neg/2 pay/VBP/ROOT/2 until/IN/prep/2 May/NNP/pobj/3",
        # two negations, and one below the clause
        "Ulm/NNP/nsubj/2 never/RB/neg/2 paid/pay/VBD/ROOT/2 nothing/NN/dobj/2",
        "Ulm/NNP/nsubj/1 sold/sell/VBD/ROOT/1 nothing/NN/dobj/1",
        # hardly says more than not
        "Ulm/NNP/nsubj/2 hardly/RB/neg/2 grew/grow/VBD/ROOT/2",
    ],
)
def test_a_negation_that_carries_sense_is_not(written: str) -> None:
    assert dropped(written) is None


def test_no_becomes_any_only_where_the_clause_is_denied_by_it() -> None:
    for written, expected in (
        ("No/DT/det/1 mayor/NN/nsubj/2 sold/sell/VBD/ROOT/2 trams/NNS/dobj/2", {0: "any"}),
        ("There/EX/expl/1 is/be/VBZ/ROOT/1 no/DT/det/3 port/NN/attr/1", {2: "any"}),
        ("Ulm/NNP/nsubj/1 is/be/VBZ/ROOT/1 no/DT/det/3 port/NN/attr/1", {}),  # "is any port"
        ("No/DT/det/1 one/NN/nsubj/2 slept/sleep/VBD/ROOT/2", {}),
        ("Ulm/NNP/nsubj/1 built/build/VBD/ROOT/1 no/DT/det/3 port/NN/dobj/1", {}),
    ):
        parse = sentence(written)
        edits: dict[int, str] = {}
        found = none_to_any(parse, parse.roots()[0], list(parse.tokens), edits)
        assert (edits, found) == (expected, bool(expected)), written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the senator never voted for the bill", True),
        ("the senator voted for the bill", False),
        ("the river is not only dirty but dangerous", None),
        ("the bridge in Bern, not Basel, was sold", None),
    ],
)
def test_negations_of_parsed_sentences(
    parser: EnglishParser, text: str, expected: bool | None
) -> None:
    parse = next(parser.parse([text]))
    assert drop_negation(parse, parse.roots()[0], list(parse.tokens), {}) is expected
