"""One page, one story: the editors' own questions whole, and no article twice on a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommender.suggestions.page_plan import PageLimits, page_without, plan_page
from recommender.types import Answer, Origin, QuestionSuggestion, RelatedSuggestion, Suggestions

PAGE = "page"


def question(
    text: str, target: str = "", origin: Origin = "archive", probability: float = 0.9
) -> QuestionSuggestion:
    answer = Answer(target, 1, 0.9) if target else None
    return QuestionSuggestion(
        f"id of {text}", text, 1.0, origin, answer, ("a reason",), probability=probability
    )


def own(text: str, target: str = "") -> QuestionSuggestion:
    return question(text, target, "own")


def related(*ids: str) -> list[RelatedSuggestion]:
    return [RelatedSuggestion(id, 1.0, "same topic") for id in ids]


def texts(questions: tuple[QuestionSuggestion, ...]) -> list[str]:
    return [q.text for q in questions]


def test_own_questions_stand_whole_and_first() -> None:
    questions = [question("a", "x"), *(own(str(n)) for n in range(7))]
    plan = plan_page(PAGE, questions, [], PageLimits(questions=5))
    assert texts(plan.questions) == [str(n) for n in range(7)]


def test_what_a_question_leads_to_is_not_repeated_under_related() -> None:
    plan = plan_page(
        PAGE, [own("q", "a"), question("r", "b")], related("a", "b", "c"), PageLimits()
    )
    assert [r.article_id for r in plan.related] == ["c"]


def test_two_questions_never_lead_to_one_article() -> None:
    plan = plan_page(
        PAGE, [question("q", "a"), question("r", "a"), question("s", "b")], [], PageLimits()
    )
    assert texts(plan.questions) == ["q", "s"]


def test_where_few_own_questions_lead_on_the_archive_s_follow_apart() -> None:
    mine = [own("1", "a"), own("2"), own("3"), own("4"), own("5")]
    plan = plan_page(PAGE, [*mine, *(question(c, c) for c in "abcdefg")], [], PageLimits())
    assert texts(plan.questions) == ["1", "2", "3", "4", "5"]
    assert texts(plan.also_checked) == ["b", "c", "d"]


def test_where_three_own_questions_lead_on_none_follows() -> None:
    mine = [own("1", "a"), own("2", "b"), own("3", "c"), own("4"), own("5")]
    plan = plan_page(PAGE, [*mine, question("d", "d")], [], PageLimits())
    assert plan.also_checked == ()


def test_a_page_asks_only_what_is_likely_a_good_next_read() -> None:
    weak = [question(c, c, probability=0.3) for c in "ab"]
    assert plan_page(PAGE, [*weak, question("c", "c")], [], PageLimits()).questions == (
        question("c", "c"),
    )
    # behind an editors' list without links the best of the archive stand apart
    plan = plan_page(PAGE, [own("1"), *weak], [], PageLimits(questions=1))
    assert texts(plan.questions) == ["1"]
    assert texts(plan.also_checked) == ["a", "b"]


def test_a_link_to_the_page_itself_leads_nowhere_and_takes_nothing() -> None:
    mine = [own(str(n), PAGE) for n in range(5)]
    plan = plan_page(PAGE, [*mine, question("d", "d")], related("e"), PageLimits())
    assert texts(plan.also_checked) == ["d"]
    assert [r.article_id for r in plan.related] == ["e"]


def test_open_questions_may_stand_last_or_be_hidden() -> None:
    mine = [own("open"), own("led", "a")]
    assert texts(plan_page(PAGE, mine, [], PageLimits(unanswered="last")).questions) == [
        "led",
        "open",
    ]
    assert texts(plan_page(PAGE, mine, [], PageLimits(unanswered="hide")).questions) == ["led"]


def test_a_banned_article_takes_its_questions_along_but_no_editor_s_own() -> None:
    found = Suggestions((own("mine", "a"), question("theirs", "a")), tuple(related("a", "b")))
    left = page_without(found, lambda q: False, {"a"})
    assert texts(left.questions) == ["mine"]
    assert left.questions[0].answer is None
    assert left.questions[0].reasons == ()
    assert [r.article_id for r in left.related] == ["b"]


def test_a_banned_question_is_gone_from_every_list() -> None:
    found = Suggestions((own("x"), question("y", "a")), (), (question("x", "b"),))
    left = page_without(found, lambda q: q.text == "x", ())
    assert texts(left.questions) == ["y"]
    assert left.also_checked == ()


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["", "a", "b", "c", PAGE])), max_size=12),
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.integers(1, 6),
)
def test_no_article_of_the_archive_s_choice_is_the_target_of_two_entries(
    rows: list[tuple[bool, str]], ids: list[str], limit: int
) -> None:
    questions = [
        question(str(n), to, "own" if mine else "archive") for n, (mine, to) in enumerate(rows)
    ]
    plan = plan_page(PAGE, questions, related(*ids), PageLimits(limit, limit))
    mine = [q for q in plan.questions if q.origin == "own"]
    assert mine == [q for q in questions if q.origin == "own"]
    chosen = [q for q in (*plan.questions, *plan.also_checked) if q.origin != "own"]
    targets = [q.answer.article_id for q in chosen if q.answer and q.answer.article_id != PAGE]
    targets += [r.article_id for r in plan.related]
    assert len(targets) == len(set(targets))
    assert not set(targets) & {q.answer.article_id for q in mine if q.answer}
    assert len(plan.related) <= limit
    assert len(plan.questions) <= max(limit, len(mine))
