"""The data classes of the archive are frozen values, equal by content."""

from __future__ import annotations

import dataclasses

import pytest

from corpus.models import Article, BadRecord, Section, Source


def test_only_id_and_headline_are_required() -> None:
    article = Article("tram", "Do trams fly?")
    assert article == Article("tram", "Do trams fly?", language="en", published=True)
    assert (article.body, article.checked_on, article.sections) == ("", None, ())


def test_the_body_is_headings_and_texts_a_paragraph_each_without_the_summary() -> None:
    sections = (Section("Why", "Wheels.\nRails."), Section("", "More."), Section("End", ""))
    article = Article("tram", "Do trams fly?", summary="No.", sections=sections)
    assert article.body == "Why\nWheels.\nRails.\nMore.\nEnd"


@pytest.mark.parametrize(
    "value", [Article("a", "b"), Section("a", "b"), Source(1, "a"), BadRecord("a", 1, "b", "c")]
)
def test_values_are_frozen(value: object) -> None:
    for name in (field.name for field in dataclasses.fields(value)):  # type: ignore[arg-type]
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, "other")
    assert hash(value) == hash(dataclasses.replace(value))  # type: ignore[type-var]


def test_a_bad_record_is_one_line_with_place_reason_and_remedy() -> None:
    bad = BadRecord("a.jsonl", 3, "the line is not JSON", "Write one object to a line")
    assert str(bad) == "a.jsonl:3: the line is not JSON. Write one object to a line"
