"""Conditions: filters, phrases and signs together, and a note for what no article meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.query.parser import parse_query
from index.search.conditions import Conditions, conditions
from index.search.reader import IndexReader
from index.types import Filters

ARTICLES = (
    Article("a", "Are bats blind?", sections=(Section("", "Bats see."),), topic="animals"),
    Article("b", "Are bulls blind?", sections=(Section("", "Bulls see red."),), topic="animals"),
    Article("c", "Is the moon dry?", sections=(Section("", "Red ice."),), topic="space"),
)


@pytest.fixture
def reader(tmp_path: Path) -> IndexReader:
    build_index(ARTICLES, tmp_path)
    return IndexReader(tmp_path)


def of(reader: IndexReader, typed: str, **filters: tuple[str, ...]) -> Conditions:
    return conditions(reader, parse_query(typed), Filters(**filters))  # type: ignore[arg-type]


def allowed(found: Conditions, reader: IndexReader) -> str:
    assert found.allowed is not None
    return "".join(id for id, there in zip(reader.ids, found.allowed, strict=True) if there)


def test_plain_words_are_no_condition(reader: IndexReader) -> None:
    found = of(reader, "red bats")
    assert found.allowed is None
    assert not found.sufficient
    assert not found.notes


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("+red", "bc"),
        ("red -moon", "ab"),
        ('"blind bats"', ""),
        ("bl*", "ab"),
        ("topic:ANIMALS", "ab"),
        ("topic:animals +red", "b"),
    ],
)
def test_all_that_was_typed_must_hold(reader: IndexReader, typed: str, ids: str) -> None:
    assert allowed(of(reader, typed), reader) == ids


def test_what_was_chosen_beside_the_box_must_hold_too(reader: IndexReader) -> None:
    assert allowed(of(reader, "+red", topics=("space",)), reader) == "c"


def test_phrases_signs_and_prefixes_suffice_but_exclusions_and_filters_do_not(
    reader: IndexReader,
) -> None:
    assert all(of(reader, typed).sufficient for typed in ('"red"', "+red", "re*"))
    assert not any(of(reader, typed).sufficient for typed in ("red -moon", "red topic:space"))


def test_a_prefix_gives_the_terms_that_begin_with_it(reader: IndexReader) -> None:
    ids = of(reader, "b*").prefix_terms.tolist()
    assert sorted(reader.terms.terms[id] for id in ids) == ["bat", "blind", "bull"]
    assert not len(of(reader, "bats").prefix_terms)


def test_what_no_article_has_is_noted(reader: IndexReader) -> None:
    assert "“zinc”" in of(reader, "+zinc").notes[0]
    assert "“zi”" in of(reader, "zi*").notes[0]
    assert "“red moon”" in of(reader, '"red moon"').notes[0]


def test_one_quoted_phrase_stays_strict_and_is_explained(reader: IndexReader) -> None:
    found = of(reader, '"bulls see"')
    assert allowed(found, reader) == "b"
    assert found.sufficient
    assert found.notes == ("Only articles that have “bulls see” word for word are shown.",)
    nowhere = of(reader, '"red moon"')
    assert allowed(nowhere, reader) == ""
    assert nowhere.sufficient
    assert "word for word" in nowhere.notes[0]
    assert "one by one" in nowhere.notes[0]
    elsewhere = of(reader, 'topic:space "bulls see"')
    assert allowed(elsewhere, reader) == ""
    assert "meets the other conditions" in elsewhere.notes[0]


def test_a_phrase_within_a_longer_text_is_a_condition_if_an_article_has_it(
    reader: IndexReader,
) -> None:
    found = of(reader, 'why do "bulls see" the moon')
    assert allowed(found, reader) == "b"
    assert found.sufficient
    assert not found.notes


def test_a_phrase_within_a_longer_text_that_leaves_nothing_falls_back_to_words(
    reader: IndexReader,
) -> None:
    found = of(reader, 'is there a "red moon" in the sky')
    assert found.allowed is None
    assert not found.sufficient
    assert found.notes == (
        "No matching article has “red moon” word for word, so its words were searched one by one.",
    )
    filtered = of(reader, 'topic:space do "bulls see" red')
    assert allowed(filtered, reader) == "c"
    assert not filtered.sufficient


def test_of_several_phrases_those_that_an_article_has_stay_conditions(reader: IndexReader) -> None:
    found = of(reader, 'do "bulls see" a "red moon"')
    assert allowed(found, reader) == "b"
    assert found.sufficient
    assert "“red moon”" in found.notes[0]
    assert "“bulls see”" not in found.notes[0]


def test_phrases_that_no_article_has_together_all_fall_back(reader: IndexReader) -> None:
    found = of(reader, 'do "bulls see" what "bats see"')
    assert found.allowed is None
    assert not found.sufficient
    assert "“bulls see” and “bats see”" in found.notes[0]


def test_a_sign_stays_strict_when_a_phrase_falls_back(reader: IndexReader) -> None:
    found = of(reader, '"red moon" +dry')
    assert allowed(found, reader) == "c"
    assert found.sufficient
