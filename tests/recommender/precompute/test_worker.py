"""A worker answers in chunks what the parts of a generation would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.models import Article
from corpus.storage.store import Store
from index.build import build_index
from index.ranking.linear_ranker import LinearRanker
from recommender.precompute.preparation import prepare_related, prepare_suggestions
from recommender.precompute.worker import BuildInputs, Worker, run_task, start_worker_process

ARTICLES = [
    Article("bats", "Are bats blind?", summary="Bats see well.", followups=("Do owls hear?",)),
    Article("owls", "Do owls hear?", summary="Owls hear well, and so do bats."),
]


@pytest.fixture
def inputs(tmp_path: Path) -> BuildInputs:
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put(ARTICLES)
    build_index(ARTICLES, tmp_path)
    inputs = BuildInputs(tmp_path / "store.sqlite", tmp_path)
    prepare_related(inputs)
    prepare_suggestions(inputs, None, lambda *_: None, 0)
    return inputs


def test_tasks_take_rows_and_give_a_result_for_each(inputs: BuildInputs) -> None:
    worker = Worker(inputs)
    answers = worker.run_task("answers", [0, 1])
    assert len(answers) == 2
    assert all(answer and answer[1] for answer in answers)
    (bats, _), (owls, _) = worker.run_task("lists", range(2))
    assert [b"owls" in bats, b"bats" in owls] == [True, True]
    with pytest.raises(KeyError):
        worker.run_task("nothing", [])


def test_an_article_that_is_gone_has_empty_lists(inputs: BuildInputs) -> None:
    with Store.open(inputs.store) as store:
        store.delete(["owls"])
    assert Worker(inputs).run_task("lists", [1]) == [(b"[]", b"[]")]


def test_a_process_opens_its_worker_once(inputs: BuildInputs) -> None:
    start_worker_process(inputs)
    assert run_task("answers", [0]) == Worker(inputs).run_task("answers", [0])


def test_the_recipe_depends_on_encoder_and_weights_and_on_nothing_else(tmp_path: Path) -> None:
    inputs = BuildInputs(tmp_path / "a.sqlite", tmp_path)
    assert inputs.recipe() == BuildInputs(tmp_path / "b.sqlite", tmp_path / "b").recipe()
    others = [
        replace(inputs, encoder="auto"),
        replace(inputs, search=LinearRanker({"bm25": 1.0})),
        replace(inputs, questions=LinearRanker({"words headline": 1.0})),
    ]
    assert len({inputs.recipe(), *(other.recipe() for other in others)}) == 4
