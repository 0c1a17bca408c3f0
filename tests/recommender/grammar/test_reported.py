from __future__ import annotations

import pytest

from recommender.grammar.parser import EnglishParser
from recommender.grammar.reported import CALLED_FALSE, shows_something
from tests.recommender.grammar.sentences import sentence

SHOWS = "Photo/NN/nsubj/1 shows/show/VBZ/ROOT/1"


@pytest.mark.parametrize(
    ("rest", "something"),
    [
        ("whale/NN/dobj/1 stranded/strand/VBN/acl/2", True),
        ("flood/NN/dobj/1 in/IN/prep/2 Bern/NNP/pobj/3", True),
        ("Rosa/NNP/nsubj/3 milking/milk/VBG/ccomp/1 cows/NNS/dobj/3", True),
        ("whale/NN/dobj/1", False),  # a word or two say too little
        ("Rosa/NNP/dobj/1 of/IN/prep/2 Ulm/NNP/pobj/3", False),  # only names
        ("", False),
        ("that/IN/mark/4 owls/NNS/nsubj/4 are/be/VBP/aux/4 singing/VBG/ccomp/1", False),
    ],
)
def test_what_a_picture_shows_is_described(rest: str, something: bool) -> None:
    parse = sentence(f"{SHOWS} {rest}".strip())
    assert shows_something(parse, parse.tokens[1]) is something


def test_an_object_before_the_verb_is_not_what_it_shows() -> None:
    parse = sentence("Whale/NN/dobj/2 photo/NN/nsubj/2 shows/show/VBZ/ROOT/2")
    assert not shows_something(parse, parse.tokens[2])


@pytest.mark.parametrize(
    ("text", "something"),
    [("this photo shows a whale stranded in Vienna", True), ("this photo shows Ulm", False)],
)
def test_parsed_pictures(parser: EnglishParser, text: str, something: bool) -> None:
    parse = next(parser.parse([text]))
    assert shows_something(parse, parse.roots()[0]) is something


@pytest.mark.parametrize(
    ("label", "called"),
    [("FALSE: ", True), ("Fake news | ", True), ("Claim - ", True), ("Falsehoods: ", False)],
)
def test_a_label_says_that_the_headline_is_the_claim(label: str, called: bool) -> None:
    assert (CALLED_FALSE.search(label) is not None) is called
