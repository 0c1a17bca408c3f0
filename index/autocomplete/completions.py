"""Completions of what is being typed: headlines and questions of the archive.

Entries are stored by rank (demand, then freshness), so that the best of many matches are simply
the first. A word is a number by the alphabet, so that a prefix is a range of numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.prefix_range import prefix_range
from corpus.analysis.tokenizer import words as words_of
from corpus.models import Article
from index.autocomplete.prefix_match import (
    MAX_WORDS,
    first_not_before,
    first_prefix_matches,
    match_mistyped_prefix,
)
from index.storage.arrays import (
    ArrayType,
    array_path,
    check_array_ids,
    check_array_shape,
    check_array_starts,
    frozen_array,
    open_arrays,
    save_arrays,
)
from index.storage.packed_strings import Encoding, PackedStrings

CompletionKind = Literal["headline", "question", "phrase"]

_NAME = "completions"
_KINDS: tuple[CompletionKind, ...] = get_args(CompletionKind)
_MIN_TYPO_LETTERS = 4  # a shorter word is one error away from nearly anything
_MAX_TYPED_CHARACTERS = 200  # longer than any headline
_ARRAYS: dict[str, ArrayType] = {
    "starts": (np.int64, 1),
    "words": (np.int32, 1),
    "posting_starts": (np.int64, 1),
    "postings": (np.int32, 1),
    "by_text": (np.int32, 1),
    "kinds": (np.uint8, 1),
    "demand": (np.float64, 1),
    "freshness": (np.float64, 1),
}
_STRINGS: dict[str, Encoding] = {
    "texts": "utf-8",
    "article_ids": "utf-8",
    "vocabulary": "utf-32-le",
}


@dataclass(frozen=True, slots=True)
class CompletionEntry:
    """One line that may be suggested. More ``demand`` goes first, then more ``freshness``.

    The units are the caller's: say, searches a month, and the day checked as a number.
    """

    text: str
    kind: CompletionKind
    article_id: str
    demand: float = 0.0
    freshness: float = 0.0


@dataclass(frozen=True, eq=False, slots=True)
class CompletionIndex:
    """All entries by rank, with the words they hold. See ``index.prefix_match`` for the arrays.

    ``by_text`` int32 [n]: entries in the order of their words; ``kinds`` uint8, ``demand`` and
    ``freshness`` float64, all [n]; ``vocabulary``: the folded words, sorted.
    """

    texts: PackedStrings
    article_ids: PackedStrings
    vocabulary: PackedStrings
    starts: NDArray[np.int64]
    words: NDArray[np.int32]
    posting_starts: NDArray[np.int64]
    postings: NDArray[np.int32]
    by_text: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    demand: NDArray[np.float64]
    freshness: NDArray[np.float64]

    @classmethod
    def build(cls, entries: Iterable[CompletionEntry]) -> CompletionIndex:
        """Return the index of ``entries``; of those that read the same, only the best ranked.

        Raises
        ------
        ValueError
            A demand or freshness that is no finite number.
        """
        ranked, met, read = _ranked_completions(entries)
        vocabulary = sorted(met)
        number = np.zeros(len(vocabulary), np.int64)
        number[[met[word] for word in vocabulary]] = np.arange(len(vocabulary))
        by_alphabet = number.tolist()
        numbers = [tuple(by_alphabet[i] for i in entry) for entry in read]
        lengths = [len(entry) for entry in numbers]
        words = np.fromiter((n for entry in numbers for n in entry), np.int32, sum(lengths))
        holder = np.repeat(np.arange(len(numbers), dtype=np.int32), lengths)
        return cls(
            PackedStrings.of([e.text for e in ranked]),
            PackedStrings.of([e.article_id for e in ranked]),
            PackedStrings.of(vocabulary, "utf-32-le"),
            frozen_array(np.cumsum([0, *lengths], dtype=np.int64)),
            frozen_array(words),
            frozen_array(
                np.cumsum([0, *np.bincount(words, minlength=len(vocabulary))], dtype=np.int64)
            ),
            frozen_array(holder[np.argsort(words, kind="stable")]),
            frozen_array(np.array(sorted(range(len(numbers)), key=numbers.__getitem__), np.int32)),
            frozen_array(np.array([_KINDS.index(e.kind) for e in ranked], np.uint8)),
            frozen_array(np.array([e.demand for e in ranked], np.float64)),
            frozen_array(np.array([e.freshness for e in ranked], np.float64)),
        )

    def __len__(self) -> int:
        return len(self.kinds)

    def entries(self) -> list[CompletionEntry]:
        """Return all entries, best first."""
        return [self._completion_entry(i) for i in range(len(self))]

    def count(self, kind: CompletionKind) -> int:
        """Return how many entries are of ``kind``."""
        return int(np.count_nonzero(self.kinds == _KINDS.index(kind)))

    def complete(self, prefix: str, limit: int = 8) -> list[CompletionEntry]:
        """Return at most ``limit`` entries for what was typed so far, best first.

        First come entries that begin with it, then those that hold every typed word or a word that
        it begins, in the typed order before any other; then, only while there is room, those for
        which each word of four letters or more may have one error (words with a digit may not).
        Among equals more demand goes first, then more freshness, then the text by the alphabet.
        Case, accents and punctuation do not count. A space at the end ends the last word for the
        first group only. Nothing typed: nothing suggested.
        """
        return [entry for _, entry in self.grouped(prefix, limit)]

    def grouped(self, prefix: str, limit: int = 8) -> list[tuple[int, CompletionEntry]]:
        """Return what ``complete`` returns, each with its group: a lower one goes first.

        0 begins with what was typed; 1 and 2 hold every word, in the typed order or another; 3 and
        4 likewise with errors.
        """
        typed = words_of(prefix[:_MAX_TYPED_CHARACTERS])[:MAX_WORDS]
        if not typed or limit < 1 or not len(self):
            return []
        ranges = [self._range_of_completion_words(word) for word in typed]
        begin = self._completions_beginning_with(typed, ranges, prefix[-1].isspace(), limit)
        found = dict.fromkeys(begin, 0)
        for with_typos, group in ((False, 1), (True, 3)):
            if len(found) < limit:
                matches = self._completions_holding(typed, ranges, with_typos, limit)
                for offset, rows in enumerate(matches):
                    for i in rows:
                        found.setdefault(i, group + offset)
        return [(group, self._completion_entry(i)) for i, group in list(found.items())[:limit]]

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which exists."""
        for name in _STRINGS:
            getattr(self, name).save(folder, f"{_NAME}.{name}")
        save_arrays(folder, _NAME, **{name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def open(cls, folder: Path) -> CompletionIndex:
        """Return the index that ``save`` wrote, memory-mapped.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        parts: dict[str, Any] = {
            name: PackedStrings.open(folder, f"{_NAME}.{name}", encoding)
            for name, encoding in _STRINGS.items()
        }
        parts |= open_arrays(folder, _NAME, **_ARRAYS)
        opened = cls(**parts)
        opened._check_completion_arrays(folder)
        return opened

    def _check_completion_arrays(self, folder: Path) -> None:
        """Raise ArchiveError where an array points outside another one."""
        n, n_words = len(self.texts), len(self.vocabulary)
        ids = array_path(folder, f"{_NAME}.article_ids", "starts")
        check_array_shape(ids, self.article_ids.starts, n + 1)
        path = {name: array_path(folder, _NAME, name) for name in _ARRAYS}
        check_array_starts(path["starts"], self.starts, n, len(self.words))
        check_array_ids(path["words"], self.words, n_words)
        check_array_starts(path["posting_starts"], self.posting_starts, n_words, len(self.postings))
        check_array_ids(path["postings"], self.postings, n)
        check_array_ids(path["by_text"], self.by_text, n)
        check_array_ids(path["kinds"], self.kinds, len(_KINDS))
        for name in ("by_text", "kinds", "demand", "freshness"):
            check_array_shape(path[name], getattr(self, name), n)

    def _range_of_completion_words(self, prefix: str) -> tuple[int, int]:
        """Return the first word number that begins with ``prefix`` and the first after those."""
        return prefix_range(self.vocabulary.__getitem__, len(self.vocabulary), prefix)

    def _completions_beginning_with(
        self, typed: list[str], ranges: list[tuple[int, int]], ended: bool, limit: int
    ) -> list[int]:
        """Return the best entries that begin with the typed words, the last a prefix."""
        firsts = [low for low, _ in ranges]  # a whole word is the first of those it begins
        whole = typed if ended else typed[:-1]
        for (low, high), word in zip(ranges, whole, strict=False):
            if low == high or self.vocabulary[low] != word:
                return []
        low, high = ranges[-1]
        past = [*firsts[:-1], low + 1 if ended else high]
        begin, end = (
            first_not_before(np.array(key, np.int32), self.by_text, self.starts, self.words)
            for key in (firsts, past)
        )
        matching = self.by_text[begin:end]
        if len(matching) > limit:
            matching = np.partition(matching, limit - 1)[:limit]
        return sorted(matching.tolist())

    def _completions_holding(
        self, typed: list[str], ranges: list[tuple[int, int]], with_typos: bool, limit: int
    ) -> tuple[list[int], list[int]]:
        """Return the best entries that hold all typed words: in the typed order, and in another.

        ``limit`` of them are enough even if the caller has some of them: those it has are either
        all that there are, or as many as it wants.
        """
        allowed = np.zeros(len(self.vocabulary), np.uint32)
        for j, (low, high) in enumerate(ranges):
            allowed[low:high] |= np.uint32(1 << j)
        tolerant = [
            j for j, word in enumerate(typed) if with_typos and _may_complete_mistyped(word)
        ]
        if with_typos and not tolerant:
            return [], []
        for j in tolerant:
            letters = np.array([ord(c) for c in typed[j]], np.uint32)
            match_mistyped_prefix(
                allowed, j, letters, self.vocabulary.units, self.vocabulary.starts
            )
        in_order, otherwise = first_prefix_matches(
            allowed,
            len(typed),
            limit,
            self.starts,
            self.words,
            self.posting_starts,
            self.postings,
        )
        return in_order.tolist(), otherwise.tolist()

    def _completion_entry(self, i: int) -> CompletionEntry:
        return CompletionEntry(
            self.texts[i],
            _KINDS[self.kinds[i]],
            self.article_ids[i],
            float(self.demand[i]),
            float(self.freshness[i]),
        )


def completions_of(article: Article) -> list[CompletionEntry]:
    """Return the completions of an article: its headline, then its follow-up questions.

    A question names the article that asks it, which holds no answer: it leads on to a search.
    """
    day = float(article.checked_on.toordinal()) if article.checked_on else 0.0
    headline = CompletionEntry(article.headline, "headline", article.id, freshness=day)
    questions = (
        CompletionEntry(q, "question", article.id, freshness=day) for q in article.followups
    )
    return [headline, *questions]


def _may_complete_mistyped(word: str) -> bool:
    return len(word) >= _MIN_TYPO_LETTERS and not any(c.isdigit() for c in word)


def _ranked_completions(
    entries: Iterable[CompletionEntry],
) -> tuple[list[CompletionEntry], dict[str, int], list[tuple[int, ...]]]:
    """Return the entries that have words, best first, each reading once.

    And the words, each with its number in the order of their appearance, and those of each entry
    as numbers: a tenth of the room of the words themselves.
    """
    met: dict[str, int] = {}
    seen: dict[tuple[int, ...], CompletionEntry] = {}
    for entry in sorted(_checked_completions(entries), key=_completion_rank):
        if spelt := tuple(met.setdefault(word, len(met)) for word in words_of(entry.text)):
            seen.setdefault(spelt, entry)
    return list(seen.values()), met, list(seen)


def _checked_completions(entries: Iterable[CompletionEntry]) -> Iterator[CompletionEntry]:
    for entry in entries:
        if not (math.isfinite(entry.demand) and math.isfinite(entry.freshness)):
            raise ValueError(
                f"demand {entry.demand} and freshness {entry.freshness} of {entry.text[:80]!r} "
                f"({entry.article_id}) must be finite numbers; use 0 where one is unknown"
            )
        yield entry


def _completion_rank(entry: CompletionEntry) -> tuple[float, float, str, str, str]:
    return -entry.demand, -entry.freshness, entry.text, entry.article_id, entry.kind
