"""Wording that takes sides is named; asking whether, and quoting, is not."""

from __future__ import annotations

import pytest

from recommender.wording.neutrality import check_neutrality, takes_for_granted


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Why is the ministry hiding the figures?", "hiding"),
        ("Isn't sugar bad for children?", "Isn't"),
        ("Sugar harms teeth, doesn't it?", "doesn't it"),
        ("When will the senate stop the delays?", "stop"),
        ("Why do so-called experts like sugar?", "so-called"),
        ("How did the mayor get away with fraud?", "get away with"),
        ("Is SUGAR POISON FOR CHILDREN in Norway?", "SUGAR POISON FOR CHILDREN"),
    ],
)
def test_loaded_leading_and_presupposing_words_are_named(question: str, found: str) -> None:
    flag = check_neutrality(question)
    assert flag is not None
    assert found in flag.words


@pytest.mark.parametrize(
    "question",
    [
        "Did the ministry hide the figures?",
        "Did the senator call voters stupid?",
        "When did the treasury stop exchanging dollars for gold?",
        'Who coined the phrase "deep state"?',
        "What resources lie in craters of the Moon?",
    ],
)
def test_asking_whether_or_quoting_is_neutral(question: str) -> None:
    assert check_neutrality(question) is None


def test_a_why_question_on_a_false_claim_takes_it_for_granted() -> None:
    claim = "The colour red makes bulls angry."
    assert takes_for_granted("Why does the colour red make bulls angry?", claim) is not None
    assert takes_for_granted("Why do people think red makes bulls angry?", claim) is None
    assert takes_for_granted("Does the colour red make bulls angry?", claim) is None
    assert takes_for_granted("Why do bulls charge?", claim) is None
