"""Values become responses; what is gone since the build is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from api.backend.protocol import Completion
from api.http.responses import (
    article_out,
    article_page_address,
    articles_of_response,
    completions_out,
    published_in_response,
    questions_out,
    related_out,
)
from corpus.models import Article, Notice
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions
from tests.api.fake_backend import COFFEE, ODD, ODD_ID, TEA, FakeBackend

ARTICLES = {a.id: a for a in (TEA, COFFEE, ODD)}


def question(answer: Answer | None) -> QuestionSuggestion:
    return QuestionSuggestion(
        "q", "How?", 1.5, "archive", answer, ("why",), contributions={"a": 1.0, "b": 0.5}
    )


def test_an_address_is_safe_whatever_the_id_is() -> None:
    assert article_page_address(ODD_ID) == "/articles/2024%2Fw%C3%B6rld%20%26%20more%2Fquestions"
    assert article_page_address("a", 2) == "/articles/a#section-2"
    assert article_page_address("a", 0) == "/articles/a#section-0"


def test_an_answer_names_its_section_and_one_that_is_no_more_is_the_summary() -> None:
    (found,) = questions_out([question(Answer(TEA.id, 2, 0.9))], ARTICLES, explain=False)
    assert found.answer is not None
    assert found.contributions is None
    assert (found.answer.heading, found.answer.section) == ("Strong tea", 2)
    (found,) = questions_out([question(Answer(TEA.id, 9, 1.7))], ARTICLES, explain=True)
    assert found.answer is not None
    assert found.contributions == {"a": 1.0, "b": 0.5}
    assert (found.answer.heading, found.answer.confidence) == ("Summary", 1.0)


def test_what_is_gone_answers_nothing_and_is_not_related() -> None:
    (found,) = questions_out([question(Answer("gone", 0, 0.9))], ARTICLES, explain=False)
    assert found.answer is None
    suggested = [
        RelatedSuggestion("gone", 1.0, "update"),
        RelatedSuggestion(COFFEE.id, 0.5, "update"),
    ]
    (related,) = related_out(suggested, ARTICLES, explain=False)
    assert (related.id, related.verdict, related.relation) == (COFFEE.id, "Mostly true", "update")
    assert published_in_response("hidden", ARTICLES) is None


def test_an_article_has_numbered_sections_and_only_web_addresses() -> None:
    out = article_out(TEA, "newer")
    assert [section.number for section in out.sections] == [1, 2]
    assert [source.url for source in out.sources] == ["https://leaf.example/2019", None]
    assert (out.superseded_by, out.page) == ("newer", f"/articles/{TEA.id}")


def test_an_article_has_its_notices_with_their_days() -> None:
    notices = (Notice("correction", "Four doors.", date(2026, 4, 1)), Notice("update", "Five."))
    out = article_out(replace(TEA, notices=notices), None).model_dump(mode="json")
    assert out["notices"] == [
        {"kind": "correction", "date": "2026-04-01", "text": "Four doors."},
        {"kind": "update", "date": None, "text": "Five."},
    ]


def test_articles_are_looked_up_once_for_all_suggestions() -> None:
    asked: list[Sequence[str]] = []

    class Counting(FakeBackend):
        def articles(self, ids: Sequence[str]) -> dict[str, Article]:
            asked.append(list(ids))
            return super().articles(ids)

    backend = Counting()
    questions = [question(Answer(TEA.id, 0, 1.0)), question(None), question(Answer(TEA.id, 1, 1.0))]
    related = (RelatedSuggestion(COFFEE.id, 1.0, "update"),)
    found = articles_of_response(backend, Suggestions((*questions,), related))
    assert set(found) == {TEA.id, COFFEE.id}
    assert asked == [[TEA.id, COFFEE.id]]
    assert articles_of_response(backend, Suggestions((), ())) == {}
    assert len(asked) == 1


def test_a_draft_may_answer_its_own_question() -> None:
    page = Suggestions((question(Answer("draft", 1, 0.9)),), ())
    draft = replace(TEA, id="draft")
    (found,) = questions_out(
        page.questions, articles_of_response(FakeBackend(), page, draft), False
    )
    assert found.answer is not None
    assert found.answer.section == 1


def test_an_open_question_leads_to_a_search_for_its_words() -> None:
    (found,) = questions_out([question(None)], ARTICLES, explain=False)
    assert found.search is not None
    assert found.search.startswith("/?q=")
    (found,) = questions_out([question(Answer(TEA.id, 0, 1.0))], ARTICLES, explain=False)
    assert found.search is None


def test_a_completion_leads_to_a_page_or_to_a_search() -> None:
    out = completions_out([Completion("tea", "phrase"), Completion("Tea?", "headline", "tea")], {})
    assert [(c.article_id, c.page) for c in out.suggestions] == [
        (None, None),
        ("tea", "/articles/tea"),
    ]
