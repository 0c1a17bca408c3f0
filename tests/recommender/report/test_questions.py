"""Tallies over questions: answers, faults, concentration, merges."""

from __future__ import annotations

from corpus.models import Article
from recommender.questions.bank import QuestionBank, question_id
from recommender.report.quality import JudgedList, judge_list
from recommender.report.questions import (
    AnswerTally,
    ConcentrationTally,
    FlagTally,
    MergeTally,
)
from recommender.report.tallies import Tally
from recommender.types import Answer, Origin, QuestionSuggestion, Suggestions

HUNT, EAT = "How do bats hunt moths?", "Do bats eat fruit?"
BATS = Article("bats", "Are bats blind?", followups=(HUNT,))
OWLS = Article("owls", "Are owls deaf?", followups=("How do bats hunt the moths?", EAT))


def shown(article: Article, *questions: tuple[str, Origin, float | None]) -> JudgedList:
    return judge_list(
        article,
        Suggestions(
            tuple(
                QuestionSuggestion(
                    question_id(text),
                    text,
                    1.0,
                    origin,
                    None if confidence is None else Answer("other", 0, confidence),
                )
                for text, origin, confidence in questions
            ),
            (),
        ),
        lambda article, ids: [0.0] * len(ids),
    )


def test_answers_are_counted_by_origin_the_most_frequent_first() -> None:
    tally = AnswerTally()
    tally.add(shown(BATS, (HUNT, "own", None), (EAT, "archive", 0.95), ("Who?", "archive", 1.5)))
    found = tally.result()
    assert (found.questions, found.answered) == (3, 2)
    assert [(o.origin, o.questions, o.answered_share) for o in found.by_origin] == [
        ("archive", 2, 1.0),
        ("own", 1, 0.0),
    ]
    assert found.by_origin[0].per_confidence[-1] == Tally("0.9–1.0", 2)


def test_a_question_with_several_faults_is_flagged_once() -> None:
    tally = FlagTally()
    tally.add(shown(BATS, (HUNT, "own", None), ("Why is it so?", "own", None)))
    found = tally.result()
    assert (found.flagged, found.flagged_share) == (1, 0.5)
    assert {fault.name for fault in found.by_fault} == {"does not stand alone", "not specific"}


def test_concentration_counts_articles_that_show_a_question_of_others() -> None:
    bank = QuestionBank.build([BATS, OWLS], {})
    tally = ConcentrationTally(bank, 5)
    tally.add(shown(BATS, (HUNT, "own", None), (EAT, "archive", 0.9)))
    tally.add(shown(OWLS, (EAT, "own", 0.9), (HUNT, "archive", None)))
    tally.add(shown(Article("cats", "Do cats purr?"), (HUNT, "archive", None)))
    found = tally.result()
    assert (found.different, found.bank) == (2, len(bank))
    assert [(q.text, q.shown, q.answered) for q in found.most_shown] == [(HUNT, 2, False)]
    assert [(idea.text, idea.asked_by, idea.shown) for idea in found.story_ideas] == [(HUNT, 2, 3)]


def test_without_a_bank_only_what_is_shown_is_known() -> None:
    tally = ConcentrationTally(None, 5)
    tally.add(shown(BATS, (HUNT, "own", None)))
    found = tally.result()
    assert (found.bank, found.bank_shown, found.bank_shown_share) == (None, None, None)
    assert found.story_ideas[0].asked_by == 1


def test_merges_name_the_wordings_that_the_bank_does_not_show() -> None:
    bank = QuestionBank.build([BATS, OWLS], {})
    tally = MergeTally(bank, 5)
    for article in (BATS, OWLS):
        tally.add(article)
    found = tally.result()
    assert (found.wordings, found.questions) == (len(bank) + 1, len(bank))
    assert found.largest == ((HUNT, "How do bats hunt the moths?"),)
