"""Tokeniser: text to folded words and stemmed terms, with offsets.

A *word* is folded (see ``corpus.analysis.folding``) and without apostrophes; a *term* is the stem
of a word in its language. Scripts without spaces between words are read by pairs of letters.
Indexing, search and highlighting all use this module, so that what the index matched can be
highlighted in the text that a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

import regex
import Stemmer

from corpus.analysis.folding import digits_table, fold, invisible_characters
from corpus.analysis.scripts import has_script_by_pairs, spans_by_script
from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.web_addresses import blank_addresses

__all__ = [
    "content_terms",
    "fold",
    "raw_tokens",
    "raw_words",
    "stem",
    "token_spans",
    "tokenize",
    "words",
]

_APOSTROPHES = "'’‘‛ʼʻ′´`＇ꞌʹ"
_SPACES_IN_NUMBERS = "\u00a0\u202f\u2009"
_RAW_ASCII = re.compile(r"[#@]?\w+(?:['`.,]\w+)*")
_WORD = rf"[\p{{L}}\p{{N}}\p{{M}}_{regex.escape(invisible_characters())}]"
_RAW = regex.compile(
    rf"(?<!\p{{Nd}})\p{{Nd}}{{1,3}}(?:[{_SPACES_IN_NUMBERS}]\p{{Nd}}{{3}})+(?![\p{{L}}\p{{N}}])"
    rf"|\ue000|[#@＃＠]?{_WORD}+(?:[{_APOSTROPHES}.,．，٫٬·]{_WORD}+)*"
)
_NUMBER = re.compile(r"\d+(?:[., ]\d+)+")
_INDIAN = re.compile(r"\d{1,3}(?:,\d{2})+,\d{3}")
_THOUSANDS = re.compile(r"[., ](?=\d{3}(?:\D|$))")
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)*)(bn|bln|mn|mln|tn|trn)", re.IGNORECASE)
_UNITS = {"m": "million", "b": "billion", "t": "trillion"}
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CAMEL = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[^\W\d_a-z]+(?![^\W\d_A-Z])|\d+")
_PART_ASCII = re.compile(r"(?:[^\W_]|')+")
_PART = regex.compile(rf"(?:[\p{{L}}\p{{N}}\p{{M}}'{regex.escape(invisible_characters())}])+")
# One character for another, so that offsets stay.
_PLAIN_CHARACTERS = {
    **digits_table(),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _SPACES_IN_NUMBERS), " "),
    **{ord(c): plain for c, plain in zip("＃＠．，٫٬", "#@.,.,", strict=True)},
}
SECTION_BORDER = " \ue000 "
"""Between two sections: a term of its own, which stands in no text, so that no phrase goes on."""
_BORDER = SECTION_BORDER.strip()
MAX_WORD_CHARACTERS = 64  # longer runs are encoded data, which would fill the index
MAX_CACHED_WORDS = 1 << 19  # bounds the memory on archives of any size
_MAX_CACHED_CHARACTERS = 32  # a clause of a script without spaces comes once, and has many words

_ELIDED = {  # what an apostrophe may cut off from the front of a word, by language
    "fr": "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu quelqu",
    "it": "l un d c v m t s n dell all dall nell sull coll quell bell sant nient quest qualcun",
    "ca": "l d m n s t",
    "pt": "d",
}
_PREFIXES = {
    language: frozenset(f"{word}'" for word in words.split()) for language, words in _ELIDED.items()
}
_STEMMERS = {
    **{"ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek"},
    **{"en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish"},
    **{"fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian"},
    **{"id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch"},
    **{"no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian"},
    **{"sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish"},
}
STEMMED_LANGUAGES = frozenset(_STEMMERS) & frozenset(
    code for code, name in _STEMMERS.items() if name in Stemmer.algorithms()
)
"""ISO 639-1 codes of the languages with a Snowball stemmer; words of others stay as they are."""

Words = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=len(_STEMMERS))
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language], 0)


_english_stemmer = _stemmer("en")


@lru_cache(maxsize=MAX_CACHED_WORDS)
def stem(word: str, language: str = "en") -> str:
    """Return the term of a folded word: its Snowball stem; words with digits stay.

    ``language`` is an ISO 639-1 code; a word of a language without a stemmer stays.
    """
    if not word.isalpha():
        return word
    if language == "en":
        return str(_english_stemmer.stemWord(word))
    if language not in STEMMED_LANGUAGES:
        return word
    return str(_stemmer(language).stemWord(word))


def raw_words(raw: str, language: str = "en") -> Words:
    """Return the (word, start, end) within one raw token; most have exactly one.

    A hashtag or handle is split into its capitalised parts, 1,250 loses its comma, 5bn is 5
    billion, U.S becomes us, end.Start is two words, a possessive loses its s, l'ail its article
    where the language has such articles, and a run of a script without spaces is its pairs.
    """
    if len(raw) > _MAX_CACHED_CHARACTERS:
        return _read_raw_words(raw, language)
    return _cached_raw_words(raw, language)


def raw_tokens(text: str) -> list[str]:
    """Return the raw tokens of ``text``, to be split by ``raw_words``; web addresses are left out.

    No token spans ASCII white space: the tokens of a text are those of its parts between it.
    """
    text = blank_addresses(text)
    return list((_RAW_ASCII if text.isascii() else _RAW).findall(text))


def words(text: str, language: str = "en") -> list[str]:
    """Return the folded words of ``text`` in order, unstemmed, with stop words."""
    return [w for raw in raw_tokens(text) for w, _, _ in raw_words(raw, language)]


def tokenize(text: str, language: str = "en") -> list[str]:
    """Return the terms of ``text`` in order, with stop words."""
    return [stem(w, language) for w in words(text, language)]


def content_terms(text: str) -> list[str]:
    """Return the terms of an English ``text`` in order without stop words, with repetitions."""
    return [term for term in tokenize(text) if term not in STOPWORDS]


def token_spans(
    text: str, beginnings: Container[str] | None = None, language: str = "en"
) -> list[tuple[str, int, int]]:
    """Return (term, start, end) for each term of ``tokenize``, offsets into ``text`` itself.

    With ``beginnings``, the first one or two letters of the wanted terms in lower case, ASCII words
    that begin otherwise are skipped, which is several times as fast.

    Parameters
    ----------
    text
        Any text.
    beginnings
        See above; None: every term.
    language
        ISO 639-1 code.
    """
    spans = []
    blanked = blank_addresses(text)
    for match in (_RAW_ASCII if blanked.isascii() else _RAW).finditer(blanked):
        raw = match.group()
        if (
            beginnings is not None
            and raw.isalpha()
            and raw.isascii()
            and raw[:2].lower() not in beginnings
        ):
            continue
        at = match.start()
        spans += [
            (stem(word, language), at + start, at + end)
            for word, start, end in raw_words(raw, language)
        ]
    return spans


def _read_raw_words(raw: str, language: str) -> Words:
    parts: list[tuple[str, int, int]]
    if raw == _BORDER:
        return ((raw, 0, 1),)
    plain = raw if raw.isascii() and "`" not in raw else raw.translate(_PLAIN_CHARACTERS)
    if plain[0] in "#@":
        parts = [(m.group(), m.start(), m.end()) for m in _CAMEL.finditer(plain)]
        if not plain.isascii():
            parts = _parts_by_script(parts)
    elif _NUMBER.fullmatch(plain):
        return ((_ungrouped(plain), 0, len(raw)),)
    elif amount := _AMOUNT.fullmatch(plain):
        number, unit = amount.groups()
        end = len(number)
        number = _ungrouped(number) if _NUMBER.fullmatch(number) else number
        return (number, 0, end), (_UNITS[unit[0].lower()], end, len(raw))
    elif _INITIALS.fullmatch(plain):
        return ((fold(plain.replace(".", "")), 0, len(raw)),)
    elif plain.isascii():
        parts = [(m.group(), m.start(), m.end()) for m in _PART_ASCII.finditer(plain)]
    else:
        parts = _parts_by_script([(m.group(), *m.span()) for m in _PART.finditer(plain)])
    found = []
    for part, start, end in parts:
        word = _unelided(fold(part).strip("'"), language)
        word = word.removesuffix("'s").replace("'", "")[:MAX_WORD_CHARACTERS]
        if word:
            found.append((word, start, end))
    return tuple(found)


_cached_raw_words = lru_cache(maxsize=MAX_CACHED_WORDS)(_read_raw_words)


def _parts_by_script(parts: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return parts with each run of a script without spaces as its pairs."""
    found = []
    for part, start, end in parts:
        if has_script_by_pairs(part):
            found += [(part[a:b], start + a, start + b) for a, b in spans_by_script(part)]
        else:
            found.append((part, start, end))
    return found


def _unelided(word: str, language: str) -> str:
    """Return a folded word without the elided article before its apostrophe."""
    prefixes = _PREFIXES.get(language)
    if prefixes is None or "'" not in word:
        return word
    article, _, rest = word.partition("'")
    return rest if rest and f"{article}'" in prefixes else word


def _ungrouped(number: str) -> str:
    """Return a number without what groups its digits by three, or as in India; 3,14 as 3.14."""
    if _INDIAN.fullmatch(number):
        return number.replace(",", "")
    return _THOUSANDS.sub("", number).replace(",", ".").replace(" ", "")
