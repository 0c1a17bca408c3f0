"""Articles of nouns: which may stand bare, and which article a headline has left out."""

from __future__ import annotations

import json

import pytest

from recommender.grammar.nouns import MAX_CHARACTERS, MIN_SEEN, NounTable
from recommender.grammar.parser import EnglishParser
from tests.recommender.grammar.sentences import sentence

TEXTS = [
    "A farmer met a mayor on a bridge, and rain fell. They spoke of rain, of rain and of corn.",
    "The town sold a bridge to a mayor, for corn, and a farmer of Ulm paid for rain with corn.",
    "Owls need water, and a farmer drank of water, with water and from water in the town.",
] * 5


@pytest.fixture(scope="module")
def table() -> NounTable:
    return NounTable.learn(TEXTS)


def test_a_countable_noun_needs_an_article_and_a_mass_noun_none(table: NounTable) -> None:
    assert table.needs_article("farmer")
    assert table.needs_article("Bridge")
    assert not table.needs_article("rain")
    assert not table.needs_article("corn")


def test_a_noun_that_the_archive_does_not_show_is_taken_for_countable(table: NounTable) -> None:
    assert table.needs_article("zeppelin")


def test_few_sightings_decide_nothing() -> None:
    few = NounTable.learn(["They spoke of rain, and slept."] * (MIN_SEEN - 1))
    enough = NounTable.learn(["They spoke of rain, and slept."] * MIN_SEEN)
    assert few.needs_article("rain")
    assert not enough.needs_article("rain")


def test_a_noun_with_the_mostly_cannot_stand_bare() -> None:
    texts = ["They warned the public, and spoke to the public in Ulm, or to public, at noon."] * 10
    assert NounTable.learn(texts).needs_article("public")


def test_only_the_beginning_of_a_body_is_read() -> None:
    texts = [f"{' ' * MAX_CHARACTERS}They spoke of rain, and slept."] * MIN_SEEN
    assert NounTable.learn(texts).to_json()["share"] == {}


def test_the_table_survives_json(table: NounTable) -> None:
    again = NounTable(**json.loads(json.dumps(table.to_json())))
    assert again.to_json() == table.to_json() == NounTable.learn(TEXTS).to_json()
    assert not again.needs_article("rain")


def missing(table: NounTable, written: str, text: str = "") -> dict[int, str] | None:
    parse = sentence(written)
    return table.missing_articles(parse, parse.tokens, text)


MARRIED = "Rosa/NNP/nsubj/1 married/marry/VBD/ROOT/1 farmer/NN/dobj/1 in/IN/prep/1 Ulm/NNP/pobj/3"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rosa Roe married a farmer.", {2: "a farmer"}),
        ("They spoke of farmer and of farmer, and of farmer again.", {}),  # it stands bare there
        ("They met the farmer.", None),  # which one?
        ("They met a farmer, and spoke of farmer.", None),  # both ways
        ("", None),
    ],
)
def test_a_phrase_has_the_article_that_its_text_gives_it(
    table: NounTable, text: str, found: dict[int, str] | None
) -> None:
    assert missing(table, MARRIED, text) == found


@pytest.mark.parametrize(
    "written",
    [
        "Rosa/NNP/nsubj/1 married/marry/VBD/ROOT/1 a/DT/det/3 farmer/NN/dobj/1",
        "Rosa/NNP/nsubj/1 sold/sell/VBD/ROOT/1 corn/NN/dobj/1",
        "Rosa/NNP/nsubj/1 met/meet/VBD/ROOT/1 farmers/NNS/dobj/1",
        "Rosa/NNP/nsubj/1 met/meet/VBD/ROOT/1 her/PRP$/poss/3 farmer/NN/dobj/1",
        "Rosa/NNP/nsubj/1 met/meet/VBD/ROOT/1 no/DT/det/3 farmer/NN/dobj/1",
    ],
)
def test_nothing_is_missing(table: NounTable, written: str) -> None:
    assert missing(table, written) == {}


def test_an_adjective_takes_the_article_as_it_sounds(table: NounTable) -> None:
    written = "Rosa/NNP/nsubj/1 met/meet/VBD/ROOT/1 {}/JJ/amod/3 farmer/NN/dobj/1"
    for adjective, article in (("old", "an"), ("honest", "an"), ("unique", "a"), ("poor", "a")):
        text = f"Rosa met a {adjective} farmer."  # the text's own "a" or "an" is not copied
        found = missing(table, written.format(adjective), text)
        assert found == {2: f"{article} {adjective}"}


def test_what_a_picture_shows_is_met_for_the_first_time(table: NounTable) -> None:
    written = "Photo/NN/nsubj/1 shows/show/VBZ/ROOT/1 farmer/NN/dobj/1"
    assert missing(table, written) == {2: "a farmer"}


def test_a_superlative_gets_the(table: NounTable) -> None:
    written = "Ulm/NNP/nsubj/1 has/have/VBZ/ROOT/1 oldest/JJS/amod/3 bridges/NNS/dobj/1"
    assert missing(table, written) == {2: "the oldest"}
    with_the = (
        "Ulm/NNP/nsubj/1 has/have/VBZ/ROOT/1 the/DT/det/4 oldest/JJS/amod/4 bridges/NNS/dobj/1"
    )
    assert missing(table, with_the) == {}


@pytest.mark.parametrize(
    ("name", "text", "certain"),
    [
        ("Senate/NNP", "", False),  # "the Senate" everywhere
        ("Senate/NNP", "It was said that Senate voted, and that Senate slept.", True),
        ("Norway/NNP", "", True),
        ("Norway/NNP", "They saw the Norway of old, and the Norway of today.", False),
    ],
)
def test_a_name_that_has_the_is_not_left_bare(
    table: NounTable, name: str, text: str, certain: bool
) -> None:
    found = missing(table, f"{name}/nsubj/1 slept/sleep/VBD/ROOT/1", text)
    assert found == ({} if certain else None)


def test_missing_articles_of_a_parsed_headline(table: NounTable, parser: EnglishParser) -> None:
    parse = next(parser.parse(["Rosa Roe sold bridge to farmer in Ulm"]))
    text = "Rosa Roe sold a bridge to a farmer."
    found = table.missing_articles(parse, parse.tokens, text)
    assert found == {3: "a bridge", 5: "a farmer"}
