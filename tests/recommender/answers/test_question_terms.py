"""The content terms of a question: weighed by the archive, without the word of its answer type."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article
from index.build import build_index
from index.search.reader import IndexReader
from recommender.answers.question_terms import TermStatistics, WeightedQuestion


def unknown(text: str) -> WeightedQuestion:
    """Return a question whose terms have no id and weigh 2 each."""
    return WeightedQuestion.of(text, lambda t: None, np.zeros(0, np.float32), lambda t: 2.0)


def test_stop_words_and_repetitions_are_left_out() -> None:
    question = unknown("Does the ferry replace the old ferry to the island?")
    assert len(question) == 4  # ferry, replace, old, island
    assert question.weight == 8.0


def test_the_degree_is_no_word_to_be_found_unless_little_is_left() -> None:
    assert len(unknown("How tall was the old lighthouse?")) == 2
    assert len(unknown("How tall was Napoleon?")) == 2  # tall, napoleon


def test_an_archive_weighs_its_terms_by_idf_and_others_like_its_rarest(tmp_path: Path) -> None:
    build_index(
        [
            Article("one", "Are ferries late?", summary="Ferries are late in fog."),
            Article("two", "Do ferries sink?", summary="Hardly any ferry sinks."),
        ],
        tmp_path,
    )
    terms = TermStatistics.of_index(IndexReader(tmp_path))
    assert 0.0 < terms.weight("ferri") < terms.weight("fog") <= terms.weight("quillhaven")
    assert terms.weight("in") == 0.0  # a stop word of the archive
    question = terms.question("Do ferries sink in Quillhaven?")
    assert (len(question.known), len(question.unknown)) == (2, 1)
    assert question.weight == pytest.approx(
        sum(map(terms.weight, ("ferri", "sink", "quillhaven"))), rel=1e-6
    )
    assert terms.question("Do ferries sink in Quillhaven?") is question
