"""Near-duplicates share a representative; nothing is joined through a third question."""

from __future__ import annotations

from recommender.questions.deduplication import representatives


def test_a_question_joins_the_first_that_asks_the_same_and_no_chain_forms() -> None:
    texts = [
        "How many old wooden bridges are there in the hills of Kenya?",
        "How many wooden bridges are there in the hills of Kenya?",
        "How many wooden bridges are there in Kenya?",
        "Who built the bridges?",
    ]
    found = representatives(texts)
    assert found[0] == 0
    assert found[3] == 3
    assert all(found[one] == one for one in found)


def test_no_questions_make_no_groups() -> None:
    assert representatives([]) == []
    assert representatives(["?", "Is it?", ""]) == [0, 1, 2]


def test_the_same_question_in_other_words_is_represented_by_the_first() -> None:
    texts = ["How old are the rings of Saturn?", "Are bats blind?", "How old are Saturn's rings?"]
    assert representatives(texts) == [0, 1, 0]
