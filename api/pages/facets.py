"""The facets beside search results: what can be narrowed down, and the way to it and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.http.request_models import SearchForm
from api.http.response_models import FacetValue

TITLES = {"verdict": "Verdict", "topic": "Topic", "publisher": "Publisher", "language": "Language"}
_SHOWN = 6  # values that are seen at once; the others fold away


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; ``href`` chooses it, or lets go of it when it is chosen."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One field; ``first`` is seen at once, ``rest`` on demand."""

    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def facets_of(
    form: SearchForm,
    counts: Mapping[str, Sequence[FacetValue]],
    link: Callable[..., str],
) -> tuple[Facet, ...]:
    """Return the facets worth showing: a choice is open, or one has been made.

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
        first = max(_SHOWN, len(chosen))
        found.append(Facet(title, choices[:first], choices[first:]))
    return tuple(found)
