"""Known words: what a language knows is no typing error, whatever the archive has.

The frequency lists are those of the package pyspellchecker, read as data: folded words that stand
in subtitles, cleaned of frequent errors. A list is read when its first word is looked up.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from corpus.analysis.folding import fold

MIN_OCCURRENCES = 3  # of a word in the list: rarer ones are errors too often
LANGUAGES = frozenset("ar de en es eu fa fr it lv nl pt ru".split())
"""ISO 639-1 codes of the languages with a list."""


class KnownWords:
    """The words of some languages; those without a list know none."""

    def __init__(self, languages: Iterable[str]) -> None:
        """Know the words of ``languages``, ISO 639-1 codes."""
        self._languages = [code for code in dict.fromkeys(languages) if code in LANGUAGES]

    def load(self) -> None:
        """Read the lists now: 60 ms for each language that a first search need not wait for."""
        for code in self._languages:
            _words_of_language(code)

    def __contains__(self, word: object) -> bool:
        """Return whether a folded word is one of any of the languages."""
        return any(word in _words_of_language(code) for code in self._languages)


@lru_cache(maxsize=len(LANGUAGES))
def _words_of_language(language: str) -> frozenset[str]:
    path = files("spellchecker") / "resources" / f"{language}.json.gz"
    counts: dict[str, int] = json.loads(gzip.decompress(path.read_bytes()))
    return frozenset(fold(word) for word, n in counts.items() if n >= MIN_OCCURRENCES)
