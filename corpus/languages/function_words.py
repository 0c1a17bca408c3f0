"""Function words of each language: too common to tell texts apart.

English has the list of our own (``corpus.analysis.stopwords``), which rankings were learned with;
the others come from the package stopwordsiso, which keeps the lists of stopwords-iso.
"""

from __future__ import annotations

from functools import lru_cache

import stopwordsiso

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import words

LANGUAGES = frozenset(stopwordsiso.langs()) | {"en"}
"""ISO 639-1 codes of the languages with a list."""


@lru_cache(maxsize=len(LANGUAGES))
def function_words(language: str) -> frozenset[str]:
    """Return the function words of a language, folded; none for a language without a list."""
    if language == "en":
        return STOPWORDS
    if language not in LANGUAGES:
        return frozenset()
    listed = (words(word, language) for word in stopwordsiso.stopwords(language))
    return frozenset(spelt[0] for spelt in listed if len(spelt) == 1)
