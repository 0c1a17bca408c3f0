"""Columns (doc values, fast fields): what articles are filtered, counted and sorted by."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.folding import fold
from corpus.models import Article
from index.jit import compiled
from index.storage.arrays import (
    array_path,
    check_array_ids,
    check_array_shape,
    open_arrays,
    save_arrays,
)
from index.storage.json_files import open_json, save_json
from index.types import Filters

_NAME = "columns"
FACETS = ("topic", "verdict", "publisher", "language")
_FILTERS = dict(zip(FACETS, ("topics", "verdicts", "publishers", "languages"), strict=True))

Mask = NDArray[np.bool_]


def facet_key(field: str, value: str) -> str:
    """Return what two spellings of one value have in common: no case, accents, blanks, region."""
    if field == "language":
        return re.split(r"[-_]", value.strip().lower(), maxsplit=1)[0]
    return fold(" ".join(value.split()))


def base_language(language: str) -> str:
    """Return the ISO 639-1 code of a language with or without a region; English for none."""
    return facet_key("language", language) or "en"


class ColumnsWriter:
    """Takes the articles of a build one by one and writes their columns at the end.

    Spellings of one value (see ``facet_key``) are one, shown as most articles have it, ties by the
    first; a language is shown without its region.
    """

    def __init__(self) -> None:
        self._codes = {name: array("i") for name in FACETS}
        self._numbers: dict[str, dict[str, int]] = {name: {"": 0} for name in FACETS}
        self._spellings: dict[str, dict[str, Counter[str]]] = {name: {} for name in FACETS}
        self._days = array("i")

    def add(self, article: Article) -> None:
        """Take the next article."""
        for name in FACETS:
            numbers, value = self._numbers[name], " ".join(getattr(article, name).split())
            key = facet_key(name, value)
            self._codes[name].append(numbers.setdefault(key, len(numbers)))
            spelt = key if name == "language" else value
            self._spellings[name].setdefault(key, Counter())[spelt] += 1
        self._days.append(article.checked_on.toordinal() if article.checked_on else 0)

    def finish(self) -> Columns:
        """Return the columns of the articles taken."""
        codes = np.array([np.frombuffer(self._codes[n], np.int32) for n in FACETS], np.int32)
        days = np.frombuffer(self._days or array("i"), np.int32)
        values = {
            name: tuple(self._shown(name, key) if key else "" for key in numbers)
            for name, numbers in self._numbers.items()
        }
        return Columns(values, codes, days, np.argsort(-days, kind="stable"))

    def _shown(self, field: str, key: str) -> str:
        return self._spellings[field][key].most_common(1)[0][0]

    def save(self, folder: Path) -> None:
        """Write the columns into ``folder``, which exists."""
        columns = self.finish()
        save_arrays(folder, _NAME, codes=columns.codes, days=columns.days)
        save_json(folder, _NAME, {name: list(values) for name, values in columns.values.items()})


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """The columns of a generation; article i has ``values[field][codes[f, i]]``.

    ``codes`` int32 [n_facets, n]; code 0 is the empty value. ``days`` int32 [n], the day checked
    as ``date.toordinal``, 0 for an undated article. ``newest`` int64 [n]: the articles, newest
    first, undated ones last, ties in the order of the archive.
    """

    values: Mapping[str, tuple[str, ...]]
    codes: NDArray[np.int32]
    days: NDArray[np.int32]
    newest: NDArray[np.int64]

    @classmethod
    def open(cls, folder: Path, n_articles: int) -> Columns:
        """Return the columns of ``n_articles`` articles that a build wrote, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        values = {name: tuple(found) for name, found in open_json(folder, _NAME, *FACETS).items()}
        arrays = open_arrays(folder, _NAME, codes=(np.int32, 2), days=(np.int32, 1))
        codes, days = arrays["codes"], arrays["days"]
        check_array_shape(array_path(folder, _NAME, "codes"), codes, len(FACETS), n_articles)
        check_array_shape(array_path(folder, _NAME, "days"), days, n_articles)
        for name, column in zip(FACETS, codes, strict=True):
            check_array_ids(array_path(folder, _NAME, "codes"), column, len(values[name]))
        return cls(values, codes, days, np.argsort(-days, kind="stable"))

    def followed_by(self, other: Columns) -> Columns:
        """Return the columns of these articles and, after them, those of ``other``."""
        values, codes = {}, []
        for row, name in enumerate(FACETS):
            number = {facet_key(name, v): code for code, v in enumerate(self.values[name])}
            keys = [facet_key(name, value) for value in other.values[name]]
            shown = dict(enumerate(self.values[name]))
            for key, value in zip(keys, other.values[name], strict=True):
                shown.setdefault(number.setdefault(key, len(number)), value)
            renumbered = [number[key] for key in keys]
            values[name] = tuple(shown.values())
            codes.append(
                np.concatenate((self.codes[row], np.array(renumbered, np.int32)[other.codes[row]]))
            )
        days = np.concatenate((self.days, other.days))
        # One sort of what is new, not of everything: this runs with each change of an archive.
        added = other.newest
        at = np.searchsorted(-self.days[self.newest], -other.days[added], side="right")
        newest = np.insert(self.newest, at, added + len(self.days))
        return Columns(values, np.array(codes, np.int32), days, newest)

    def known(self, filters: Filters) -> dict[str, tuple[str, ...]]:
        """Return the archive's values of each field that ``filters`` asks for, by its name there.

        This is what ``match_filter_values`` needs.
        """
        return {
            plural: self.values[name][1:]
            for name, plural in _FILTERS.items()
            if getattr(filters, plural)
        }

    def passing(self, filters: Filters) -> Mask | None:
        """Return which articles pass, bool [n]; None where all do because nothing is asked."""
        masks: list[Mask] = []
        for row, (name, plural) in enumerate(_FILTERS.items()):
            if wanted := getattr(filters, plural):
                values = self.values[name]
                chosen = np.zeros(len(values), np.bool_)
                # 0 is no value: a filter for "" finds nothing, and not all that have none.
                keys = {facet_key(name, value) for value in wanted}
                chosen[[i for i, v in enumerate(values) if i and facet_key(name, v) in keys]] = True
                masks.append(chosen[self.codes[row]])
        if filters.date_from or filters.date_to:
            masks.append(self.days > 0)
        if filters.date_from:
            masks.append(self.days >= filters.date_from.toordinal())
        if filters.date_to:
            masks.append(self.days <= filters.date_to.toordinal())
        return np.logical_and.reduce(masks) if masks else None

    def is_value(self, field: str, value: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return 1 for each of ``rows`` that has a value in one of ``FACETS``, else 0.

        Parameters
        ----------
        field
            One of ``FACETS``.
        value
            In any spelling.
        rows
            Of articles, int64 [n].
        """
        key = facet_key(field, value)
        codes = [i for i, v in enumerate(self.values[field]) if i and facet_key(field, v) == key]
        return np.isin(self.codes[FACETS.index(field)][rows], codes).astype(np.float32)

    def counts(self, matching: Mask) -> dict[str, dict[str, int]]:
        """Return how many of the articles in ``matching`` have each value, field by field.

        Values that none has, and articles without a value, are left out.
        """
        sizes = np.array([len(self.values[name]) for name in FACETS], np.int64)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        counts = _count_column_codes(self.codes, matching, starts)
        found: dict[str, dict[str, int]] = {}
        for row, name in enumerate(FACETS):
            own = counts[starts[row] : starts[row + 1]]
            held = np.flatnonzero(own[1:]) + 1
            values = self.values[name]
            found[name] = {
                values[i]: n for i, n in zip(held.tolist(), own[held].tolist(), strict=True)
            }
        return found

    def age_days(self, today: date) -> NDArray[np.float32]:
        """Return the age of each article, float32 [n], >= 0; infinite for an undated one."""
        ages = np.maximum(today.toordinal() - self.days, 0).astype(np.float32)
        ages[self.days == 0] = np.inf
        return ages


@compiled
def _count_column_codes(
    codes: NDArray[np.int32], matching: Mask, starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how often each code occurs, those of field f from ``starts[f]`` on."""
    # Which match is found once, and each column is read from its beginning to its end.
    rows, n = np.empty(codes.shape[1], np.int32), 0
    for article in range(codes.shape[1]):
        rows[n] = article
        n += matching[article]
    counts = np.zeros(starts[-1], np.int64)
    for field in range(codes.shape[0]):
        for i in range(n):
            counts[starts[field] + codes[field, rows[i]]] += 1
    return counts
