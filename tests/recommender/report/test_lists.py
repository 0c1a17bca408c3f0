"""Tallies over lists, one list at a time."""

from __future__ import annotations

from corpus.models import Article
from recommender.report.lists import (
    CoverageTally,
    DiversityTally,
    DuplicateTally,
    ReadingTally,
    ReadRelated,
)
from recommender.report.quality import JudgedList, judge_list
from recommender.report.tallies import Tally
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions


def judged(id: str, *texts: str, similarity: float | None = None, led: bool = False) -> JudgedList:
    answer = Answer("other", 0, 0.9) if led else None
    questions = tuple(QuestionSuggestion(t, t, 1.0, "own", answer) for t in texts)
    article = Article(id, "Are bats blind?", summary="Bats hunt moths.")
    related = (RelatedSuggestion("other", 1.0, "same topic"),) if led else ()
    return judge_list(
        article, Suggestions(questions, related), lambda _, ids: [1.0] * len(ids), similarity
    )


def test_coverage_counts_good_questions_and_reasons() -> None:
    tally = CoverageTally(wanted=2)
    tally.add(judged("a", "How do bats hunt moths?"), ["asks little"])
    tally.add(judged("b", "How do bats hunt moths?", "Do bats eat fruit?"), [])
    found = tally.result()
    assert (found.short, found.short_share, found.mean_good) == (1, 0.5, 1.5)
    assert found.per_good == (Tally("0", 0), Tally("1", 1), Tally("2", 1))
    assert found.reasons == (Tally("asks little", 1),)


def test_duplicates_are_listed_exact_pairs_first_and_only_so_many() -> None:
    tally = DuplicateTally(max_listed=1)
    tally.add(judged("a", "Was 2023 the hottest year so far?", "Was 2024 the hottest year so far?"))
    tally.add(judged("b", "How do bats hunt?", "How do bats hunt ?", "Who pays for the ferry?"))
    found = tally.result()
    assert (found.pairs, found.exact, found.same_question, found.alike_in_letters) == (4, 1, 0, 1)
    assert [(pair.article_id, pair.kind, pair.letters) for pair in found.examples] == [
        ("b", "exact", 100.0)
    ]


def test_diversity_leaves_out_lists_without_a_pair() -> None:
    tally = DiversityTally()
    for similarity in (0.25, None, 0.75):
        tally.add(judged("a", "How do bats hunt?", similarity=similarity))
    found = tally.result()
    assert (found.lists, found.mean, found.median, found.most) == (2, 0.5, 0.5, 0.75)
    assert DiversityTally().result().lists == 0


def test_the_best_and_the_worst_lists_are_collected_ties_by_id() -> None:
    tally = ReadingTally(wanted=1, max_listed=1)
    for id in ("c", "b"):
        tally.add(judged(id, "How do bats hunt moths?", similarity=0.0, led=True), ())
    tally.add(judged("z"), ("asks little",))
    tally.add(judged("a"), ())
    found = tally.result()
    assert [(one.article_id, one.quality) for one in found.best] == [("b", 1.0)]
    assert [(one.article_id, one.quality) for one in found.worst] == [("a", 0.0)]
    assert found.mean == 0.5
    assert sum(t.count for t in found.per_tenth) == 4
    assert found.best[0].questions[0].answer == "other"
    assert found.best[0].questions[0].next_read == 1.0
    assert found.best[0].related == (ReadRelated("other", "same topic", 1.0),)
