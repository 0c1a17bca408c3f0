"""Language of a text: by script where that tells it, by function words, by the package py3langid.

Short texts say little: what is meant is then decided among the languages that an archive has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import regex
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.analysis.tokenizer import words
from corpus.languages.function_words import function_words
from corpus.models import Article

MAX_CHARACTERS = 1_500  # of a text that are read: more change nothing
MIN_ENGLISH_SHARE = 0.2  # of English function words in English prose; other languages have fewer
MIN_PROBABILITY = 0.9  # of another language than the one that a field says
MIN_LIKELY = 0.6  # … where its function words are those of that language
MIN_CHARACTERS = 40  # of a text that is called another language than its field says
_MAX_WORDS = 60  # of a text whose function words are counted
_WORD_CHARACTERS = 600  # that hold so many of them
_WORD = re.compile(
    r"[^\W\d_][^\s.,;:!?()\"“”]*"
)  # enough to count function words, ten times as fast as tokens

_SCRIPTS = (  # of languages that are the only common ones in their script
    (regex.compile(r"[\p{Hiragana}\p{Katakana}]"), "ja"),
    (regex.compile(r"\p{Hangul}"), "ko"),
    (regex.compile(r"\p{Han}"), "zh"),
    (regex.compile(r"\p{Thai}"), "th"),
    (regex.compile(r"\p{Hebrew}"), "he"),
    (regex.compile(r"\p{Greek}"), "el"),
    (regex.compile(r"\p{Bengali}"), "bn"),
    (regex.compile(r"\p{Tamil}"), "ta"),
    (regex.compile(r"\p{Telugu}"), "te"),
    (regex.compile(r"\p{Gujarati}"), "gu"),
    (regex.compile(r"\p{Myanmar}"), "my"),
    (regex.compile(r"\p{Khmer}"), "km"),
    (regex.compile(r"\p{Armenian}"), "hy"),
    (regex.compile(r"\p{Georgian}"), "ka"),
)
_FAMILIES = (  # scripts that several languages share
    (regex.compile(r"\p{Arabic}"), "ar fa ur ps ku ug"),
    (regex.compile(r"\p{Cyrillic}"), "ru uk bg sr mk be kk ky mn"),
    (regex.compile(r"\p{Devanagari}"), "hi mr ne"),
)
_LETTER = regex.compile(r"\p{L}")


def article_language(article: Article, among: Sequence[str] = ()) -> str:
    """Return the language of an article: what its field says, unless its text says otherwise.

    Feeds that know no language say "en" for every article: one whose text is clearly in another
    language has that. The region of a field is kept.

    Parameters
    ----------
    article
        An article or a draft.
    among
        Languages of the archive: a text too short to tell is in one of these. Without any it is
        English.
    """
    text = " ".join((article.headline, article.claim, article.summary, article.body[:800]))
    if article.language and article.language != "en":
        return article.language
    if _is_english(text):
        return article.language or "en"
    if by_script := _language_of_script(text):
        return by_script
    family = _family(text)
    if len(text) < MIN_CHARACTERS and not family:
        return (query_language(text, among) if among else "") or article.language or "en"
    language, probability = _identifier(family).classify(text[:MAX_CHARACTERS])
    if not _is_of_family(language, family):  # such as Marathi in Latin letters
        return article.language or "en"
    is_sure = (
        bool(family)  # no English is in such a script
        or probability >= MIN_PROBABILITY
        or (probability >= MIN_LIKELY and _has_function_words(text, language))
    )
    return str(language) if is_sure else article.language or "en"


def query_language(text: str, languages: Sequence[str]) -> str:
    """Return the language of a query among those of an archive, "" where it does not tell.

    Parameters
    ----------
    text
        What was typed.
    languages
        ISO 639-1 codes, the most common language of the archive first.
    """
    if not languages:
        return "en"
    if len(languages) == 1:
        return languages[0]
    if (by_script := _language_of_script(text)) and by_script in languages:
        return by_script
    family = _family(text)
    likely = [code for code in languages if _is_of_family(code, family)]
    if len(likely) < 2:
        return likely[0] if likely else languages[0]
    spelt = words(text)
    common = {code: sum(word in function_words(code) for word in spelt) for code in likely}
    best = max(common.values())
    if best and list(common.values()).count(best) == 1:
        return max(likely, key=common.__getitem__)
    known = tuple(code for code in likely if code in _identifier(()).labels)
    if len(spelt) > 1 and len(known) > 1:
        language, probability = _identifier(known).classify(text)
        if probability >= MIN_PROBABILITY:
            return str(language)
    return ""


def _is_english(text: str) -> bool:
    return _has_function_words(text, "en")


def _has_function_words(text: str, language: str) -> bool:
    """Return whether a text has as many function words of a language as prose in it has."""
    found = _WORD.findall(text[:_WORD_CHARACTERS].lower())[:_MAX_WORDS]
    n = sum(word in function_words(language) for word in found)
    return n >= MIN_ENGLISH_SHARE * max(len(found), 1)


def _language_of_script(text: str) -> str:
    """Return the language of most letters where their script tells it, else ""."""
    letters = len(_LETTER.findall(text[:MAX_CHARACTERS]))
    for script, language in _SCRIPTS:
        n = len(script.findall(text[:MAX_CHARACTERS]))
        # Japanese is mostly Han, and a few kana tell it.
        if n * (10 if language == "ja" else 2) > letters > 0:
            return language
    return ""


def _family(text: str) -> tuple[str, ...]:
    """Return the languages of the script of ``text`` where several share it; () for any."""
    letters = len(_LETTER.findall(text[:MAX_CHARACTERS]))
    for script, codes in _FAMILIES:
        if len(script.findall(text[:MAX_CHARACTERS])) * 2 > letters > 0:
            known = set(_identifier(()).labels)
            return tuple(code for code in codes.split() if code in known)
    return ()


def _is_of_family(code: str, family: tuple[str, ...]) -> bool:
    if family:
        return code in family
    others = {language for _, language in _SCRIPTS}
    return code not in others and not any(code in codes.split() for _, codes in _FAMILIES)


@lru_cache(maxsize=64)
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    """Return the identifier of some languages, () for all that it knows."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if languages:
        identifier.set_languages(languages)
    return identifier
