"""Passages measured by hand: what of a question stands together, and what is missing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, tokenize
from recommender.answers.answer_type import answer_types_of_terms
from recommender.answers.passage_evidence import (
    BEYOND,
    COVERED_BEYOND,
    IN_ARTICLE,
    IN_HEADLINE,
    IN_PASSAGE,
    IN_SENTENCE,
    MISSING,
    NOT_ASKED,
    PASSAGE_FEATURES,
    PASSAGE_TERMS,
    TYPE_IN_PASSAGE,
    passage_evidence,
)
from recommender.answers.question_terms import TermStatistics, TermTable


def measure(headline: str, body: str, question: str) -> NDArray[np.float32]:
    """Return the features of one article; every term weighs 1."""
    ids: dict[str, int] = {}
    parts = [[ids.setdefault(t, len(ids)) for t in tokenize(text)] for text in (headline, body)]
    stop = set(map(stem, STOPWORDS))
    weights = np.array([float(term not in stop) for term in ids], np.float32)
    terms = TermStatistics(
        ids.get, TermTable(weights, answer_types_of_terms(ids)), lambda term: 1.0
    )
    n, end = len(parts[0]), len(parts[0]) + len(parts[1])
    tokens, bounds = np.array(parts[0] + parts[1], np.uint32), np.array([[0, n, n, n, end]])
    rows = np.zeros(1, np.int64)
    found = passage_evidence(tokens, bounds, terms.table, rows, terms.question(question))
    return np.asarray(found[0])


def test_what_stands_together_counts_more_than_what_is_scattered() -> None:
    far = "filler " * PASSAGE_TERMS
    together = measure("Ferries", "The harbour licenses nine boats.", "Who licenses boats there?")
    scattered = measure("Ferries", f"licenses {far} boats", "Who licenses boats there?")
    assert together[IN_ARTICLE] == scattered[IN_ARTICLE] == 1.0
    assert together[IN_PASSAGE] == together[IN_SENTENCE] == 1.0
    assert scattered[IN_PASSAGE] == 0.5


def test_an_unknown_word_is_the_heaviest_that_is_missing() -> None:
    found = measure("Are ferries late?", "Ferries are late.", "Are ferries late in Quillhaven?")
    assert found[IN_ARTICLE] == pytest.approx(2 / 3)
    assert found[MISSING] == pytest.approx(1 / 3)


def test_terms_beyond_the_headline_are_counted_apart() -> None:
    found = measure("Are ferries late?", "Fog delays them.", "Does fog or ice make ferries late?")
    assert found[IN_HEADLINE] == pytest.approx(2 / 5)  # ferries, late of fog, ice, make …
    assert found[BEYOND] == pytest.approx(3 / 5)
    assert found[COVERED_BEYOND] == pytest.approx(1 / 3)
    assert found[NOT_ASKED] == 0.0


def test_the_kind_of_answer_is_looked_for_near_the_words() -> None:
    question = "How tall is the lighthouse?"
    assert measure("Towers", "The lighthouse has 41 metres.", question)[TYPE_IN_PASSAGE] == 1.0
    far = "filler " * PASSAGE_TERMS
    assert measure("Towers", f"lighthouse {far} 41 metres", question)[TYPE_IN_PASSAGE] == 0.0


@pytest.mark.parametrize("question", ["", "?", "the", "🦇"])
def test_a_question_without_words_finds_nothing(question: str) -> None:
    found = measure("Are ferries late?", "Fog delays them.", question)
    assert found.shape == (len(PASSAGE_FEATURES),)
    assert np.isfinite(found).all()
    assert found[IN_ARTICLE] == 0.0
