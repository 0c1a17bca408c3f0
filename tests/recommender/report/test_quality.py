"""Lists whose quality is known by construction."""

from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.report.quality import (
    JudgedList,
    faults_in_list,
    judge_list,
    list_quality,
    target_of_judged,
)
from recommender.types import Answer, Origin, QuestionSuggestion, RelatedSuggestion, Suggestions

BATS = Article("bats", "Are bats blind?", claim="Bats are blind.", verdict="False")
NEXT_READS = {"moths": 0.9, "owls": 0.5, "ferry": 0.1}


def next_reads(article: Article, ids: list[str]) -> list[float]:
    return [NEXT_READS.get(id, 0.0) for id in ids]


def make_question(
    text: str, origin: Origin = "own", answer: Answer | None = None
) -> QuestionSuggestion:
    return QuestionSuggestion(text, text, 1.0, origin, answer)


def judged(
    shown: Suggestions, article: Article = BATS, similarity: float | None = None
) -> JudgedList:
    return judge_list(article, shown, next_reads, similarity)


def led(to: str, origin: Origin = "archive") -> QuestionSuggestion:
    return make_question(f"How do bats meet {to}?", origin, Answer(to, 1, 0.9))


def related(*ids: str) -> tuple[RelatedSuggestion, ...]:
    return tuple(RelatedSuggestion(id, 1.0, "same topic") for id in ids)


def test_quality_is_how_likely_the_entries_are_good_next_reads() -> None:
    page = Suggestions((led("moths"), led("owls")), related("ferry"))
    assert list_quality(judged(page), 2).total == pytest.approx((0.9 + 0.5 + 0.1) / 3)


def test_what_leads_nowhere_or_to_an_unknown_article_counts_nothing() -> None:
    nowhere = make_question("Why do cats purr?", "archive")
    page = Suggestions((led("moths"), nowhere, led("gone"), led("bats")), ())
    assert list_quality(judged(page), 2).total == pytest.approx(0.9 / 4)
    assert list_quality(judged(Suggestions((), ())), 2).total == 0.0


def test_the_editors_own_questions_are_not_the_archives_choice() -> None:
    own = (led("ferry", "own"), make_question("Do bats eat fruit?"))
    assert list_quality(judged(Suggestions((*own, led("moths")), ())), 2).total == 0.9
    assert list_quality(judged(Suggestions(own, ())), 2).total == 0.0


def test_what_stands_below_also_checked_is_judged_like_the_rest() -> None:
    page = Suggestions((led("moths"),), (), (led("owls"),))
    found = judged(page)
    assert list_quality(found, 2).total == pytest.approx(0.7)
    assert (found.n_good, found.n_leading) == (2, 2)


def test_the_probabilities_that_a_list_brings_with_it_do_not_count() -> None:
    boasting = RelatedSuggestion("ferry", 9.0, "same topic", probability=1.0)
    assert list_quality(judged(Suggestions((), (boasting,))), 2).total == pytest.approx(0.1)


def test_each_share_falls_alone() -> None:
    shown = (
        make_question("How do bats hunt?", answer=Answer("moths", 0, 1.0)),
        make_question("Why do cats purr?", "archive"),
        make_question("Why do cats hiss?", "archive"),
        make_question("What do they eat?"),  # "they" does not stand alone
    )
    found = list_quality(judged(Suggestions(shown, ()), similarity=0.25), wanted=4)
    assert (found.good, found.answered, found.distinct) == (0.75, 0.25, 0.75)
    nothing = list_quality(judged(Suggestions((), ())), wanted=4)
    assert (nothing.good, nothing.answered, nothing.distinct) == (0.0, 0.0, 0.0)


def test_a_section_of_the_page_itself_is_no_target() -> None:
    assert target_of_judged(led("bats"), BATS) is None
    assert target_of_judged(make_question("Do bats sing?"), BATS) is None
    assert target_of_judged(led("moths"), BATS) == "moths"


def test_more_good_questions_than_wanted_are_no_more_than_enough() -> None:
    shown = tuple(make_question(f"How do bats {verb}?") for verb in ("hunt", "sleep", "hear"))
    assert list_quality(judged(Suggestions(shown, ())), wanted=2).good == 1.0


def test_questions_of_the_archive_count_as_the_editors_do() -> None:
    shown = (make_question("How do bats hunt?", "archive"), make_question("Are owls deaf?", "own"))
    assert judged(Suggestions(shown, ())).n_good == 2


def test_a_premise_that_the_article_found_false_is_a_fault_there_only() -> None:
    other = Article("caves", "Do caves breathe?", verdict="True")
    assert faults_in_list("Why are bats blind?", BATS) == ("not neutral",)
    assert faults_in_list("Why are bats blind?", other) == ()
