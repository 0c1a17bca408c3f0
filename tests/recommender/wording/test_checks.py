"""A good question passes; each kind of fault is named with the words that caused it."""

from __future__ import annotations

import pytest

from recommender.wording.checks import check_form, check_specific, check_stands_alone, check_wording

GOOD = [
    "How do moths escape the sonar of bats?",
    "In which countries is bullfighting still legal?",
    "Is it legal for foreign residents to vote?",
    "How long does it take to fly to Mars?",
    "Does it rain on Titan?",
    "Are those who smoke more often ill?",
    "How do bats hunt, and why do they sleep upside down?",
    "How does Earth's orbit change, and did those changes pace the ice ages?",
    "What did New Horizons find after it had passed Pluto?",
    "Is Dr. Smith right about tea?",
    'Was "Let them eat cake" ever said by Marie Antoinette?',
    "Did the ministry hide the figures on lead?",
    "Where does the belief come from that the Moon is hollow?",
    "Is the quote “Know thyself” by Socrates?",
    "Does the iPhone listen to conversations?",
]


@pytest.mark.parametrize("question", GOOD)
def test_a_good_question_has_no_flag(question: str) -> None:
    assert check_wording(question) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bats",
        "Are bats blind",
        "Bats are blind?",
        "Really?",
        "Are bats blind? Some say so. Who knows?",
        "Are bats blind!?",
        "are bats blind at night?",
        "Did he call it “a mistake at night?",
        "How " + "very " * 60 + "blind are bats?",
    ],
)
def test_what_is_not_one_whole_question_is_not_well_formed(text: str) -> None:
    flag = check_form(text)
    assert flag is not None
    assert flag.fault == "not well formed"
    assert flag.reason


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Is it safe?", "it"),
        ("Was it filmed in Kenya?", "it"),
        ("Why did he resign?", "he"),
        ("What is their price?", "their"),
        ("Did the mayor support this?", "this"),
        ("Is this claim common in Norway?", "this claim"),
        ("What did the study find about tea?", "the study"),
        ("Why is that?", "that"),
        ("How does that affect the vote?", "that"),
        ("And what about women?", "And"),
        ("How many people died of flu this year?", "this year"),
        ("Who paid for the flight there?", "there"),
    ],
)
def test_a_question_that_needs_its_page_names_the_dangling_word(question: str, word: str) -> None:
    flag = check_stands_alone(question)
    assert flag is not None
    assert flag.words == word
    assert flag.fault == "does not stand alone"


@pytest.mark.parametrize("question", ["What happened?", "What is the evidence for the claim?"])
def test_a_question_without_a_subject_is_not_specific(question: str) -> None:
    assert check_specific(question) is not None
    assert check_specific("What is aspartame?") is None


@pytest.mark.parametrize(
    "text", ["?" * 5_000, "why " * 5_000, "😀?", '"' * 999, "the study " * 999]
)
def test_odd_input_is_answered_quickly(text: str) -> None:
    assert check_wording(text)
