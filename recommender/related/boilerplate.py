"""Publishers' own words, learned from the archive: repeated runs of terms, and their own names.

A run of ``RUN_LENGTH`` terms that stands in many articles of one publisher is a form ("Read more
about our partnership with …"), whatever the article is about. Runs are counted for each publisher
by itself: what several publishers quote is a statement that both of them check.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.storage.arrays import ArrayType, open_arrays, save_arrays
from index.storage.packed_strings import PackedStrings

RUN_LENGTH = 6  # terms; shorter runs are idioms that any two writers share
MIN_RUN_ARTICLES = 6  # with the same run: fewer may be a publisher's own series on one matter
MIN_RUN_SHARE = 0.004  # of a publisher's articles; a large one repeats itself on a matter
MAX_SLOTS = 1 << 29  # counters of one byte: of a million articles some 0.7 billion runs

MIN_PUBLISHER_ARTICLES = 20  # of a publisher whose names are learned; fewer are about one matter
MIN_NAME_SHARE = 0.1  # of its articles that hold a word of its name or address
MIN_FORM_SHARE = 0.5  # of its articles that hold any other word of its own
MAX_SHARE_ELSEWHERE = 0.02  # of the other publishers' articles that hold it
MIN_LIFT = 5.0  # times as often as elsewhere, in shares of articles
MIN_NAME_LETTERS = 3  # shorter terms are part of many names by chance
MIN_LABEL_SHARE = 0.1  # of a publisher's headlines: its label, or what it always writes about

_NAME = "boilerplate"
_KEYS: ArrayType = (np.uint64, 1)

Tokens = NDArray[np.uint32]
Bounds = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Boilerplate:
    """What counts nothing in the articles of each publisher.

    ``names``: the publishers, ascending; ``runs`` uint64: hashes of publisher and repeated run,
    ascending; ``own`` and ``labels`` uint64, ascending: publisher * 2^32 + term, for terms that
    count nothing anywhere in its articles, and for those that count nothing in its headlines.
    """

    names: tuple[str, ...]
    runs: NDArray[np.uint64]
    own: NDArray[np.uint64]
    labels: NDArray[np.uint64]

    @staticmethod
    def learn(
        tokens: Tokens, bounds: Bounds, publishers: Sequence[str], terms: Sequence[str]
    ) -> Boilerplate:
        """Return what the archive's publishers repeat.

        Parameters
        ----------
        tokens, bounds
            The forward index: uint32, and int64 [n_articles, 5].
        publishers
            The publisher of each article; "" for an unknown one, which is one of them.
        terms
            The term of each number.
        """
        names = tuple(sorted(set(publishers)))
        number = {name: n for n, name in enumerate(names)}
        by = np.fromiter((number[p] for p in publishers), np.int64, len(publishers))
        sizes = np.bincount(by, minlength=len(names))
        least = np.maximum(MIN_RUN_ARTICLES, MIN_RUN_SHARE * sizes).astype(np.int64)
        runs = _frequent_boilerplate(tokens, bounds, by, least)
        own, labels = _boilerplate_terms(tokens, bounds, by, names, terms)
        return Boilerplate(names, runs, own, labels)

    def publisher(self, name: str) -> int:
        """Return the number of a publisher, -1 for one that the archive does not know."""
        at = bisect_left(self.names, name)
        return at if at < len(self.names) and self.names[at] == name else -1

    def save(self, folder: Path) -> None:
        """Write ``boilerplate.*``."""
        PackedStrings.of(list(self.names)).save(folder, f"{_NAME}.names")
        save_arrays(folder, _NAME, runs=self.runs, own=self.own, labels=self.labels)

    @staticmethod
    def open(folder: Path) -> Boilerplate:
        """Return what ``save`` wrote, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        names = PackedStrings.open(folder, f"{_NAME}.names")
        arrays = open_arrays(folder, _NAME, **dict.fromkeys(("runs", "own", "labels"), _KEYS))
        return Boilerplate(tuple(names[n] for n in range(len(names))), **arrays)


