"""Merging of completions: the best of several completion indexes, in the order of one."""

from __future__ import annotations

from collections.abc import Container, Sequence

from corpus.analysis.tokenizer import words as words_of
from index.autocomplete.completions import CompletionEntry, CompletionIndex

_SPARE = 8  # entries more than asked for, in place of those that are hidden


CompletionSource = tuple[CompletionIndex, Container[str]]
"""An index, and the ids of the articles of which it may show nothing."""


def complete_from(
    sources: Sequence[CompletionSource], prefix: str, limit: int
) -> list[CompletionEntry]:
    """Return at most ``limit`` completions of all indexes, best first, each reading once.

    The order is that of ``CompletionIndex.complete``.

    Parameters
    ----------
    sources
        Of entries that read the same, the best ranked one is shown.
    prefix
        What was typed so far.
    limit
        At most so many.
    """
    wanted = limit + _SPARE
    while True:
        found: dict[tuple[str, ...], tuple[tuple[int, float, float, str], CompletionEntry]] = {}
        is_cut = False
        for index, hidden in sources:
            entries = index.grouped(prefix, wanted)
            shown = [(group, e) for group, e in entries if e.article_id not in hidden]
            is_cut |= len(entries) == wanted and len(shown) < limit
            for group, entry in shown:
                key = (group, -entry.demand, -entry.freshness, entry.text)
                spelt = tuple(words_of(entry.text))
                if spelt not in found or key < found[spelt][0]:
                    found[spelt] = key, entry
        if not is_cut:
            return [entry for _, entry in sorted(found.values(), key=lambda f: f[0])[:limit]]
        wanted *= 4
