"""Facets of search results: values to filter by, with the addresses that set and clear them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.http.request_models import SearchForm
from api.http.response_models import FacetValue
from api.labels.catalogue import N_

TITLES = {
    "verdict": N_("Verdict"),
    "topic": N_("Topic"),
    "publisher": N_("Publisher"),
    "language": N_("Language"),
}
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
    """One field, its title in English; ``first`` is visible at once, ``rest`` on demand."""

    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def facets_of(
    form: SearchForm,
    counts: Mapping[str, Sequence[FacetValue]],
    link: Callable[..., str],
    language_name: Callable[[str], str] = str,
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
    language_name
        Gives the name of a language by its code; a language that is searched for is named.
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
                language_name(value) if name == "language" else value,
                values[value],
                value in chosen,
                link(**{name: [v for v in chosen if v != value] + [value] * (value not in chosen)}),
            )
            for value in ordered
        )
        first = max(MAX_OPEN_VALUES, len(chosen))
        found.append(Facet(title, choices[:first], choices[first:]))
    return tuple(found)
