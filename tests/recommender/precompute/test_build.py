"""Suggestions of a whole archive: every article has its lists, whoever made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article
from corpus.storage.store import Store
from index.build import build_index
from index.search.retrieval import Retrieval
from recommender.answers.bank_answers import BankAnswers
from recommender.precompute.build import build_suggestions
from recommender.precompute.worker import BuildInputs
from recommender.questions.bank import QuestionBank
from recommender.recommend import Recommender
from recommender.suggestions.stored import StoredSuggestions

TOPICS = ("bats", "moths", "owls", "foxes", "hedgehogs")
ARTICLES = tuple(
    Article(
        f"{number:02}",
        f"Do {topic} sleep in winter {number}?",
        summary=f"Many {topic} rest in cold months.",
        followups=(f"What do {topic} eat in spring?", f"Where do {topic} hide eggs?"),
        published=number != 7,
    )
    for number, topic in enumerate(TOPICS * 2)
)


def build(folder: Path, workers: int) -> BuildInputs:
    with Store.open(folder / "store.sqlite") as store:
        store.put(ARTICLES)
        build_index((a for a in store.articles() if a.published), folder)
    generation = BuildInputs(folder / "store.sqlite", folder)
    said: list[str] = []
    build_suggestions(generation, None, lambda what, done, total: said.append(what), workers)
    assert "Ranking suggestions" in said
    return generation


def test_every_published_article_has_the_lists_that_would_be_computed(tmp_path: Path) -> None:
    generation = build(tmp_path, 0)
    retrieval = Retrieval.open(tmp_path)
    ids = retrieval.reader.ids
    stored = StoredSuggestions(tmp_path, len(ids))
    by_id = {a.id: a for a in ARTICLES}
    computed = Recommender.build(retrieval, by_id, {})
    opened = Recommender.open(retrieval, by_id.__getitem__, {})
    assert len(ids) == len(ARTICLES) - 1
    for place, id in enumerate(ids):
        for recommender in (computed, opened):
            found = recommender.suggestions(by_id[id])
            lists = stored.suggestions(place)
            assert lists is not None
            assert [q.text for q in lists.questions] == [q.text for q in found.questions]
            assert [q.score for q in lists.questions] == [q.score for q in found.questions]
            assert [q.answer for q in lists.questions] == [q.answer for q in found.questions]
            assert [r.article_id for r in lists.related] == [r.article_id for r in found.related]
    assert not list(generation.folder.glob("article-terms*"))


def test_each_question_of_the_bank_is_answered_once_never_by_who_asks(tmp_path: Path) -> None:
    build(tmp_path, 0)
    bank = QuestionBank.open(tmp_path)
    answered = BankAnswers.open(tmp_path, len(bank))
    assert len(bank) == len(answered)
    for place, question in enumerate(bank):
        answer = answered[place]
        if question.headline_of:
            assert answer is not None
            assert answer.article_id in question.headline_of
        elif answer is not None:
            assert answer.article_id not in question.asked_by


@pytest.mark.slow
def test_workers_make_the_same_lists(tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "processes").mkdir()
    build(tmp_path / "alone", 0)
    build(tmp_path / "processes", 2)
    for name in ("questions.jsonl", "related.jsonl"):
        alone = (tmp_path / "alone" / name).read_bytes()
        assert alone
        assert alone == (tmp_path / "processes" / name).read_bytes()
