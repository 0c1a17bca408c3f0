"""Subjects as a question says them, and openings that may move to its end."""

from __future__ import annotations

import pytest

from recommender.grammar.parse import Parse
from recommender.grammar.parser import EnglishParser
from recommender.grammar.subjects import (
    MAX_OPENING,
    demonstrated_subject,
    opening_behind_subject,
    subject_text_of,
)
from recommender.grammar.verb_forms import SUBJECTS
from tests.recommender.grammar.sentences import sentence


def subject_of(parse: Parse, speaker: str = "", media: str = "") -> str | None:
    subject = parse.children(parse.roots()[0], *SUBJECTS)[0]
    return subject_text_of(parse, subject, parse.subtree(subject), speaker, media)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The/DT/det/1 mayor/NN/nsubj/2 slept/VBD/ROOT/2", "The mayor"),
        ("Rosa/NNP/compound/1 Roe/NNP/nsubj/2 slept/VBD/ROOT/2", "Rosa Roe"),
        ("There/EX/expl/1 is/be/VBZ/ROOT/1 a/DT/det/3 port/NN/attr/1", "there"),
        ("This/DT/det/1 photo/NN/nsubj/2 shows/show/VBZ/ROOT/2", "a photo"),
        ("These/DT/det/2 viral/JJ/amod/2 videos/video/NNS/nsubj/3 show/VBP/ROOT/3", "videos"),
        ("The/DT/det/1 image/NN/nsubj/2 shows/show/VBZ/ROOT/2", "an image"),
        ("photo/NN/nsubj/1 shows/show/VBZ/ROOT/1", "a photo"),
    ],
)
def test_a_subject_that_names_its_thing_is_said(written: str, text: str) -> None:
    assert subject_of(sentence(written)) == text


@pytest.mark.parametrize(
    "written",
    [
        "They/PRP/nsubj/1 slept/VBD/ROOT/1",
        "He/PRP/nsubj/1 slept/VBD/ROOT/1",
        "It/PRP/nsubj/1 sank/VBD/ROOT/1",
        "This/DT/det/1 town/NN/nsubj/2 grew/VBD/ROOT/2",
        "Their/PRP$/poss/1 town/NN/nsubj/2 grew/VBD/ROOT/2",
        "His/PRP$/poss/1 town/NN/nsubj/2 grew/VBD/ROOT/2",
    ],
)
def test_a_subject_that_needs_its_page_is_none(written: str) -> None:
    assert subject_of(sentence(written)) is None


def test_the_speaker_stands_for_he_she_his_and_her() -> None:
    slept = sentence("She/PRP/nsubj/1 slept/VBD/ROOT/1")
    town = sentence("Her/PRP$/poss/1 town/NN/nsubj/2 grew/VBD/ROOT/2")
    assert subject_of(slept, speaker="Rosa Roe") == "Rosa Roe"
    assert subject_of(town, speaker="Rosa Roe") == "Rosa Roe’s town"
    assert subject_of(sentence("They/PRP/nsubj/1 slept/VBD/ROOT/1"), speaker="Rosa Roe") is None


def test_the_picture_stands_for_it_and_they() -> None:
    shows = sentence("It/PRP/nsubj/1 shows/show/VBZ/ROOT/1")
    assert subject_of(shows, media="a photo") == "a photo"


@pytest.mark.parametrize(
    ("marks", "pointed_at"),
    [("This/DT/det/1", True), ("The/DT/det/1", True), ("A/DT/det/1", False)],
)
def test_a_picture_is_pointed_at_by_its_determiner(marks: str, pointed_at: bool) -> None:
    parse = sentence(f"{marks} photo/NN/nsubj/2 is/be/VBZ/ROOT/2 old/JJ/acomp/2")
    assert demonstrated_subject(parse, parse.tokens[1]) is pointed_at


def test_a_picture_without_determiner_is_pointed_at() -> None:
    parse = sentence("Photo/NN/nsubj/1 is/be/VBZ/ROOT/1 old/JJ/acomp/1")
    assert demonstrated_subject(parse, parse.tokens[0])


def opening_of(written: str) -> str | None:
    """Return what moves to the end of the tokens before the subject."""
    parse = sentence(written)
    verb = parse.roots()[0]
    subject = parse.children(verb, *SUBJECTS)[0]
    return opening_behind_subject(parse, verb, list(parse.tokens[: subject.place]))


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("Ulm/NNP/nsubj/1 grew/VBD/ROOT/1", ""),
        ("In/IN/prep/4 1998/CD/pobj/0 ,/,/punct/4 Ulm/NNP/nsubj/4 grew/VBD/ROOT/4", "In 1998"),
        (
            "Two/CD/nummod/1 years/NNS/npadvmod/3 Ulm/NNP/nsubj/3 grew/VBD/ROOT/3",
            "Two years",
        ),
    ],
)
def test_a_phrase_of_time_or_place_moves_to_the_end(written: str, moved: str) -> None:
    assert opening_of(written) == moved


@pytest.mark.parametrize(
    "written",
    [
        "Despite/IN/prep/4 rain/NN/pobj/0 ,/,/punct/4 Ulm/NNP/nsubj/4 grew/VBD/ROOT/4",
        "Yes/UH/intj/3 ,/,/punct/3 Ulm/NNP/nsubj/3 grew/VBD/ROOT/3",
        "Last/JJ/amod/1 year/NN/npadvmod/3 Ulm/NNP/nsubj/3 grew/VBD/ROOT/3",
        # two phrases
        "In/IN/prep/5 May/NNP/pobj/0 near/IN/prep/5 Bern/NNP/pobj/2 Ulm/NNP/nsubj/5 "
        "grew/VBD/ROOT/5",
    ],
)
def test_another_opening_is_unsafe(written: str) -> None:
    assert opening_of(written) is None


def test_a_long_opening_is_left_alone() -> None:
    names = " ".join(f"old/JJ/amod/{MAX_OPENING}" for _ in range(MAX_OPENING - 1))
    verb = MAX_OPENING + 2
    rest = f"Ulm/NNP/nsubj/{verb} grew/VBD/ROOT/{verb}"
    long = f"In/IN/prep/{verb} {names} barns/NNS/pobj/0 {rest}"
    assert opening_of(long) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("this photo shows a whale in Vienna", "a photo"),
        ("the farmers of Bern sold two trams", "the farmers of Bern"),
        ("these towns sold two trams", None),
    ],
)
def test_subjects_of_parsed_sentences(parser: EnglishParser, text: str, said: str | None) -> None:
    assert subject_of(next(parser.parse([text]))) == said
