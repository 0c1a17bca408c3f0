"""The index finds questions by words and by embeddings, and survives disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.models import Article
from recommender.ranking.question_index import Postings, QuestionIndex

QUESTIONS = ["How do bats hunt moths?", "Can whales drown?", "Are bats blind?"]
BATS = Article("bats", "Are bats blind?", summary="They hunt moths by echo.")
WHALES = Article("whales", "Do whales sing?", summary="Whales sing; none drown.")


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[1.0, 0.0] if "bat" in t.lower() else [0.0, 1.0] for t in texts], np.float32)


def test_candidates_share_words_and_never_repeat_the_headline() -> None:
    index, (bats, whales) = QuestionIndex.fit(QUESTIONS, [BATS, WHALES])
    rows, measures = index.measure(BATS, bats, ())
    assert rows.tolist()[0] == 0
    assert 2 not in rows.tolist()
    assert measures.shape[0] == len(rows)
    rows, _ = index.measure(WHALES, whales, ())
    assert 1 in rows.tolist()


def test_postings_hold_each_term_of_each_question_once() -> None:
    index, _ = QuestionIndex.fit(QUESTIONS, [BATS])
    postings = Postings.of(index.vectors, len(index.terms))
    (bat,) = index.terms.ids("bats")
    held = postings.questions[postings.starts[bat] : postings.starts[bat + 1]]
    assert sorted(held.tolist()) == [0, 2]
    assert postings.starts[-1] == len(index.vectors.terms) == len(postings.weights)


def test_an_embedding_finds_a_question_without_a_common_word() -> None:
    questions = ["What do battery farms cost?", "Is tea hot?"]
    index, (terms,) = QuestionIndex.fit(questions, [BATS], encode)
    (embeddings,) = index.embed([BATS], encode)
    rows, measures = index.measure(BATS, terms, embeddings)
    assert 0 in rows.tolist()
    headline, article = measures[rows.tolist().index(0), -2:]
    assert headline == pytest.approx(1.0, abs=0.02)
    assert article == pytest.approx(0.5**0.5, abs=0.02)  # its lead does not name bats
    assert index.embed([BATS], None) == [()]


def test_a_saved_index_measures_the_same(tmp_path: Path) -> None:
    index, (terms, _) = QuestionIndex.fit(QUESTIONS, [BATS, WHALES], encode)
    index.save(tmp_path)
    opened = QuestionIndex.open(tmp_path)
    (embeddings,) = opened.embed([BATS], encode)
    for one, other in zip(
        index.measure(BATS, terms, embeddings), opened.measure(BATS, terms, embeddings), strict=True
    ):
        np.testing.assert_array_equal(one, other)
    assert opened.article_numbers == {"bats": 0, "whales": 1}
    assert QuestionIndex.open(tmp_path, dense=False).embeddings is None


def test_an_index_of_nothing_has_no_candidates() -> None:
    index, _ = QuestionIndex.fit([], [])
    rows, measures = index.measure(BATS, index.terms.article(BATS), ())
    assert len(index) == 0
    assert rows.shape == (0,)
    assert len(measures) == 0
