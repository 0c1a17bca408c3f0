"""Every word of the lists is one word as the tokeniser gives it, and the lists fit each other."""

from __future__ import annotations

import pytest

from corpus.analysis.stopwords import (
    AUXILIARIES,
    COMMON_WORDS,
    NEGATIONS,
    NEGATIVE_CONTRACTIONS,
    QUESTION_WORDS,
    STOPWORDS,
)
from corpus.analysis.tokenizer import words


@pytest.mark.parametrize(
    "listed",
    [STOPWORDS, COMMON_WORDS, QUESTION_WORDS, AUXILIARIES, NEGATIVE_CONTRACTIONS, NEGATIONS],
)
def test_each_is_a_folded_word(listed: frozenset[str] | tuple[str, ...]) -> None:
    for word in listed:
        assert words(word) == [word]


def test_no_common_word_is_a_stop_word_or_listed_twice() -> None:
    assert len(set(COMMON_WORDS)) == len(COMMON_WORDS)
    assert STOPWORDS.isdisjoint(COMMON_WORDS)


def test_contractions_are_negations_of_auxiliaries() -> None:
    assert NEGATIVE_CONTRACTIONS < NEGATIONS
    for word in NEGATIVE_CONTRACTIONS - {"cant", "wont"}:
        assert word.removesuffix("nt") in AUXILIARIES


def test_no_word_asks_and_denies() -> None:
    assert QUESTION_WORDS.isdisjoint(AUXILIARIES | NEGATIONS)
    assert AUXILIARIES.isdisjoint(NEGATIONS)
    assert not STOPWORDS & {"moon", "vaccine", "don", "won", "haven"}
