"""Values of article fields, the same for every file format: visible text and language codes.

Web addresses are checked by ``corpus.analysis.web_addresses``.
"""

from __future__ import annotations

import re

# Control characters, lone halves of surrogate pairs, invisible joiners, and the marks that turn
# the direction of writing and so can make a headline show something else than it says.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_HALF = re.compile("[\ud800-\udfff]")
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_].{1,20})?")


def visible_field_text(text: str) -> str:
    """Return ``text`` without characters that show nothing; half characters become U+FFFD."""
    text = _HIDDEN.sub("", text) if _HIDDEN.search(text) else text
    return _HALF.sub("\ufffd", text) if _HALF.search(text) else text


def field_language_code(value: str, default: str = "en") -> str:
    """Return the lower-case language code of "en", "en-GB" or "EN_us", else the default."""
    found = _LANGUAGE_TAG.fullmatch(value.strip().lower())
    return found[1] if found else default


def language_tag(value: str) -> str:
    """Return a language tag as BCP 47 writes it, such as "pt-BR" for "PT_br"; "" for no tag."""
    parts = value.strip().replace("_", "-").split("-")
    if not _LANGUAGE_TAG.fullmatch(value.strip().lower()) or not all(p.isalnum() for p in parts):
        return ""
    cases = {2: str.upper, 4: str.title}  # a region; a script, as in zh-Hant
    return "-".join(
        [parts[0].lower(), *(cases.get(len(part), str.lower)(part) for part in parts[1:])]
    )
