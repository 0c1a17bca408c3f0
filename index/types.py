"""Values of a search: request, filters, hits and result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be found. An empty tuple or None means: any. Values match exactly.

    Several values of one field are alternatives; the fields must all hold. ``date_from`` and
    ``date_to`` are inclusive; an undated article passes only when neither is set.
    """

    topics: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. ``context`` is the claim or question that came before in a conversation.

    ``weak``: with the articles below the relevance floor, which share a word or two by chance.
    """

    text: str
    context: str = ""
    limit: int = 10
    offset: int = 0
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    explain: bool = False
    highlight: bool = True
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A short passage of an article; ``marks`` are the [start, end) character ranges that match."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit has its score: ``contributions`` of named features add up to the score."""

    features: Mapping[str, float]
    contributions: Mapping[str, float]
    matched_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. Scores compare only within one search; higher is better.

    ``terms`` are what a snippet of the article marks, with their weights; ``phrases`` are words
    that it should show side by side, the most wanted first. ``found_by``: how much of the query
    the article holds: all words, some words, none but its meaning; filters: there was no word.
    """

    id: str
    score: float
    snippet: Snippet | None = None
    explanation: Explanation | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    found_by: str = "filters"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits ``offset`` … ``offset + limit`` of one ranking, best first, ties by id.

    ``total`` counts all matching articles and ``facets`` counts them per field and value
    (``{"topic": {"health": 12}}``); both are exact. ``did_you_mean`` is a better spelling or "".
    ``without_quotes`` is the search without quotation marks where it was one quoted phrase, else
    "". ``weak`` counts the articles left out because they share hardly anything with the search.
    ``notes`` say in plain words for a person what was not understood, why nothing was found,
    or in what way the search was changed.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    did_you_mean: str = ""
    latency_ms: float = 0.0
    notes: tuple[str, ...] = ()
    without_quotes: str = ""
    weak: int = 0
