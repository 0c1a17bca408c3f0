"""An article comes back from its plain values, and every wrong value is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article, Section, Source
from corpus.serialization import (
    MAX_ID_CHARACTERS,
    MAX_SOURCE_NUMBER,
    article_from_dict,
    article_to_dict,
)
from tests.corpus.articles import ARTICLES

TRAM = Article("tram", "Do trams fly?", sections=(Section("Why", "Wheels."),))


@given(ARTICLES)
def test_an_article_comes_back_from_its_mapping(article: Article) -> None:
    values = article_to_dict(article)
    assert article_from_dict(values) == article
    assert article_from_dict(json.loads(json.dumps(values))) == article


def test_only_id_and_headline_are_needed_and_unknown_fields_are_left_out() -> None:
    found = article_from_dict({"id": "a", "headline": "B?", "mood": {}, "claim": None})
    assert found == Article("a", "B?")


def test_a_date_with_time_is_its_day_and_an_unreadable_one_none() -> None:
    base = {"id": "a", "headline": "B?"}
    assert article_from_dict({**base, "checked_on": "2025-10-24T10:00:00Z"}).checked_on == date(
        2025, 10, 24
    )
    assert article_from_dict({**base, "checked_on": "last week"}).checked_on is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "id is missing or empty"),
        ({"id": " "}, "id is missing or empty"),
        ({"id": 7}, "id must be text, not a number"),
        ({"id": "a\n"}, "id begins or ends with a space"),
        ({"id": "a\x00b"}, "control character"),
        ({"id": "a" * 513}, "id is longer than 512"),
        ({"headline": ""}, "headline is missing or empty"),
        ({"headline": "\ud800"}, "headline holds half a character"),
        ({"claim": ["x"]}, "claim must be text, not a list"),
        ({"checked_on": 20251024}, "checked_on must be text, not a number"),
        ({"followups": "Why?"}, "followups must be a list, not text"),
        ({"followups": ["Why?", None]}, r"followups\[1\] must be text, not null"),
        ({"supersedes": {}}, "supersedes must be a list, not an object"),
        ({"sections": ["x"]}, r"sections\[0\] must be an object, not text"),
        ({"sections": [{}, {"text": 1.5}]}, r"sections\[1\].text must be text, not a number"),
        ({"sources": [{}]}, r"sources\[0\].number must be a whole number, not null"),
        ({"sources": [{"number": True}]}, r"sources\[0\].number must be a whole number"),
        ({"sources": [{"number": -1}]}, r"sources\[0\].number must be from 0"),
        ({"sources": [{"number": 1, "url": "file:///x"}]}, r"sources\[0\].url must begin with"),
        ({"url": "javascript:alert(1)"}, "url must begin with http"),
        ({"published": "no"}, "published must be true or false, not text"),
    ],
)
def test_a_wrong_value_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        article_from_dict({"id": "a", "headline": "B?", **change})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(article_to_dict(TRAM))), JSON))
def test_any_json_gives_an_article_or_a_message(values: dict[str, object]) -> None:
    try:
        article_to_dict(article_from_dict({"id": "a", "headline": "B?", **values}))
    except ValueError as error:
        assert str(error)


def test_the_form_is_that_of_the_documentation() -> None:
    article = Article(
        "tram",
        "Do trams fly?",
        sections=(Section("Why", "Wheels."),),
        sources=(Source(1, "A book", "https://a.example"),),
        checked_on=date(2025, 10, 24),
    )
    values = article_to_dict(article)
    assert values["sections"] == [{"heading": "Why", "text": "Wheels."}]
    assert values["sources"] == [{"number": 1, "text": "A book", "url": "https://a.example"}]
    assert values["checked_on"] == "2025-10-24"
    assert values["published"] is True
    assert values["followups"] == []


def test_the_limits_themselves_are_allowed() -> None:
    base = {"id": "a" * MAX_ID_CHARACTERS, "headline": "B?"}
    sources = [{"number": 0}, {"number": MAX_SOURCE_NUMBER}]
    found = article_from_dict({**base, "sources": sources})
    assert [source.number for source in found.sources] == [0, MAX_SOURCE_NUMBER]
    with pytest.raises(ValueError, match="must be from 0 to"):
        article_from_dict({**base, "sources": [{"number": MAX_SOURCE_NUMBER + 1}]})
