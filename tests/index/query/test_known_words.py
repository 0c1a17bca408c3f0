"""Known words are those of the languages asked for, folded, and no common errors."""

from __future__ import annotations

import pytest

from index.query.known_words import KnownWords, _words_of_language


@pytest.mark.parametrize("word", ["tall", "chemo", "cafe", "jab", "vaccine"])
def test_words_of_a_language_are_known(word: str) -> None:
    assert word in KnownWords(["en"])
    assert word not in KnownWords(["xx"])
    assert word not in KnownWords([])


@pytest.mark.parametrize("word", ["recieve", "goverment", "definately", "vacine", "becuase"])
def test_common_errors_are_not_known(word: str) -> None:
    assert word not in KnownWords(["en"])


def test_several_languages_know_the_words_of_each() -> None:
    known = KnownWords(["de", "es", "xx"])
    assert "impfung" in known
    assert "vacuna" in known
    assert "vaccinations" not in known


def test_lists_are_read_ahead_of_the_first_question() -> None:
    _words_of_language.cache_clear()
    KnownWords(("en", "xx")).load()
    before = _words_of_language.cache_info().misses
    assert "water" in KnownWords(("en",))
    assert _words_of_language.cache_info().misses == before == 1
