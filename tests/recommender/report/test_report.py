"""The report of archives small enough to count by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from corpus.models import Article
from recommender.questions.bank import QuestionBank, question_id
from recommender.report.report import Report, summarise_report
from recommender.report.tallies import Tally
from recommender.types import Answer, Origin, QuestionSuggestion, RelatedSuggestion, Suggestions

HUNT, EAT, PURR = "How do bats hunt moths?", "Do bats eat fruit?", "Why do cats purr?"
BATS = Article("bats", "Are bats blind?", followups=(HUNT, EAT))
CATS = Article("cats", "Do cats fear water?", followups=(PURR, "How do bats hunt the moths?"))
OWLS = Article("owls", "Owls and the night")
ARTICLES = (BATS, CATS, OWLS)
BANK = QuestionBank.build(ARTICLES, {})


def make_question(
    text: str, origin: Origin = "own", led: str = "", confidence: float = 1.0
) -> QuestionSuggestion:
    place = BANK.row(text)
    id = BANK[place].id if place is not None else question_id(text)
    return QuestionSuggestion(id, text, 1.0, origin, Answer(led, 0, confidence) if led else None)


ROWS = (
    (
        BATS,
        Suggestions(
            (
                make_question(HUNT, led="owls", confidence=0.72),
                make_question(EAT),
                make_question("Do cats fear water?", "archive", "cats"),
            ),
            (
                RelatedSuggestion("cats", 1.0, "same topic"),
                RelatedSuggestion("owls", 0.5, "background"),
            ),
        ),
    ),
    (
        CATS,
        Suggestions(
            (
                make_question(PURR),
                make_question("Are bats blind?", "archive", "bats"),
                make_question("Are bats blind ?", "archive", "bats"),
            ),
            (RelatedSuggestion("bats", 1.0, "same topic"),),
        ),
    ),
    (OWLS, Suggestions((make_question("What do they eat?", "archive"),), ())),
)


def next_reads(article: Article, ids: list[str]) -> list[float]:
    return [{"cats": 0.8, "bats": 0.5}.get(id, 0.2) for id in ids]


@pytest.fixture(scope="module")
def report() -> Report:
    return summarise_report(ROWS, next_reads, BANK, wanted=3, max_listed=2)


def test_coverage_counts_articles_by_good_questions_and_says_why(report: Report) -> None:
    found = report.coverage
    assert (report.articles, found.short, found.least) == (3, 1, 3)
    assert found.per_good == (Tally("0", 1), Tally("1", 0), Tally("2", 0), Tally("3", 2))
    assert found.mean_good == 2.0
    assert {tally.count for tally in found.reasons} == {1}
    assert any("no follow-up" in tally.name for tally in found.reasons)


def test_a_pair_that_is_there_twice_is_found_and_shown(report: Report) -> None:
    found = report.duplicates
    assert (found.pairs, found.exact, found.same_question, found.alike_in_letters) == (6, 1, 0, 0)
    (pair,) = found.examples
    assert (pair.article_id, pair.kind) == ("cats", "exact")


def test_diversity_is_over_lists_with_a_pair(report: Report) -> None:
    found = report.diversity
    assert found.lists == 2
    assert 0.0 < found.mean < 1.0
    assert sum(tally.count for tally in found.per_tenth) == 2
    # Of three pairs two are the same question, and the third and fourth share no word with it.
    assert found.most == pytest.approx(1 / 3, abs=0.01)


def test_answers_are_counted_by_origin_with_their_confidence(report: Report) -> None:
    found = report.answers
    assert (found.questions, found.answered) == (7, 4)
    assert found.answered_share == pytest.approx(4 / 7)
    archive, own = found.by_origin  # most first, then by name
    assert (archive.origin, archive.questions, archive.answered) == ("archive", 4, 3)
    assert (own.origin, own.questions, own.answered) == ("own", 3, 1)
    assert [t.name for t in own.per_confidence if t.count] == ["0.7–0.8"]
    assert [t.name for t in archive.per_confidence if t.count] == ["0.9–1.0"]


def test_faults_of_wording_are_counted_by_fault(report: Report) -> None:
    assert report.flags.flagged == 1
    assert {tally.name for tally in report.flags.by_fault} >= {"does not stand alone"}


def test_related_articles_are_counted_by_relation(report: Report) -> None:
    found = report.related
    assert (found.articles_without, found.mean_number) == (1, 1.0)
    assert found.by_relation == (Tally("same topic", 2), Tally("background", 1))
    assert found.per_article == (Tally("0", 1), Tally("1", 1), Tally("2", 1))


def test_concentration_names_what_the_archive_shows_and_what_no_article_answers(
    report: Report,
) -> None:
    found = report.concentration
    assert found.bank == len(BANK) == 5
    assert found.bank_shown == 5
    assert [(q.text, q.shown) for q in found.most_shown] == [("Are bats blind?", 2)]
    assert found.most_shown[0].answered
    assert (found.bound, found.above_bound) == (5, 0)
    assert {idea.text for idea in found.story_ideas} == {EAT, PURR, "What do they eat?"}
    assert found.story_ideas[-1].text == "What do they eat?"  # nobody asks it


def test_one_question_beside_too_many_articles_is_counted() -> None:
    shown = Suggestions((make_question("Are bats blind?", "archive", "bats"),), ())
    rows = [(Article(f"a{n}", "Owls"), shown) for n in range(6)]
    found = summarise_report(rows, next_reads, BANK).concentration
    assert (found.bound, found.above_bound) == (5, 1)


def test_pages_are_counted_by_questions_that_lead_to_another_article(report: Report) -> None:
    found = report.targets
    assert (found.least, found.few, found.mean_leading) == (3, 3, 4 / 3)
    # "cats" and "owls" are targets of a question and a related article, "bats" of two and one.
    assert found.twice == 4
    assert [page.article_id for page in found.examples] == ["bats", "cats"]


def test_merges_are_the_wordings_that_the_bank_does_not_show(report: Report) -> None:
    assert report.merges is not None
    assert (report.merges.wordings, report.merges.questions) == (6, 5)
    assert report.merges.largest == ((HUNT, "How do bats hunt the moths?"),)


def test_best_and_worst_lists_are_at_the_right_ends(report: Report) -> None:
    assert [one.article_id for one in report.quality.best] == ["bats", "cats"]
    assert [one.article_id for one in report.quality.worst] == ["owls", "cats"]
    assert report.quality.worst[0].short
    assert not report.quality.best[0].short
    assert report.quality.best[0].questions[0].answer == "owls"
    assert report.quality.best[0].quality == report.quality.best[0].parts.total
    assert report.quality.best[0].quality == pytest.approx((0.8 + 0.8 + 0.2) / 3)


def test_mean_quality_is_the_mean_of_the_lists(report: Report) -> None:
    found = report.quality
    totals = [
        one.quality
        for one in summarise_report(ROWS, next_reads, BANK, wanted=3, max_listed=9).quality.best
    ]
    assert found.mean == pytest.approx(sum(totals) / 3)
    assert found.parts.total == pytest.approx(found.mean)
    assert sum(tally.count for tally in found.per_tenth) == 3


def test_the_order_of_the_rows_does_not_matter_and_they_are_read_once(report: Report) -> None:
    def once() -> Iterator[tuple[Article, Suggestions]]:
        yield from reversed(ROWS)

    assert summarise_report(once(), next_reads, BANK, wanted=3, max_listed=2) == report


def test_ties_go_by_id_whatever_the_batches_are() -> None:
    rows = [(Article(f"a{n:03}", "Owls"), Suggestions((), ())) for n in range(600)]
    found = summarise_report(rows, next_reads, max_listed=3)
    assert [one.article_id for one in found.quality.best] == ["a000", "a001", "a002"]
    assert [one.article_id for one in found.quality.worst] == ["a000", "a001", "a002"]


def test_without_articles_or_bank_there_are_zeros_and_nothing_fails() -> None:
    empty = summarise_report([], next_reads)
    assert empty.articles == 0
    assert empty.merges is None
    assert empty.quality.best == ()
    assert empty.coverage.short_share == empty.answers.answered_share == 0.0
    unknown = summarise_report(ROWS, next_reads).concentration
    assert (unknown.bank, unknown.bank_shown, unknown.different) == (None, None, 6)


def test_it_goes_through_json_unchanged(report: Report) -> None:
    values = asdict(report)
    assert json.loads(json.dumps(values, allow_nan=False))["coverage"]["short"] == 1
    assert set(values) >= {"coverage", "duplicates", "diversity", "answers", "related", "quality"}
