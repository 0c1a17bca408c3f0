"""Message catalogues of our own pages: gettext files, read by Babel."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from api.settings import PageLanguage

PAGE_LANGUAGES: tuple[PageLanguage, ...] = get_args(PageLanguage)
FOLDER = Path(__file__).parent


def N_(message: str) -> str:
    """Return ``message`` as it is: the mark for extraction, by its name in gettext."""
    return message


def read_catalogue(language: str) -> Catalog:
    """Return the messages of one language as its translator wrote them.

    Raises
    ------
    FileNotFoundError
        There is no such catalogue; English has none.
    """
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def labels_in(language: PageLanguage) -> NullTranslations:
    """Return the labels in a language, with its plural forms; a missing one is in English."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def label(message: str, language: PageLanguage) -> str:
    """Return one label in a language."""
    return labels_in(language).gettext(message)
