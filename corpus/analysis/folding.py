"""Folding: one spelling for all ways to write a word, by Unicode's rules.

Case, accents, strokes through letters, ligatures, full-width and presentation forms, points and
vowel signs of Hebrew and Arabic, the alef and hamza forms, tatweel, digits of every script,
invisible characters: none of them tells two words apart. Vowel signs of Indic scripts and the
voicing marks of kana do, and stay.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache

# Letters that Unicode does not decompose, with the plain letters that people type for them.
_PLAIN_LETTERS = {
    **dict(zip("øłđħŧıðɨƶƀɍɉŋ", ("o l d h t i d i z b r j n".split()), strict=True)),
    **{"þ": "th", "æ": "ae", "œ": "oe", "ĳ": "ij", "ŉ": "n", "ǥ": "g", "ĸ": "k"},
    # Arabic and Persian forms of one letter, and the letters that end words.
    **{"ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا", "ـ": ""},
}
_FOLDED_MARKS = (  # ranges of combining marks that only colour a letter
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0487),
    (0x0591, 0x05C7),  # Hebrew points and accents
    (0x0610, 0x061A),  # Arabic signs, vowels, hamza above and below
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0711, 0x0711),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
)
_NUKTAS = "\u093c\u09bc\u0a3c\u0abc\u0b3c"  # a dot that most people do not type
_HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"
_END_OF_BMP = 0x10000
_SHORT_I = "\u0438\u0306"  # Cyrillic и with its breve is a letter of its own


@cache
def _folding_table() -> dict[int, str | None]:
    """Return what becomes of each character of a decomposed, case-folded text; None: nothing."""
    table: dict[int, str | None] = {ord(c): plain for c, plain in _PLAIN_LETTERS.items()}
    for first, last in _FOLDED_MARKS:
        table |= dict.fromkeys(range(first, last + 1))
    table |= dict.fromkeys(map(ord, _NUKTAS))
    table |= dict.fromkeys(map(ord, invisible_characters()))
    return table | digits_table()


@cache
def invisible_characters() -> str:
    """Return the format characters (Unicode's Cf): soft hyphens, joiners, direction marks."""
    found = (chr(code) for code in range(0x80, _END_OF_BMP))
    return "".join(c for c in found if unicodedata.category(c) == "Cf") + _HANGUL_FILLERS


@cache
def digits_table() -> dict[int, str]:
    """Return a table for ``str.translate``: the digits of every script to those of ASCII."""
    digits = (chr(code) for code in range(0x80, sys.maxunicode + 1))
    return {ord(c): str(unicodedata.decimal(c)) for c in digits if c.isdecimal()}


def fold(text: str) -> str:
    """Return ``text`` in the one spelling of all that read the same; the length may change."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold())
    if _SHORT_I in text:
        text = text.replace(_SHORT_I, "\u0439")
    folded = text.translate(_folding_table())
    return unicodedata.normalize("NFC", folded).casefold()
