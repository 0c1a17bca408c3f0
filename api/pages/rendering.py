"""Rendering of pages: one set of templates for each language, with what they may call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment
from markupsafe import Markup

from api.http.site_address import site_link
from api.labels.catalogue import N_, labels_in
from api.labels.locale_formats import decimal_number, long_date, text_attributes, text_direction
from api.labels.program_sentences import program_sentence
from api.pages.article_text import article_text_blocks, citation_runs, marked_runs
from api.settings import PageLanguage
from api.templating import template_environment
from corpus.verdicts import Ruling, verdict_ruling
from recommender.types import Relation

STATIC = Path(str(files("api") / "static"))
MAX_COMPLETIONS = 8  # that the search box asks for

RULING_NAMES: Mapping[Ruling, str] = {
    "true": N_("True"),
    "mixed": N_("Partly true"),
    "false": N_("False"),
    "unproven": N_("Unproven"),
}
RELATION_NAMES: Mapping[Relation, str] = {
    "same claim": N_("same claim"),
    "update": N_("update"),
    "contradicts": N_("contradicts"),
    "same topic": N_("same topic"),
    "background": N_("background"),
}


def render_page(name: str, language: PageLanguage, **values: Any) -> str:
    """Return a page in a language.

    Parameters
    ----------
    name
        File name of the template.
    language
        Of the labels; texts of the archive stay in theirs.
    values
        What the template shows.
    """
    return page_environment(language).get_template(name).render(values)


@cache
def page_environment(language: PageLanguage) -> Environment:
    """Return the templates in a language: escaped, strict about undefined names."""
    filters: Mapping[str, Callable[..., Any]] = {
        "blocks": article_text_blocks,
        "citation_runs": citation_runs,
        "marked_runs": marked_runs,
        "ruling": verdict_ruling,
        "ruling_name": RULING_NAMES.__getitem__,
        "host": _host_of_link,
        "not_below": _reasons_not_below,
        "said": partial(program_sentence, language=language),
        "quoted": partial(quote, safe=""),
        "day": partial(long_date, language=language),
        "number": partial(decimal_number, language=language),
    }
    labels = labels_in(language)

    def attributes(code: str, around: str = language) -> Markup:
        """Return ``lang`` and ``dir`` of a text within one of another language."""
        return text_attributes(code, around)

    counts = [
        labels.ngettext("%(number)s completion", "%(number)s completions", n) % {"number": n}
        for n in range(MAX_COMPLETIONS + 1)
    ]
    names = {
        "asset": _page_asset,
        "link": site_link,
        "attributes": attributes,
        "completion_counts": counts,
        "page_language": language,
        "page_direction": text_direction(language),
    }
    return template_environment(filters, names, labels)


def _reasons_not_below(reasons: Iterable[str]) -> list[str]:
    """Return the reasons without those that the line below a question repeats."""
    return [r for r in reasons if not r.startswith(("answered by ", "not answered "))]


def _host_of_link(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


def _page_asset(name: str) -> str:
    """Return the address of a static file, which changes when its content does."""
    return site_link(f"/static/{name}?v={_content_hash(name)}")


@cache
def _content_hash(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]
