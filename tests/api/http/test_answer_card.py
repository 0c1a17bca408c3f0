"""Answer card: shown where an answer is sure, with checks that disagree; nothing otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from api.http.answer_card import MIN_CONFIDENCE, look_up_answered_hits
from api.http.request_models import SearchForm
from corpus.models import Section
from recommender.types import Answer
from tests.api.fake_backend import COFFEE, EVIL, TEA, FakeBackend, make_client

ASKED = "Does tea dry you out?"


def answers(answer: Answer, **fields: Any) -> list[str]:
    form = SearchForm.model_validate({"q": ASKED, "answer": True, **fields})
    backend = FakeBackend(answers={form.q: answer})
    return [one.id for one in look_up_answered_hits(backend, form).answers]


def test_a_sure_answer_stands_with_its_passage_and_the_check_that_disagrees() -> None:
    form = SearchForm.model_validate({"q": ASKED, "answer": True})
    backend = FakeBackend(answers={ASKED: Answer(TEA.id, 2, 0.93)})
    first, other = look_up_answered_hits(backend, form).answers
    assert (first.id, first.section, first.confidence) == (TEA.id, 2, 0.93)
    assert first.passage == TEA.sections[1].text
    assert (first.verdict, first.date, first.url) == ("False", TEA.checked_on, TEA.url)
    assert first.page.endswith(f"/articles/{TEA.id}#section-2")
    assert other.id == EVIL.id  # the related article that contradicts


def test_what_is_not_sure_or_gone_is_not_shown() -> None:
    assert answers(Answer(TEA.id, 0, MIN_CONFIDENCE))
    assert answers(Answer(TEA.id, 0, MIN_CONFIDENCE - 0.01)) == []
    assert answers(Answer("gone", 0, 0.99)) == []
    assert answers(Answer("hidden", 0, 0.99)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"q": "dry tea"},
        {"q": f"{ASKED} " * 60},
        {"offset": 1},
        {"sort": "date"},
        {"topic": ["food"]},
        {"context": "Tea takes more water out of you than it brings in."},
    ],
)
def test_keywords_long_texts_and_narrowed_searches_get_none(fields: dict[str, Any]) -> None:
    assert answers(Answer(TEA.id, 0, 0.99), **fields) == []


def test_the_api_and_the_page_show_it_above_the_hits() -> None:
    backend = FakeBackend((TEA, COFFEE), answers={ASKED: Answer(TEA.id, 2, 0.93)})
    client = make_client(backend)
    found = client.get("/v1/search", params={"q": ASKED, "answer": True}).json()
    assert [one["id"] for one in found["answers"]] == [TEA.id]
    assert client.get("/v1/search", params={"q": ASKED}).json()["answers"] == []  # not asked for
    page = client.get("/", params={"q": ASKED}).text
    assert "A fact check answers this" in page
    assert page.index(f"{TEA.sections[1].text[:20]}") < page.index("<ol>")
    assert "A fact check answers this" not in client.get("/", params={"q": "tea"}).text


def test_the_page_says_that_checks_disagree_and_runs_nothing_hostile() -> None:
    backend = FakeBackend(answers={ASKED: Answer(TEA.id, 2, 0.93)})
    page = make_client(backend).get("/", params={"q": ASKED}).text
    assert "Fact checks disagree about this" in page
    assert "<script>window.hacked" not in page


def test_a_claim_is_answered_by_what_became_of_it() -> None:
    claim = "Tea takes more water out of you than it brings in"
    repeats = f"A post says that {claim.lower()}."
    sections = (Section("What is claimed", repeats), Section("What we found", "Tea. " + repeats))
    denied = "Tea does not take more water out of you than it brings in."
    checked = replace(TEA, sections=(*sections, Section("Result", denied)))
    backend = FakeBackend((checked,), answers={claim: Answer(TEA.id, 1, 0.93)})
    form = SearchForm.model_validate({"q": claim, "answer": True})
    (first,) = look_up_answered_hits(backend, form).answers
    assert (first.passage, first.section, first.heading) == (denied, 3, "Result")
    assert first.page.endswith("#section-3")
