"""Language of a page: the article's, or what the visitor's browser asks for."""

from __future__ import annotations

from api.labels.catalogue import PAGE_LANGUAGES
from api.settings import PageLanguage

MAX_ACCEPT_CHARACTERS = 500  # of the header that are read: a browser sends some 50


def language_of_article_page(language: str, default: PageLanguage) -> PageLanguage:
    """Return the language of an article's page: its own, the default where we have no labels."""
    return _page_language(language) or default


def language_of_visitor(accept_language: str, default: PageLanguage) -> PageLanguage:
    """Return the language that an ``Accept-Language`` header prefers among ours.

    ``de-AT`` is met by ``de``; of equal weights the first counts; ``q=0`` refuses. ``*`` and a
    header that is empty or names none of ours give the default.
    """
    wanted: list[tuple[float, PageLanguage]] = []
    for part in accept_language[:MAX_ACCEPT_CHARACTERS].split(","):
        tag, _, parameter = part.partition(";")
        language = default if tag.strip() == "*" else _page_language(tag)
        weight = _weight_of_tag(parameter)
        if language and weight > 0:
            wanted.append((weight, language))
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else default


def _page_language(tag: str) -> PageLanguage | None:
    primary = tag.strip().lower().replace("_", "-").split("-")[0]
    return next((language for language in PAGE_LANGUAGES if language == primary), None)


def _weight_of_tag(parameter: str) -> float:
    """Return the weight of ``q=0.8``, 1 for none, 0 for one that is no number from 0 to 1."""
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
