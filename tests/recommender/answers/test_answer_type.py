"""The kind of answer that a question expects, and whether a passage looks like it."""

from __future__ import annotations

import pytest

from corpus.analysis.tokenizer import tokenize
from recommender.answers.answer_type import (
    TermClass,
    answer_type_evidence,
    answer_type_of_term,
    expected_answer_type,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Do bats sleep upside down?", "yes or no"),
        ("Isn't the Moon dry?", "yes or no"),
        ("Who built the lighthouse?", "person"),
        ("Which scientist named the comet?", "person"),
        ("When did the ferry sink?", "time"),
        ("In which year did the ferry sink?", "time"),
        ("Where do eels breed?", "place"),
        ("Why do leaves turn red?", "cause"),
        ("How come leaves turn red?", "cause"),
        ("What is the reason for red leaves?", "cause"),
        ("How do eels find the sea?", "manner"),
        ("How tall is the lighthouse?", "number"),
        ("What share of ferries is electric?", "number"),
        ("What is a comet made of?", "thing"),
        ("¿Dónde nacen las anguilas?", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_question_word_gives_the_kind_of_answer(question: str, kind: str) -> None:
    assert expected_answer_type(question).kind == kind


def test_a_degree_gives_the_unit_and_is_no_word_to_be_found() -> None:
    expected = expected_answer_type("How tall is the lighthouse?")
    assert expected.units == TermClass.LENGTH
    assert expected.focus == ("tall",)
    assert expected_answer_type("How many keepers had it?").focus == ()


@pytest.mark.parametrize(
    ("question", "passage", "found"),
    [
        ("How tall is the lighthouse?", "It rises 41 metres above the quay.", 1.0),
        ("How tall is the lighthouse?", "It rises forty-one metres above the quay.", 1.0),
        ("How tall is the lighthouse?", "It has 41 steps.", 0.5),
        ("How tall is the lighthouse?", "It is rather tall.", 0.0),
        ("How many keepers had it?", "Three keepers lived there.", 1.0),
        ("When did it open?", "It opened in May 1884.", 1.0),
        ("When did it open?", "It opened late.", 0.0),
        ("Why was it closed?", "It was closed because the lamp failed.", 1.0),
        ("Why was it closed?", "The lamp failed.", 0.0),
        ("What is it made of?", "It is made of granite.", 0.0),
    ],
)
def test_evidence_is_a_thing_of_the_right_kind(question: str, passage: str, found: float) -> None:
    assert answer_type_evidence(tokenize(passage), expected_answer_type(question)) == found


def test_a_year_is_a_number_and_a_term_without_a_class_has_none() -> None:
    assert answer_type_of_term("1884") == TermClass.NUMBER | TermClass.YEAR
    assert answer_type_of_term("41") == TermClass.NUMBER
    assert answer_type_of_term("lighthous") == 0
