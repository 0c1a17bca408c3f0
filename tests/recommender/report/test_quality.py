"""Lists whose quality is known by construction."""

from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.report.quality import common_terms, faults, judge, quality
from recommender.types import Answer, Origin, QuestionSuggestion, Suggestions

BATS = Article("bats", "Are bats blind?", claim="Bats are blind.", verdict="False")


def make_question(
    text: str, origin: Origin = "own", answer: Answer | None = None
) -> QuestionSuggestion:
    return QuestionSuggestion(text, text, 1.0, origin, answer)


def test_a_full_answered_distinct_near_list_is_perfect_and_an_empty_one_nothing() -> None:
    led = Answer("moths", 1, 0.9)
    shown = tuple(make_question(f"How do bats {verb}?", answer=led) for verb in ("hunt", "sleep"))
    best = quality(judge(BATS, Suggestions(shown, ()), similarity=0.0), wanted=2)
    assert (best.good, best.answered, best.distinct, best.near, best.total) == (1, 1, 1, 1, 1)
    nothing = quality(judge(BATS, Suggestions((), ())), wanted=2)
    assert nothing.total == 0.0


def test_each_share_falls_alone() -> None:
    shown = (
        make_question("How do bats hunt?", answer=Answer("moths", 0, 1.0)),
        make_question("Why do cats purr?", "archive"),
        make_question("Why do cats hiss?", "archive"),
        make_question("What do they eat?"),  # "they" does not stand alone
    )
    found = quality(judge(BATS, Suggestions(shown, ()), similarity=0.25), wanted=4)
    assert (found.good, found.answered, found.distinct, found.near) == (0.75, 0.25, 0.75, 0.25)
    assert found.total == pytest.approx((0.75 + 0.25 + 0.75 + 0.25) / 4)


def test_more_good_questions_than_wanted_are_no_more_than_enough() -> None:
    shown = tuple(make_question(f"How do bats {verb}?") for verb in ("hunt", "sleep", "hear"))
    assert quality(judge(BATS, Suggestions(shown, ())), wanted=2).good == 1.0


def test_a_word_that_many_questions_hold_alone_makes_no_question_near() -> None:
    bank = [f"How do bats {verb}?" for verb in "hunt hear live mate rest move feed play".split()]
    assert common_terms(bank) == frozenset()
    common = common_terms(bank * 2)
    assert "bat" in common
    assert "hunt" not in common
    shown = Suggestions((make_question("How do bats hunt?"),), ())
    assert quality(judge(BATS, shown), 1).near == 1.0
    assert quality(judge(BATS, shown), 1, common).near == 0.0
    blind = Suggestions((make_question("How do blind bats hunt?"),), ())
    assert quality(judge(BATS, blind), 1, common | {"blind"}).near == 1.0  # two words are enough


def test_questions_of_the_archive_count_as_the_editors_do() -> None:
    shown = (make_question("How do bats hunt?", "archive"), make_question("Are owls deaf?", "own"))
    assert judge(BATS, Suggestions(shown, ())).n_good == 2


def test_a_premise_that_the_article_found_false_is_a_fault_there_only() -> None:
    other = Article("caves", "Do caves breathe?", verdict="True")
    assert faults("Why are bats blind?", BATS) == ("not neutral",)
    assert faults("Why are bats blind?", other) == ()
