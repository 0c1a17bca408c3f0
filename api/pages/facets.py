"""Facets of search results: values to filter by, with the addresses that set and clear them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.http.request_models import SearchForm
from api.http.response_models import FacetValue

TITLES = {"verdict": "Verdict", "topic": "Topic", "publisher": "Publisher", "language": "Language"}
MAX_OPEN_VALUES = 6  # of one facet; the others are folded


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; ``href`` sets the filter, or clears it where it is set."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One field; ``first`` is visible at once, ``rest`` on demand."""

    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def facets_of(
    form: SearchForm,
    counts: Mapping[str, Sequence[FacetValue]],
    link: Callable[..., str],
) -> tuple[Facet, ...]:
    """Return the facets that have several values, or a value that is set.

    Parameters
    ----------
    form
        The search as it is.
    counts
        Counts per field, the largest first, as in ``SearchOut``.
    link
        Gives the address of the search with some fields changed.
    """
    found = []
    for name, title in TITLES.items():
        chosen: list[str] = getattr(form, name)
        values = {v.value: v.count for v in counts.get(name, ()) if v.value}
        values |= {value: 0 for value in chosen if value not in values}
        if len(values) < 2 and not chosen:
            continue
        ordered = sorted(values, key=lambda value: value not in chosen)
        choices = tuple(
            Choice(
                value,
                values[value],
                value in chosen,
                link(**{name: [v for v in chosen if v != value] + [value] * (value not in chosen)}),
            )
            for value in ordered
        )
        first = max(MAX_OPEN_VALUES, len(chosen))
        found.append(Facet(title, choices[:first], choices[first:]))
    return tuple(found)
