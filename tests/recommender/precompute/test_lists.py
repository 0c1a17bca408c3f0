"""Lists are made in order, and those that are there are not made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article
from corpus.storage.store import Store
from index.build import build_index
from recommender.precompute.lists import finish_lists, make_lists
from recommender.precompute.preparation import prepare_related, prepare_suggestions
from recommender.precompute.worker import BuildInputs
from recommender.suggestions.stored import StoredSuggestions
from recommender.suggestions.unfinished import append_lists, n_unfinished, unfinished_lists

ARTICLES = [Article(f"{n}", f"Do trams roll on line {n}?", summary="They do.") for n in range(9)]


def quiet(*_: object) -> None: ...


@pytest.fixture
def inputs(tmp_path: Path) -> BuildInputs:
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put(ARTICLES)
        build_index(store.articles(), tmp_path)
    made = BuildInputs(tmp_path / "store.sqlite", tmp_path)
    prepare_related(made)
    assert prepare_suggestions(made, None, quiet, 0) == frozenset(range(9))
    return made


def test_lists_are_made_after_those_that_there_are(inputs: BuildInputs) -> None:
    marked = (b"[]", b'["marked"]')
    assert sum(append_lists(inputs.folder, [[marked] * 4])) == 4
    told: list[tuple[int, int]] = []
    assert make_lists(inputs, lambda _, done, n: told.append((done, n)), 0) == 9
    found = list(unfinished_lists(inputs.folder))
    assert found[:4] == [marked] * 4
    assert marked not in found[4:]
    assert told == [(9, 9)]
    assert make_lists(inputs, quiet, 0) == n_unfinished(inputs.folder) == 9  # nothing to do


def test_finished_lists_are_in_a_folder_of_their_own(inputs: BuildInputs, tmp_path: Path) -> None:
    make_lists(inputs, quiet, 0)
    (tmp_path / "new").mkdir()
    finish_lists(inputs.folder, tmp_path / "new", 9)
    stored = StoredSuggestions(tmp_path / "new", 9)
    assert all(stored.suggestions(row) for row in range(9))
    assert n_unfinished(inputs.folder) == 9  # still read by those that serve it
