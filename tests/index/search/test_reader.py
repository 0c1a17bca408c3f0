"""Index reader: look-ups by id, row and term, and phrases."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveError
from corpus.models import Article, Section
from index.build import build_index
from index.search.reader import IndexReader

ARTICLES = (
    Article("a", "Are bats blind?", sections=(Section("", "Bats see well at dusk."),)),
    Article("b", "Do bulls hate red?", sections=(Section("", "Bulls see movement, not bats."),)),
    Article("c", "Is the moon dry?", sections=(Section("", "Ice lies in craters."),)),
)


@pytest.fixture
def reader(tmp_path: Path) -> IndexReader:
    assert build_index(ARTICLES, tmp_path) == 3
    return IndexReader(tmp_path)


def test_articles_have_rows_in_the_order_of_the_build(reader: IndexReader) -> None:
    assert len(reader) == 3
    assert reader.ids == ["a", "b", "c"]
    assert [reader.row(id) for id in reader.ids] == [0, 1, 2]
    assert "b" in reader
    assert "d" not in reader
    with pytest.raises(KeyError):
        reader.row("d")


def test_the_terms_of_an_article_come_in_order_with_the_length_of_its_headline(
    reader: IndexReader,
) -> None:
    ids, n_headline = reader.terms_of("a")
    terms = [reader.terms.terms[id] for id in ids.tolist()]
    assert terms == ["are", "bat", "blind", "bat", "see", "well", "at", "dusk"]
    assert n_headline == 3


def test_rare_terms_weigh_more_and_unknown_ones_nothing(reader: IndexReader) -> None:
    assert reader.idf_of("dusk") > reader.idf_of("bat") > 0.0
    assert reader.idf_of("zinc") == 0.0


def test_the_most_informative_terms_come_first_without_stop_words(reader: IndexReader) -> None:
    assert reader.informative_terms("The bats see dusk, zinc and the moon") == [
        "dusk",
        "moon",
        "bat",
        "see",
    ]
    assert reader.informative_terms("the moon", frozenset(["moon"])) == ["the"]


def test_a_phrase_is_found_within_one_field_only(reader: IndexReader) -> None:
    assert reader.with_phrase(["are", "bat"]).tolist() == [True, False, False]
    assert not reader.with_phrase(["blind", "bat"]).any()  # end of headline, start of body
    assert not reader.with_phrase(["zinc"]).any()


def test_articles_with_any_of_several_terms(reader: IndexReader) -> None:
    ids = [reader.terms.id(term) for term in ("dusk", "moon")]
    assert reader.with_any_term(np.array(ids, np.uint32)).tolist() == [True, False, True]


def test_matched_terms_are_those_that_the_article_has(reader: IndexReader) -> None:
    assert reader.matched_terms(1, ["red", "bat", "moon", "zinc"]) == ["red", "bat"]
    ids = np.array([reader.terms.id("moon"), reader.terms.id("red")], np.uint32)
    assert reader.matched_term_ids(1, ids) == ["red"]


def test_a_missing_file_is_named_with_the_remedy(reader: IndexReader) -> None:
    (reader.folder / "forward-index.tokens.npy").unlink()
    with pytest.raises(ArchiveError, match=r"forward-index\.tokens\.npy.*divedeeper build"):
        IndexReader(reader.folder)
