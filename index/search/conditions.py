"""Conditions of a search: filters, phrases, ``+`` and ``-`` signs as a mask of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import tokenize
from index.lexical.phrase_match import Mask
from index.query.parser import ParsedQuery, match_values
from index.search.reader import IndexReader
from index.types import Filters


@dataclass(frozen=True, eq=False, slots=True)
class Conditions:
    """What an article must be to be found.

    ``allowed`` bool [n_articles], None for all. ``sufficient``: words were asked for by phrase,
    sign or prefix, so that whatever is allowed matches. ``prefix_terms`` are the ids of the terms
    that begin with the query's prefix. ``notes`` say what no article meets.
    """

    allowed: Mask | None
    sufficient: bool
    prefix_terms: NDArray[np.uint32]
    notes: tuple[str, ...]


def conditions(reader: IndexReader, query: ParsedQuery, filters: Filters) -> Conditions:
    """Return the conditions of a parsed query and of the filters beside the search box.

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
    typed = match_values(query.filters, columns.known(query.filters))
    masks = [columns.passing(f) for f in (filters, typed)]
    notes: list[str] = []
    masks += _phrases(reader, (*query.phrases, *query.required), notes)
    prefix_terms = np.zeros(0, np.uint32)
    if query.prefix:
        prefix_terms, _ = reader.vocabulary.beginning(query.prefix)
        masks.append(reader.with_any_term(prefix_terms))
        if not len(prefix_terms):
            notes.append(f"No article has a word that begins with “{query.prefix}”.")
    masks += [~reader.with_phrase(tokenize(text)) for text in query.excluded]
    asked = [mask for mask in masks if mask is not None]
    sufficient = bool(query.phrases or query.required or query.prefix)
    allowed = np.logical_and.reduce(asked) if asked else None
    return Conditions(allowed, sufficient, prefix_terms, tuple(notes))


def _phrases(reader: IndexReader, phrases: Sequence[str], notes: list[str]) -> list[Mask]:
    """Return which articles have each phrase; add a note for one that no article has."""
    masks = []
    for text in phrases:
        terms = tokenize(text)
        masks.append(mask := reader.with_phrase(terms))
        if not mask.any():
            notes.append(
                f"No article has “{text}” word for word. Without the quotation marks its words "
                "are searched one by one."
                if len(terms) > 1
                else f"No article has the word “{text}”."
            )
    return masks
