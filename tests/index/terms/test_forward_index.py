"""Law: what is known of the texts is what counting them field by field gives."""

from __future__ import annotations

import numpy as np
import pytest

from index.terms import forward_index as texts_module
from index.terms.forward_index import ForwardIndex, ForwardIndexWriter, informative_weights
from index.terms.term_dictionary import TermDictionary


def test_lengths_are_of_the_articles_that_have_a_field_and_stop_words_weigh_nothing() -> None:
    weights = informative_weights(
        np.array([3.0, 1.0, 5.0], np.float32), np.array([False, True, False])
    )
    assert weights.tolist() == [3.0, 0.0, 5.0]
    tokens = np.array([0, 1, 2, 2, 0, 1], np.uint32)
    bounds = np.array([[0, 2, 4, 4, 4], [4, 5, 5, 5, 6]], np.int64)
    texts = ForwardIndex.of(tokens, bounds, weights)
    assert texts.mean_lengths.tolist() == [1.5, 2.0, 1.0, 1.0]  # 1 where no article has the field
    assert texts.short_weights.tolist() == [[3.0, 10.0], [3.0, 0.0]]


@pytest.mark.parametrize("n_articles", [0, 1])
def test_an_archive_without_words_has_them_too(n_articles: int) -> None:
    texts = ForwardIndex.of(
        np.zeros(0, np.uint32), np.zeros((n_articles, 5), np.int64), np.zeros(0, np.float32)
    )
    assert texts.mean_lengths.tolist() == [1.0] * 4
    assert texts.short_weights.tolist() == [[0.0, 0.0]] * n_articles


@pytest.mark.parametrize("together", [1, 30, 1000])
def test_texts_are_written_one_behind_the_other_however_many_are_learnt_at_once(
    monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(texts_module, "MIN_BATCH_CHARACTERS", together)
    writer = ForwardIndexWriter(TermDictionary())
    writer.add(("Red wolves", "", "wolves chase", "hens"))
    writer.add(("", "", "", ""))
    writer.add(("Hens", "red", "", "sea sea"))
    tokens, bounds = writer.finish()
    assert tokens.tolist() == [0, 1, 1, 2, 3, 3, 0, 4, 4]
    assert bounds.tolist() == [[0, 2, 2, 4, 5], [5] * 5, [5, 6, 7, 7, 9]]


def test_no_articles_leave_no_tokens() -> None:
    tokens, bounds = ForwardIndexWriter(TermDictionary()).finish()
    assert tokens.size == 0
    assert bounds.shape == (0, 5)
