"""Which questions are of one conversation, and which are somebody else's."""

from __future__ import annotations

from corpus.models import Article
from recommender.evaluation.conversations import same_conversation

TURNS = [
    Article("t1", "Do bats sleep?"),
    Article("t2", "Where do they sleep?"),
    Article("t3", "Is a cave warm?"),
    Article("x", "Is tea hot?"),
]
QUESTIONS = {
    "q1": "Do bats sleep?",
    "q2": "where do they sleep",
    "q3": "Is a cave warm?",
    "q4": "How warm?",
    "q5": "Who drinks tea?",
}
GOLD = {"t1": {"q2": 1}, "t2": {"q3": 1}, "t3": {"q4": 1}, "x": {"q5": 1}}


def test_all_turns_of_a_conversation_are_together_but_for_what_follows() -> None:
    found = same_conversation(TURNS, QUESTIONS, GOLD)
    assert found["t1"] == {"q1", "q3", "q4"}
    assert found["t2"] == {"q1", "q2", "q4"}
    assert found["t3"] == {"q1", "q2", "q3"}


def test_a_document_by_itself_has_only_its_own_headline() -> None:
    found = same_conversation(TURNS, {**QUESTIONS, "q6": "Is tea hot"}, GOLD)
    assert found["x"] == {"q6"}


def test_no_documents_and_unknown_questions_are_no_error() -> None:
    assert same_conversation([], QUESTIONS, GOLD) == {}
    assert same_conversation(TURNS[:1], {}, {"t1": {"lost": 1}}) == {"t1": frozenset()}
