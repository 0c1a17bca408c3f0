"""Query parser: the syntax of the search box. Never fails, on any input."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from corpus.analysis.stopwords import AUXILIARIES, QUESTION_WORDS
from corpus.analysis.tokenizer import fold, words
from corpus.analysis.web_addresses import is_web_post
from index.query.date_ranges import date_range
from index.types import Filters

Kind = Literal["keywords", "question", "text"]

MAX_TYPED_WORDS = 12  # words; who types more has pasted a text, and its signs are no operators

_FIELDS = {
    "topic": "topics",
    "verdict": "verdicts",
    "publisher": "publishers",
    "source": "publishers",
    "language": "languages",
    "lang": "languages",
    "from": "from",
    "after": "from",
    "to": "to",
    "before": "before",
    "date": "date",
}
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
# An opening quote does not follow a letter, or 6" would open one. [^"]* is tried once per quote
# that has a partner and once for the one that has none, so the time is linear.
_TOKEN = re.compile(
    rf"""(?P<sign>[-+]?)
         (?:(?P<field>{"|".join(_FIELDS)}):(?=[^\s:/]))?
         (?:(?<!\w)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))
         |"|\s+""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """One search, taken apart.

    ``text`` holds all words that should be found, for ranking, those of phrases and ``+words``
    among them. An article must hold every one of ``phrases`` and ``required`` (words or phrases
    after ``+``), none of ``excluded`` (after ``-``), and a word that begins with ``prefix``
    (``vacc*`` at the end), which is "" when there is none. ``quoted`` is what stood in quotation
    marks whatever the kind: a wish in a pasted text, a condition (also in ``phrases``) elsewhere.
    ``unquoted`` is the search without quotation marks where it is one quoted phrase (filters and
    exclusions aside), else "". ``is_wordless``: signs were typed, and no word. ``notes`` say, in
    plain words for a person, what was not understood.
    """

    text: str = ""
    phrases: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    prefix: str = ""
    filters: Filters = field(default_factory=Filters)
    kind: Kind = "keywords"
    unquoted: str = ""
    notes: tuple[str, ...] = ()
    is_wordless: bool = False

    @property
    def only_exclusions(self) -> bool:
        """Return whether the search says only what not to find; then it finds nothing."""
        wanted = self.text or self.phrases or self.required or self.prefix
        return bool(self.excluded) and not wanted and self.filters == Filters()


def parse_query(text: str, today: date | None = None) -> ParsedQuery:
    """Return ``text`` taken apart, in linear time; odd input is plain text, never an error.

    Parameters
    ----------
    text
        What was typed or pasted. More than ``MAX_TYPED_WORDS`` words, a line break, a web address,
        a hashtag or a handle make it a pasted text, in which only quotation marks mean something.
    today
        The day that ``date:"last 30 days"`` counts back from, by default the present one.
    """
    text = text.strip().translate(_QUOTES)
    tokens = [match for match in _TOKEN.finditer(text) if match["phrase"] or match["word"]]
    free = sum(len((m["phrase"] or m["word"]).split()) for m in tokens if not m["field"])
    if free > MAX_TYPED_WORDS or is_web_post(text):
        quoted = [m["phrase"].strip() for m in tokens if m["phrase"] and words(m["phrase"])]
        return ParsedQuery(
            text.replace('"', " ").strip(), quoted=_distinct_query_words(quoted), kind="text"
        )
    return _parse_operators(tokens, today or date.today())


def match_filter_values(filters: Filters, known: Mapping[str, Iterable[str]]) -> Filters:
    """Return ``filters`` with their values as the archive writes them: false finds False.

    Parameters
    ----------
    filters
        Filters as typed.
    known
        The values the archive has per field of ``Filters`` (``{"verdicts": ["False"]}``). A value
        that none of them equals but for case and accents stays, and so finds nothing.
    """
    for name, values in known.items():
        by_fold: dict[str, list[str]] = {}
        for value in sorted(values):
            by_fold.setdefault(fold(value), []).append(value)
        typed: tuple[str, ...] = getattr(filters, name)
        found: dict[str, Any] = {
            name: _distinct_query_words(v for t in typed for v in by_fold.get(fold(t), [t]))
        }
        filters = replace(filters, **found)
    return filters


def _parse_filter(
    filters: Filters, token: re.Match[str], value: str, today: date
) -> tuple[Filters, bool, list[str]]:
    """Return the filters with that of a token, whether the token is used up, and notes on it.

    A value that cannot be read is searched as words.
    """
    if token["sign"] == "-":
        return filters, True, [f"{token[0]}: a filter takes no - before it"]
    try:
        return _add_parsed_filter(filters, _FIELDS[token["field"].lower()], value, today), True, []
    except ValueError as error:
        return filters, False, [f"{token['field']}: {error}"]


def _parse_operators(tokens: list[re.Match[str]], today: date) -> ParsedQuery:
    """Return a typed search: each token is a filter, an exclusion, a phrase or a free word."""
    free: list[str] = []
    parts: dict[str, list[str]] = {
        name: [] for name in ("phrases", "quoted", "excluded", "required", "notes")
    }
    filters, prefix = Filters(), ""
    for token in tokens:
        value = token["phrase"] or token["word"]
        if token["field"]:
            filters, is_read, notes = _parse_filter(filters, token, value, today)
            parts["notes"] += notes
            if is_read:
                continue
        if not words(value):
            continue
        # -40 is a number and --x a dash: only a word or a phrase can be excluded
        signed = token["sign"] and (token["phrase"] or value[0].isalpha())
        if signed and token["sign"] == "-":
            parts["excluded"].append(value.strip())
            continue
        if token["phrase"]:
            parts["quoted"].append(value.strip())
        if signed:
            parts["required"].append(value.strip())
        elif token["phrase"]:
            parts["phrases"].append(value.strip())
        elif value.endswith("*") and token is tokens[-1]:
            *before, prefix = words(value)  # anti-vacc* holds a whole word too
            value = " ".join(before)
        if value:
            free.append(value.strip() if signed or token["phrase"] or prefix else token[0])
    is_one_phrase = free == parts["phrases"] and len(free) == 1 and not prefix
    query = ParsedQuery(
        " ".join(free),
        phrases=_distinct_query_words(parts["phrases"]),
        quoted=_distinct_query_words(parts["quoted"]),
        excluded=_distinct_query_words(parts["excluded"]),
        required=_distinct_query_words(parts["required"]),
        prefix=prefix,
        filters=filters,
        kind=_parsed_query_kind(free),
        unquoted=_parse_without_quotes(tokens) if is_one_phrase else "",
        notes=tuple(parts["notes"]),
    )
    return _with_note_on_emptiness(query) if tokens else query


def _with_note_on_emptiness(query: ParsedQuery) -> ParsedQuery:
    """Return a query of signs or exclusions alone with a note that says so, any other as it is."""
    if query == ParsedQuery():
        hint = "There is no word in this search, only signs."
        return ParsedQuery(notes=(hint,), is_wordless=True)
    if query.only_exclusions:
        hint = "This search only says what to leave out. Add a word to look for."
        return replace(query, notes=(*query.notes, hint))
    return query


def _parse_without_quotes(tokens: list[re.Match[str]]) -> str:
    """Return a search without quotation marks, but for those of filters and exclusions."""
    return " ".join(
        m["phrase"].strip() if m["phrase"] and not m["field"] and not m["sign"] else m[0]
        for m in tokens
    )


def _add_parsed_filter(filters: Filters, name: str, value: str, today: date) -> Filters:
    """Return ``filters`` with one more value; a second date replaces the first.

    Raises
    ------
    ValueError
        A date that cannot be read.
    """
    if name in ("from", "to", "before", "date"):
        start, end = date_range(f"before {value}" if name == "before" else value, today)
        if name in ("from", "date"):
            filters = replace(filters, date_from=start)
        if name != "from":
            filters = replace(filters, date_to=end)
        return filters
    value = " ".join(value.split())
    if name == "languages":
        value = value.lower()
    more: dict[str, Any] = {name: _distinct_query_words((*getattr(filters, name), value))}
    return replace(filters, **more)


def _parsed_query_kind(free: list[str]) -> Kind:
    first = words(free[0]) if free else []
    asks = bool(first) and first[0] in QUESTION_WORDS | AUXILIARIES and len(free) > 2
    return "question" if asks or (free and free[-1].endswith("?")) else "keywords"


def _distinct_query_words(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
