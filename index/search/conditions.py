"""Conditions of a search: filters, phrases, ``+`` and ``-`` signs as a mask of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import tokenize
from index.lexical.phrase_match import Mask
from index.query.parser import ParsedQuery, match_filter_values
from index.search.reader import IndexReader
from index.types import Filters


@dataclass(frozen=True, eq=False, slots=True)
class Conditions:
    """What an article must be to be found.

    ``allowed`` bool [n_articles], None for all; it may be the reader's own, so nobody writes to it.
    ``sufficient``: words were asked for by phrase, sign or prefix, so that whatever is allowed
    matches. ``prefix_terms`` are the ids of the terms that begin with the query's prefix. ``notes``
    say what no article meets, and what was done.
    """

    allowed: Mask | None
    sufficient: bool
    prefix_terms: NDArray[np.uint32]
    notes: tuple[str, ...]


def conditions(reader: IndexReader, query: ParsedQuery, filters: Filters) -> Conditions:
    """Return the conditions of a parsed query and of the filters beside the search box.

    A query that is one quoted phrase stays strict. Within a longer text, phrases that would leave
    nothing are searched word by word instead, and a note says so: people quote titles and names.

    Parameters
    ----------
    reader
        The index that is searched.
    query
        What was typed.
    filters
        What was chosen beside it; both must be met.
    """
    columns = reader.columns
    typed = match_filter_values(query.filters, columns.known(query.filters))
    masks = [reader.alive, *(columns.passing(f) for f in (filters, typed))]
    notes: list[str] = []
    for text in query.required:
        masks.append(mask := reader.with_text(text))
        if not mask.any():
            notes.append(_absent_condition_note(text))
    prefix_terms = np.zeros(0, np.uint32)
    if query.prefix:
        prefix_terms, _ = reader.vocabulary.beginning(query.prefix)
        masks.append(reader.with_any_term(prefix_terms))
        if not len(prefix_terms):
            notes.append(f"No article has a word that begins with “{query.prefix}”.")
    masks += [~reader.with_text(text) for text in query.excluded]
    others = [mask for mask in masks if mask is not None]
    allowed = reduce(np.logical_and, others) if others else np.ones(len(reader), np.bool_)
    phrases = [(text, reader.with_text(text)) for text in query.phrases]
    phrase_masks, phrase_notes = (_strict_condition if query.unquoted else _lenient_conditions)(
        phrases, allowed
    )
    for mask in phrase_masks:
        allowed = allowed & mask
    return Conditions(
        allowed if others or phrase_masks else None,
        bool(phrase_masks or query.required or query.prefix),
        prefix_terms,
        (*phrase_notes, *notes),
    )


Phrases = Sequence[tuple[str, Mask]]
"""Each quoted phrase with the articles that have it word for word."""


def _strict_condition(phrases: Phrases, allowed: Mask) -> tuple[list[Mask], list[str]]:
    """Return the condition of a query that is one quoted phrase, and a note about it."""
    [(text, mask)] = phrases
    if not mask.any():
        return [mask], [_absent_condition_note(text)]
    if not (mask & allowed).any():
        return [mask], [f"No article that meets the other conditions has “{text}” word for word."]
    return [mask], [f"Only articles that have “{text}” word for word are shown."]


def _lenient_conditions(phrases: Phrases, allowed: Mask) -> tuple[list[Mask], list[str]]:
    """Return the conditions of phrases in a longer text, and a note about those left out.

    First those are left out that no allowed article has, then all if no article has the rest.
    """
    found = [(text, mask) for text, mask in phrases if (mask & allowed).any()]
    left_out, link = [text for text, mask in phrases if not (mask & allowed).any()], " or "
    if found and not np.logical_and.reduce([allowed, *(mask for _, mask in found)]).any():
        found, left_out, link = [], [text for text, _ in phrases], " and "
    if not left_out:
        return [mask for _, mask in found], []
    named, words = link.join(f"“{text}”" for text in left_out), "their" if left_out[1:] else "its"
    note = (
        f"No matching article has {named} word for word, so {words} words were searched one by one."
    )
    return [mask for _, mask in found], [note]


def _absent_condition_note(text: str) -> str:
    if len(tokenize(text)) > 1:
        return (
            f"No article has “{text}” word for word. Without the quotation marks its words "
            "are searched one by one."
        )
    return f"No article has the word “{text}”."
