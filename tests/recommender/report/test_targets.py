"""Where entries lead, counted on pages made by hand."""

from __future__ import annotations

from corpus.models import Article
from recommender.report.quality import JudgedList, judge_list
from recommender.report.shortfall import NO_NEXT_READ, OPEN
from recommender.report.tallies import Tally
from recommender.report.targets import FewLeading, TargetTally
from recommender.types import Answer, Origin, QuestionSuggestion, RelatedSuggestion, Suggestions


def page(id: str, own: str, archive: str, related: str = "", also: str = "") -> JudgedList:
    """Return a page whose entries lead to the articles of one letter; "-" leads nowhere."""

    def questions(targets: str, origin: Origin) -> tuple[QuestionSuggestion, ...]:
        return tuple(
            QuestionSuggestion(
                f"{id}{n}", f"Is {t} so?", 1.0, origin, Answer(t, 0, 0.9) if t != "-" else None
            )
            for n, t in enumerate(targets)
        )

    shown = Suggestions(
        (*questions(own, "own"), *questions(archive, "archive")),
        tuple(RelatedSuggestion(r, 1.0, "same topic") for r in related),
        questions(also, "archive"),
    )
    return judge_list(Article(id, f"About {id}"), shown, lambda article, ids: [0.5] * len(ids))


def test_pages_with_few_leading_questions_are_counted_and_named_with_the_reason() -> None:
    tally = TargetTally(least=2, max_listed=1)
    for judged in (page("q", "-a", ""), page("p", "", "b"), page("r", "a", "b", also="c")):
        tally.add(judged)
    found = tally.result()
    assert (found.least, found.few) == (2, 2)
    assert found.mean_leading == 5 / 3
    assert found.per_leading == (Tally("0", 0), Tally("1", 2), Tally("2", 0), Tally("3", 1))
    assert found.reasons == (Tally(NO_NEXT_READ, 2), Tally(OPEN, 1))
    assert found.examples == (FewLeading("p", "About p", 1, (NO_NEXT_READ,)),)


def test_no_article_should_be_the_target_of_two_entries() -> None:
    tally = TargetTally(least=1, max_listed=1)
    tally.add(page("p", "ab", "c", "d", "e"))
    assert tally.result().twice == 0
    tally.add(page("q", "a", "ab", "bc", "c"))
    assert tally.result().twice == 3


def test_two_questions_of_the_editors_may_lead_to_one_article() -> None:
    tally = TargetTally(least=1, max_listed=1)
    tally.add(page("p", "aa-", "--"))
    assert tally.result().twice == 0
