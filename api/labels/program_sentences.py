"""Sentences that lower layers make in English, such as the reasons of a suggestion, in a language.

Reasons are stored with the suggestions and given by the JSON API in English. A page recognises
each by its pattern, takes the values out, and says it in the page's language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from api.labels.catalogue import N_, label
from api.labels.locale_formats import long_date
from api.settings import PageLanguage
from corpus.analysis.dates import parse_date

PATTERNS = (
    # why a question is shown (recommender/suggestions/reasons.py)
    N_("asked by this article"),
    N_("also checked: “%(headline)s”, %(verdict)s"),
    N_("also checked: “%(headline)s”"),
    N_("also checked, %(verdict)s"),
    N_("also checked"),
    N_("not answered in this archive yet"),
    N_("this page itself seems to answer it: summary"),
    N_("this page itself seems to answer it: section %(number)s"),
    # why an article is shown (recommender/related/relations.py)
    N_("replaces an older check"),
    N_("also about %(terms)s"),
    N_("same topic: %(topic)s"),
    N_("checks the same claim"),
    N_("rates the same claim %(other)s, this one %(this)s"),
    N_("replaces this check, on %(day)s"),
    N_("replaces this check"),
    N_("checks the same claim again, later, on %(day)s"),
    N_("checks the same claim again, later"),
    # notes on a search (index/query/parser.py, index/search/searcher.py)
    N_("Little in this archive is about this."),
    N_("No article has this web address."),
    N_("There is no word in this search, only signs."),
    N_("This search only says what to leave out. Add a word to look for."),
)
"""Sentences with their values; of two that fit, the first counts."""

_VALUE = re.compile(r"%\((\w+)\)s")


class Sentence(NamedTuple):
    """A sentence and the language that it is in."""

    text: str
    language: str


def program_sentence(text: str, language: PageLanguage) -> Sentence:
    """Return an English sentence of the program in a language, unchanged where it is unknown."""
    for pattern, expression in _expressions():
        if found := expression.fullmatch(text):
            values = found.groupdict()
            if day := parse_date(values.get("day", "")):
                values["day"] = long_date(day, language)
            return Sentence(label(pattern, language) % values, language)
    return Sentence(text, "en")


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((pattern, _expression(pattern)) for pattern in PATTERNS)


def _expression(pattern: str) -> re.Pattern[str]:
    parts = _VALUE.split(pattern)
    spelt = (
        f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return re.compile("".join(spelt), re.DOTALL)
