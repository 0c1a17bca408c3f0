from __future__ import annotations

from recommender.question_generation.made_question import ASKED, MadeQuestion


def test_only_the_rule_of_own_questions_counts_as_asked() -> None:
    assert MadeQuestion("Is Ulm old?", "a1", "headline", ASKED).asked
    assert not MadeQuestion("Is Ulm old?", "a1", "headline", "copula first").asked
