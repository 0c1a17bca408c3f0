"""Conditions: filters, phrases and signs together, and a note for what no article meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.query.parser import parse
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
    return conditions(reader, parse(typed), Filters(**filters))  # type: ignore[arg-type]


def allowed(found: Conditions, reader: IndexReader) -> str:
    assert found.allowed is not None
    return "".join(id for id, there in zip(reader.ids, found.allowed, strict=True) if there)


def test_plain_words_are_no_condition(reader: IndexReader) -> None:
    found = of(reader, "red bats")
    assert found.allowed is None and not found.sufficient and not found.notes


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
