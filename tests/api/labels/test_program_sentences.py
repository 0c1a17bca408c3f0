"""What lower layers say in English is recognised, and said in the page's language."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.labels.program_sentences import PATTERNS, Sentence, program_sentence
from index.query.parser import parse_query
from recommender.related.relations import _reasons_of_checks
from recommender.suggestions.reasons import (
    ArticleLabel,
    archive_reasons,
    own_reasons,
    reasons_for_editors,
)
from recommender.types import Answer, RelatedSuggestion

READ = RelatedSuggestion("a", 1.0, "background", reasons=("also about tea, milk",))


def label_of(article_id: str) -> ArticleLabel:
    return ArticleLabel("Is tea, “the drink”, old?", "Mostly True" if article_id == "a" else "")


def test_reasons_of_questions_and_remarks_for_editors_are_known() -> None:
    said = [
        *archive_reasons("Why?", READ, label_of),
        *archive_reasons("Is tea, “the drink”, old?", READ, label_of),
        *own_reasons(None, "a", label_of),
        *reasons_for_editors(None, Answer("a", 3, 1.0), ()),
        *reasons_for_editors(None, Answer("a", 0, 1.0), ()),
        *reasons_for_editors(None, None, ()),
    ]
    assert [program_sentence(text, "de") for text in said] == [
        Sentence(text, "de")
        for text in (
            "ebenfalls geprüft: „Is tea, “the drink”, old?“, mostly true",
            "ebenfalls über tea, milk",
            "ebenfalls geprüft, mostly true",
            "ebenfalls über tea, milk",
            "in diesem Artikel gefragt",
            "diese Seite scheint sie selbst zu beantworten: Abschnitt 3",
            "diese Seite scheint sie selbst zu beantworten: Zusammenfassung",
            "in diesem Archiv noch nicht beantwortet",
        )
    ]


@pytest.mark.parametrize("relation", ["same claim", "update", "contradicts"])
@pytest.mark.parametrize("is_successor", [True, False])
@pytest.mark.parametrize("day", [None, date(2024, 3, 9)])
def test_reasons_of_related_articles_are_known(
    relation: Any, is_successor: bool, day: date | None
) -> None:
    here, other = (SimpleNamespace(verdict=verdict, day=day) for verdict in ("False", "Half true"))
    reasons = _reasons_of_checks(cast(Any, here), cast(Any, other), relation, is_successor)
    assert reasons
    assert all(program_sentence(reason, "pt").language == "pt" for reason in reasons)


def test_dates_within_a_sentence_are_in_the_language_too() -> None:
    text = "checks the same claim again, later, on 9 March 2024"
    assert program_sentence(text, "es").text.endswith("más tarde, el 9 de marzo de 2024")
    assert program_sentence(text, "en") == Sentence(text, "en")


@pytest.mark.parametrize("typed", ["???", "-tea"])
def test_notes_on_a_search_are_known(typed: str) -> None:
    notes = parse_query(typed, date(2025, 1, 1)).notes
    assert notes
    assert all(program_sentence(note, "fr").language == "fr" for note in notes)


def test_an_unknown_sentence_stays_as_it_is_and_is_called_english() -> None:
    text = "wording: begins with %(nothing)s"
    assert program_sentence(text, "fr") == Sentence(text, "en")
    assert program_sentence("", "fr") == Sentence("", "en")


def test_values_are_never_read_as_placeholders() -> None:
    assert program_sentence("also about %(terms)s, 100 % wool", "pt").text == (
        "também sobre %(terms)s, 100 % wool"
    )


def test_every_pattern_finds_itself_first() -> None:
    for pattern in PATTERNS:
        values = {"day": "9 March 2024"} if "%(day)s" in pattern else {}
        text = pattern % {
            name: values.get(name, "7")
            for name in ("headline", "verdict", "terms", "topic", "other", "this", "day", "number")
        }
        assert program_sentence(text, "en") == Sentence(text, "en")
        assert program_sentence(text, "de").language == "de", pattern