@compiled
def boilerplate_run_hash(tokens: Tokens, at: int, publisher: int) -> np.uint64:
    """Return the hash of a publisher and of the ``RUN_LENGTH`` terms that begin at ``at`` (FNV-1a).

    Parameters
    ----------
    tokens
        Term ids in order.
    at
        Where the run begins; all of it lies within ``tokens``.
    publisher
        Its number.
    """
    value = np.uint64(14695981039346656037) ^ np.uint64(publisher + 1)
    for k in range(RUN_LENGTH):
        value = (value ^ np.uint64(tokens[at + k])) * np.uint64(1099511628211)
        value ^= value >> np.uint64(29)
    return value


@compiled
def holds_run_hash(sorted_values: NDArray[np.uint64], value: np.uint64) -> bool:
    """Return whether ``value`` is one of the ascending ``sorted_values``."""
    low, high = 0, sorted_values.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if sorted_values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return bool(low < sorted_values.shape[0] and sorted_values[low] == value)


@compiled
def mark_boilerplate_runs(
    tokens: Tokens, first: int, end: int, publisher: int, runs: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """Return which of ``tokens[first:end]`` stand in a repeated run, bool [end - first].

    Parameters
    ----------
    tokens
        Term ids of all articles in order.
    first, end
        One article.
    publisher
        The number of its publisher.
    runs
        Hashes of the repeated runs, ascending.
    """
    marked = np.zeros(end - first, np.bool_)
    until = 0
    for at in range(first, end - RUN_LENGTH + 1):
        if holds_run_hash(runs, boilerplate_run_hash(tokens, at, publisher)):
            for position in range(max(at - first, until), at - first + RUN_LENGTH):
                marked[position] = True
            until = at - first + RUN_LENGTH
    return marked


def _frequent_boilerplate(
    tokens: Tokens, bounds: Bounds, by: NDArray[np.int64], least: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return the hashes of the runs that enough articles of their publisher hold, ascending.

    Nearly all runs stand in one article. A table of counters by hash leaves out all that cannot be
    frequent, before the others are sorted: a run shares its counter, which is never too low.
    """
    n_runs = int(np.maximum(bounds[:, 4] - bounds[:, 0] - RUN_LENGTH + 1, 0).sum())
    n_slots = 1 << 16
    while n_slots < min(2 * n_runs, MAX_SLOTS):
        n_slots <<= 1
    counters = _count_boilerplate_runs(tokens, bounds, by, n_slots)
    hashes, articles = _candidates_for_boilerplate(tokens, bounds, by, counters)
    order = np.argsort(hashes, kind="stable")  # articles stay ascending within a run
    return _repeated_boilerplate(hashes[order], articles[order], by, least)


@compiled
def _boilerplate_slot(value: np.uint64, n_slots: int) -> np.int64:
    return np.int64((value ^ (value >> np.uint64(32))) & np.uint64(n_slots - 1))


@compiled
def _count_boilerplate_runs(
    tokens: Tokens, bounds: Bounds, by: NDArray[np.int64], n_slots: int
) -> NDArray[np.uint8]:
    """Return how many runs fall to each counter, up to ``MIN_RUN_ARTICLES``."""
    counters = np.zeros(n_slots, np.uint8)
    for article in range(bounds.shape[0]):
        for at in range(bounds[article, 0], bounds[article, 4] - RUN_LENGTH + 1):
            slot = _boilerplate_slot(boilerplate_run_hash(tokens, at, by[article]), n_slots)
            if counters[slot] < MIN_RUN_ARTICLES:
                counters[slot] += 1
    return counters


@compiled
def _candidates_for_boilerplate(
    tokens: Tokens, bounds: Bounds, by: NDArray[np.int64], counters: NDArray[np.uint8]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return hash and article of the runs whose counter is full, in order of the articles."""
    n = 0
    for fill in range(2):  # first their number is counted
        if fill == 0:
            hashes, articles = np.empty(0, np.uint64), np.empty(0, np.int32)
        else:
            hashes, articles = np.empty(n, np.uint64), np.empty(n, np.int32)
        n = 0
        for article in range(bounds.shape[0]):
            for at in range(bounds[article, 0], bounds[article, 4] - RUN_LENGTH + 1):
                value = boilerplate_run_hash(tokens, at, by[article])
                if counters[_boilerplate_slot(value, counters.shape[0])] == MIN_RUN_ARTICLES:
                    if fill == 1:
                        hashes[n], articles[n] = value, article
                    n += 1
    return hashes, articles


@compiled
def _repeated_boilerplate(
    hashes: NDArray[np.uint64],
    articles: NDArray[np.int32],
    by: NDArray[np.int64],
    least: NDArray[np.int64],
) -> NDArray[np.uint64]:
    """Return the hashes that enough articles of their publisher hold; ``hashes`` ascending."""
    out = np.empty(hashes.shape[0] // MIN_RUN_ARTICLES + 1, np.uint64)
    n, at = 0, 0
    while at < hashes.shape[0]:
        end, count, last = at, 0, -1
        while end < hashes.shape[0] and hashes[end] == hashes[at]:
            if articles[end] != last:
                count += 1
                last = articles[end]
            end += 1
        if count >= least[by[articles[at]]]:
            out[n] = hashes[at]
            n += 1
        at = end
    return out[:n].copy()


def _boilerplate_terms(
    tokens: Tokens,
    bounds: Bounds,
    by: NDArray[np.int64],
    names: Sequence[str],
    terms: Sequence[str],
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the keys of each publisher's own words, and of those of its headlines, ascending."""
    own, labels = [], []
    n_articles, n_terms = len(bounds), len(terms)
    everywhere = _articles_holding_boilerplate(tokens, bounds, np.arange(n_articles), 4, n_terms)
    for publisher, name in enumerate(names):
        rows = np.flatnonzero(by == publisher)
        if len(rows) < MIN_PUBLISHER_ARTICLES or not name:
            continue
        held = _articles_holding_boilerplate(tokens, bounds, rows, 4, n_terms)
        share = held / len(rows)
        elsewhere = (everywhere - held + 1.0) / (n_articles - len(rows) + 1.0)
        letters = re.sub(r"[^a-z0-9]", "", name.lower())
        frequent = (share >= MIN_NAME_SHARE) & (elsewhere <= MAX_SHARE_ELSEWHERE)
        for term in np.flatnonzero(frequent & (share >= MIN_LIFT * elsewhere)).tolist():
            named = len(terms[term]) >= MIN_NAME_LETTERS and terms[term] in letters
            if named or share[term] >= MIN_FORM_SHARE:
                own.append((publisher << 32) + term)
        titles = _articles_holding_boilerplate(tokens, bounds, rows, 1, n_terms) / len(rows)
        in_headlines = np.flatnonzero(titles >= MIN_LABEL_SHARE).tolist()
        labels += [(publisher << 32) + term for term in in_headlines]
    return np.array(sorted(own), np.uint64), np.array(sorted(labels), np.uint64)


@compiled
def _articles_holding_boilerplate(
    tokens: Tokens, bounds: Bounds, rows: NDArray[np.int64], last: int, n_terms: int
) -> NDArray[np.int64]:
    """Return how many of the articles ``rows`` hold each term up to field ``last``."""
    seen = np.full(n_terms, -1, np.int64)
    count = np.zeros(n_terms, np.int64)
    for row in rows:
        for at in range(bounds[row, 0], bounds[row, last]):
            if seen[tokens[at]] != row:
                seen[tokens[at]] = row
                count[tokens[at]] += 1
    return count
