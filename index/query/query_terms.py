"""Query terms: a query as term ids, for the compiled passes over the tokens of articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.analysis.tokenizer import raw_tokens, raw_words
from index.terms.prefix_groups import PrefixGroups
from index.terms.term_dictionary import TermDictionary

MAX_SEQUENCE_WORDS = 256  # words of a query whose order counts
SIEVE = 1 << 13  # a power of two; room for a long query, and small enough for the nearest cache
MIN_REACH, MAX_REACH = 2, 4  # words that the number of candidates grows with; benchmarks/README.md
ABSENT = -1  # in ``slot_of``: the query has neither this term nor one with its prefix


@dataclass(frozen=True, eq=False, slots=True)
class QueryTerms:
    """A query's distinct terms that the archive knows. Each has a slot, in order of appearance.

    ``sieve`` bool [``SIEVE``]: False at t modulo ``SIEVE`` tells that term t is absent;
    ``slot_of`` int16 [n_terms]: the slot s of each term of the archive, ``ABSENT``, or -2 - s for
    a term that only shares its prefix with the content term of slot s; ``sequence`` int16 [n]: the
    slots in the query's order, -1 for unknown words; ``known`` int64 [n_slots]: their terms;
    ``idf`` float32 [n_slots]; ``content``, ``number``, ``name`` bool [n_slots]; the places of slot
    s in the query, last first, are ``places[place_starts[s]:place_starts[s + 1]]``.
    """

    sieve: NDArray[np.bool_]
    slot_of: NDArray[np.int16]
    sequence: NDArray[np.int16]
    known: NDArray[np.int64]
    idf: NDArray[np.float32]
    content: NDArray[np.bool_]
    number: NDArray[np.bool_]
    name: NDArray[np.bool_]
    place_starts: NDArray[np.int64]
    places: NDArray[np.int64]

    @property
    def reach(self) -> int:
        """Return by how much the number of candidates is multiplied: the words of the query.

        At least ``MIN_REACH`` and at most ``MAX_REACH``. Short queries need fewer candidates: their
        matches soon have equal features (benchmarks/README.md).
        """
        return min(max(len(self.sequence), MIN_REACH), MAX_REACH)


def query_terms(
    text: str,
    stopwords: frozenset[str],
    terms: TermDictionary,
    idf: NDArray[np.float32],
    prefix_groups: PrefixGroups,
    language: str = "en",
) -> QueryTerms:
    """Return the terms of the first ``MAX_SEQUENCE_WORDS`` words of ``text``.

    A name is a capitalised word, a hashtag or a handle that does not come first. A term of the
    archive that shares its prefix with two content terms of the query counts for the later one.

    Parameters
    ----------
    text
        The query, rewritten.
    stopwords
        Words that are no content.
    terms
        The terms of the archive.
    idf
        Their weights, float32 [n_terms].
    prefix_groups
        Which of them share their first letters.
    language
        ISO 639-1 code of the query.
    """
    read = [
        (terms.term_of(word), word, raw[0].isupper() or raw[0] in "#@")
        for raw in raw_tokens(text)
        for word, _, _ in raw_words(raw, language)
    ][:MAX_SEQUENCE_WORDS]
    ids = [terms.id(term) for term, _, _ in read]
    slots = {id: slot for slot, id in enumerate(dict.fromkeys(i for i in ids if i is not None))}
    known = np.fromiter(slots, np.int64, len(slots))
    places: list[list[int]] = [[] for _ in slots]
    for place, id in enumerate(ids):
        if id is not None:
            places[slots[id]].append(place)
    content = [any(read[place][1] not in stopwords for place in row) for row in places]
    number = [any(read[place][1][0].isdigit() for place in row) for row in places]
    name = [any(read[place][2] and place > 0 for place in row) for row in places]
    sieve = np.zeros(SIEVE, np.bool_)
    slot_of = np.full(len(terms), ABSENT, np.int16)
    groups = [(slot, prefix_groups.like(id)) for id, slot in slots.items() if content[slot]]
    if groups:
        related = np.concatenate([group for _, group in groups])
        slot_of[related] = np.repeat([-2 - slot for slot, _ in groups], [len(g) for _, g in groups])
        sieve[related % SIEVE] = True
    slot_of[known] = np.arange(len(slots))
    sieve[known % SIEVE] = True
    return QueryTerms(
        sieve,
        slot_of,
        np.array([-1 if id is None else slots[id] for id in ids], np.int16),
        known,
        idf[known],
        np.array(content, np.bool_),
        np.array(number, np.bool_),
        np.array(name, np.bool_),
        np.cumsum([0, *map(len, places)]),
        np.array([place for row in places for place in reversed(row)], np.int64),
    )
