"""Tokeniser: text to folded words and stemmed terms, with offsets.

A *word* is folded (lower case, no accents, no apostrophes); a *term* is the stem of a word.
Indexing, search and highlighting all use this module, so that what the index matched can be
highlighted in the text that a reader sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from itertools import chain

import Stemmer

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.web_addresses import blank_addresses

_RAW = re.compile(r"[#@]?[\w\u0300-\u036f]+(?:['\u2019.,][\w\u0300-\u036f]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CAMEL = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[^\W\d_a-z]+(?![^\W\d_A-Z])|\d+")
_PART = re.compile(r"(?:[^\W_]|[\u0300-\u036f'\u2019])+")
MAX_WORD_CHARACTERS = 64  # longer runs are encoded data, which would fill the index
MAX_CACHED_WORDS = 1 << 19  # bounds the memory on archives of any size

_stemmer = Stemmer.Stemmer("english", 0)


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents; the length may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=MAX_CACHED_WORDS)
def stem(word: str) -> str:
    """Return the term of a folded word: its English Snowball stem; words with digits stay."""
    return str(_stemmer.stemWord(word)) if word.isalpha() else word


@lru_cache(maxsize=MAX_CACHED_WORDS)
def raw_words(raw: str) -> tuple[tuple[str, int, int], ...]:
    """Return the (word, start, end) within one raw token; most have exactly one.

    A hashtag or handle is split into its capitalised parts, 1,250 loses its comma, U.S becomes us,
    end.Start is two words, a possessive loses its s.
    """
    if raw[0] in "#@":
        parts = [(m.group(), m.start(), m.end()) for m in _CAMEL.finditer(raw)]
    elif _NUMBER.fullmatch(raw):
        return ((_THOUSANDS.sub("", raw).replace(",", "."), 0, len(raw)),)
    elif _INITIALS.fullmatch(raw):
        return ((fold(raw.replace(".", "")), 0, len(raw)),)
    else:
        parts = [(m.group(), m.start(), m.end()) for m in _PART.finditer(raw)]
    words = []
    for part, start, end in parts:
        word = fold(part).replace("\u2019", "'").strip("'")
        word = word.removesuffix("'s").replace("'", "")[:MAX_WORD_CHARACTERS]
        if word:
            words.append((word, start, end))
    return tuple(words)


def raw_tokens(text: str) -> list[str]:
    """Return the raw tokens of ``text``, to be split by ``raw_words``; web addresses are left out.

    No token spans white space: the tokens of a text are those of its parts between white space.
    """
    return _RAW.findall(blank_addresses(text))


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, unstemmed, with stop words."""
    return [w for w, _, _ in chain.from_iterable(map(raw_words, raw_tokens(text)))]


def tokenize(text: str) -> list[str]:
    """Return the terms of ``text`` in order, with stop words."""
    return [stem(w) for w, _, _ in chain.from_iterable(map(raw_words, raw_tokens(text)))]


def content_terms(text: str) -> list[str]:
    """Return the terms of ``text`` in order without stop words, with repetitions."""
    return [term for term in tokenize(text) if term not in STOPWORDS]


def token_spans(text: str, beginnings: Container[str] | None = None) -> list[tuple[str, int, int]]:
    """Return (term, start, end) for each term of ``tokenize``, offsets into ``text`` itself.

    With ``beginnings``, the first one or two letters of the wanted terms in lower case, ASCII words
    that begin otherwise are skipped, which is several times as fast.
    """
    spans = []
    for match in _RAW.finditer(blank_addresses(text)):
        raw = match.group()
        if (
            beginnings is not None
            and raw.isalpha()
            and raw.isascii()
            and raw[:2].lower() not in beginnings
        ):
            continue
        at = match.start()
        spans += [(stem(word), at + start, at + end) for word, start, end in raw_words(raw)]
    return spans
