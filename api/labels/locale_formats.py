"""Dates, numbers, names of languages and direction of writing, by CLDR through Babel."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from api.settings import PageLanguage

_LOCALES = {"en": "en_001"}  # English of the world: 9 March 2024
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)


def long_date(day: date, language: PageLanguage) -> str:
    """Return a date in words, such as "9 March 2024" or "9 de marzo de 2024"."""
    return format_date(day, "long", _page_locale(language))


def decimal_number(value: int, language: PageLanguage) -> str:
    """Return a whole number with the separators of the language, such as "48.436"."""
    return format_decimal(value, locale=_page_locale(language))


def language_name(code: str, language: PageLanguage) -> str:
    """Return the name of the language ``code`` in ``language``, the code itself where unknown."""
    known = _locale_of_tag(code)
    return (known.get_display_name(_page_locale(language)) if known else None) or code


def text_attributes(code: str, around: str) -> Markup:
    """Return the HTML attributes ``lang`` and ``dir`` of a text in one language within another.

    Parameters
    ----------
    code
        Language of the text; what is no language tag leaves the direction to the browser.
    around
        Language of the element that the text stands in: the same needs no attributes.
    """
    if _primary(code) == _primary(around):
        return Markup()
    if not _TAG.fullmatch(code):
        return Markup(' dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(code, text_direction(code))


def text_direction(code: str) -> str:
    """Return "ltr" or "rtl", "auto" for a language that CLDR does not know."""
    known = _locale_of_tag(code)
    return known.text_direction if known else "auto"


@lru_cache(maxsize=256)
def _locale_of_tag(code: str) -> Locale | None:
    if not _TAG.fullmatch(code):
        return None
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _page_locale(language: str) -> str:
    return _LOCALES.get(language, language)


def _primary(code: str) -> str:
    return code.replace("_", "-").split("-")[0].lower()
