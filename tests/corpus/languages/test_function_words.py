"""Function words are folded as the tokeniser folds words."""

from __future__ import annotations

import pytest

from corpus.analysis.stopwords import STOPWORDS
from corpus.languages.function_words import LANGUAGES, function_words


def test_english_has_the_list_that_rankings_were_learned_with() -> None:
    assert function_words("en") is STOPWORDS


@pytest.mark.parametrize(
    ("language", "word"),
    [("de", "nicht"), ("es", "que"), ("fr", "tres"), ("ar", "هذا"), ("hi", "है"), ("tr", "icin")],
)
def test_other_languages_have_lists_of_folded_words(language: str, word: str) -> None:
    assert word in function_words(language)
    assert language in LANGUAGES


def test_a_language_without_a_list_has_none() -> None:
    assert function_words("xx") == frozenset()
