"""A live reader answers by rows of any part, and keeps phrases and prefixes to what is alive."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article, Section
from corpus.storage.store import Change
from index.build import build_index
from index.live.live_index import LiveIndex
from index.live.live_reader import LiveReader
from index.search.reader import IndexReader

OLD = [
    Article("bats", "Are bats blind?", sections=(Section("", "They see well at dusk."),)),
    Article("owls", "Do owls sleep?", sections=(Section("", "They sleep by day."),)),
]


@pytest.fixture
def reader(tmp_path: Path) -> LiveReader:
    build_index(OLD, tmp_path)
    live = LiveIndex(IndexReader(tmp_path))
    live.apply(
        [
            Change(3, "bats", Article("bats", "Are bats really blind?")),
            Change(4, "owls", None),
            Change(5, "eels", Article("eels", "Do eels sleep by zorblax?")),
        ]
    )
    assert isinstance(live.reader, LiveReader)
    return live.reader


def names(reader: LiveReader, mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    return [reader.ids[row] for row in np.flatnonzero(mask).tolist()]


def test_an_id_is_the_article_as_it_is_now(reader: LiveReader) -> None:
    assert "bats" in reader
    assert reader.row("bats") >= len(OLD)
    assert reader.is_new("bats")
    assert "owls" not in reader
    with pytest.raises(KeyError):
        reader.row("owls")
    terms, n_headline = reader.terms_of("bats")
    assert [reader.terms.terms[id] for id in terms] == ["are", "bat", "realli", "blind"]
    assert n_headline == 4


def test_phrases_are_found_in_what_is_alive_alone(reader: LiveReader) -> None:
    assert names(reader, reader.with_phrase(["by", "zorblax"])) == ["eels"]
    assert names(reader, reader.with_phrase(["sleep", "by"])) == ["eels"]
    assert not reader.with_phrase(["see", "well"]).any()
    assert not reader.with_phrase([]).any()
    assert not reader.with_phrase(["nowhere"]).any()
    ids = np.array([reader.terms.id("sleep"), reader.terms.id("zorblax")], np.uint32)
    assert names(reader, reader.with_any_term(ids)) == ["eels"]
    assert reader.matched_term_ids(reader.row("eels"), ids) == ["sleep", "zorblax"]


def test_columns_count_every_row(reader: LiveReader) -> None:
    alive = reader.alive
    assert alive is not None
    assert reader.columns.counts(alive)["language"] == {"en": 2}
    assert len(reader.columns.days) == len(reader)


def test_hiding_leaves_the_rest(reader: LiveReader) -> None:
    alive = reader.alive
    assert alive is not None
    hidden = alive.copy()
    hidden[reader.row("eels")] = False
    reader.hide(hidden)
    assert not reader.with_phrase(["by", "zorblax"]).any()
