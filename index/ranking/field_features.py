"""Field features: BM25 by field, coverage, proximity and phrase overlap of each candidate.

One compiled pass reads each candidate's terms once and measures everything that depends on where
the query's words occur. Its cost grows with the length of the candidates, not with the size of the
archive.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.query.query_terms import ABSENT, SIEVE, QueryTerms
from index.ranking.phrase_overlap import (
    MET_AT,
    REACHED,
    RUN_ROWS,
    lengthen_phrase_runs,
    overlap_of_pairs_and_triples,
    whole_phrase_runs,
)
from index.ranking.proximity import (
    best_proximity_window,
    mark_proximate_pairs,
    proximity_gains,
    proximity_pairs,
)
from index.terms.forward_index import ForwardIndex

FIELD_FEATURES = (
    "bm25 headline",
    "bm25 claim",
    "bm25 summary",
    "bm25 body",
    "bm25 passage",
    "coverage",
    "coverage short",
    "headline covered",
    "claim covered",
    "verbatim run",
    "word pairs",
    "word triples",
    "numbers",
    "names short",
    "body length",
    "bm25 sentence",
    "beginnings",
    "coverage clause",
    "neighbours",
    "run length",
)
"""The columns of ``field_features``. Shares are in [0, 1]; BM25 is per unit of the query's idf; the
body length is the logarithm of its terms. Neighbours: the share of words next to each other in the
query that are near each other here. Run length: terms of the longest verbatim run, of
``LONG_RUN``."""

(
    BM25_HEADLINE,  # the columns of the other fields follow
    _,
    _,
    _,
    BM25_PASSAGE,
    COVERAGE,
    COVERAGE_SHORT,
    HEADLINE_COVERED,
    CLAIM_COVERED,
    VERBATIM_RUN,
    WORD_PAIRS,
    WORD_TRIPLES,
    NUMBERS,
    NAMES_SHORT,
    BODY_LENGTH,
    BM25_SENTENCE,
    PREFIXES,
    COVERAGE_CLAUSE,
    NEIGHBOURS,
    RUN_LENGTH,
) = range(len(FIELD_FEATURES))
N_FEATURES = len(FIELD_FEATURES)

HEADLINE, CLAIM, SUMMARY, BODY = range(4)
N_FIELDS = 4
PASSAGE = 100  # terms; a paragraph or two of a fact check
SENTENCE = 30  # terms
CLAUSE = 15  # terms
FIELD_GAP = 1000  # terms put between fields, more than any window: no window reaches over two
LONG_RUN = 12  # terms; nobody says so much in the same words by chance
K1, B = 1.2, 0.75  # of BM25
BINARY_K1 = 1e-6  # a k1 next to 0 counts a word once, however often it occurs
PASSAGE_GAINS, SENTENCE_GAINS = proximity_gains(K1, PASSAGE), proximity_gains(K1, SENTENCE)
CLAUSE_GAINS = proximity_gains(BINARY_K1, CLAUSE)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Slots = NDArray[np.int16]
Flags = NDArray[np.bool_]
ForwardArrays = tuple[NDArray[np.uint32], Ints, Floats, Floats, Floats]
QueryArrays = tuple[Flags, Slots, Slots, Floats, Flags, Flags, Flags, Ints, Ints]
# What shares are of, for an article that holds the whole query word for word: the idf of content
# words, the count of numbers, the idf of names, of the longest run, of pairs, triples, neighbours.
Totals = tuple[float, float, float, float, float, float, float]
# What was found in one article, room that is filled again for the next: ``tf`` [N_FIELDS, n_slots]
# counts the query's terms; ``prefixes`` [n_slots] is above 0 for a content term of which a prefix
# was found; ``field_weights`` [2] weighs the query's terms in headline and claim; ``sifted`` is
# room for ``_sift_field_tokens``; ``positions`` and ``slots`` list the content terms.
Found = tuple[Floats, Floats, Floats, Ints, Ints, Slots]


def field_features(texts: ForwardIndex, candidates: Ints, query: QueryTerms) -> Floats:
    """Return the field features of articles.

    Parameters
    ----------
    texts
        The terms of all articles.
    candidates
        The articles to measure, by their row in ``texts``, int64 [n].
    query
        The terms of the query.

    Returns
    -------
    float32 [n, len(FIELD_FEATURES)]
    """
    return _field_features(
        (texts.tokens, texts.bounds, texts.weights, texts.mean_lengths, texts.short_weights),
        candidates,
        (
            query.sieve,
            query.slot_of,
            query.sequence,
            query.idf,
            query.content,
            query.number,
            query.name,
            query.place_starts,
            query.places,
        ),
    )


@compiled
def _field_features(texts: ForwardArrays, candidates: Ints, query: QueryArrays) -> Floats:
    tokens, bounds, weights, mean_lengths, short_weights = texts
    _, _, sequence, idf, content, _, _, _, _ = query
    n_slots, n_places = max(idf.shape[0], 1), sequence.shape[0]
    pair_of, pair_idf = _field_pairs(sequence, idf, content)
    pair_seen = np.zeros(pair_idf.shape[0], np.bool_)
    totals = _field_totals(query, pair_idf)
    room = (
        _longest_fields(bounds, candidates, tokens.shape[0]) + 1
    )  # ``_sift_field_tokens`` writes one behind the last
    positions, slots = np.zeros(room, np.int64), np.zeros(room, np.int16)
    found = (
        np.zeros((N_FIELDS, n_slots), np.float32),
        np.zeros(n_slots, np.float32),
        np.zeros(2, np.float32),
        np.zeros(room, np.int64),
        positions,
        slots,
    )
    runs = np.zeros((RUN_ROWS, n_places), np.int64)
    run_weights = np.zeros(n_places, np.float32)
    window = np.zeros(n_slots, np.int64)
    out = np.zeros((candidates.shape[0], N_FEATURES), np.float32)
    for row in range(candidates.shape[0]):
        article = candidates[row]
        n_hits, heaviest = _scan_fields(
            tokens, bounds, weights, article, query, found, runs, run_weights
        )
        _measure_fields(
            bounds[article], mean_lengths, short_weights[article], query, totals, found, out[row]
        )
        _measure_field_runs(sequence, idf, totals, runs[REACHED], heaviest, out[row])
        mark_proximate_pairs(positions, slots, n_hits, pair_of, pair_seen)
        near = 0.0
        for pair in range(pair_idf.shape[0]):
            if pair_seen[pair]:
                near += pair_idf[pair]
        out[row, NEIGHBOURS] = _share_of_field(near, totals[-1])
        best = best_proximity_window(positions, slots, n_hits, PASSAGE_GAINS, idf, window)
        out[row, BM25_PASSAGE] = _share_of_field(best, totals[0])
        best = best_proximity_window(positions, slots, n_hits, SENTENCE_GAINS, idf, window)
        out[row, BM25_SENTENCE] = _share_of_field(best, totals[0])
        best = best_proximity_window(positions, slots, n_hits, CLAUSE_GAINS, idf, window)
        out[row, COVERAGE_CLAUSE] = _share_of_field(best, totals[0])
    return out


@compiled
def _field_pairs(sequence: Slots, idf: Floats, content: Flags) -> tuple[Slots, Floats]:
    """Return the number of each pair of neighbours, and the idf of each, float32 [at least 1]."""
    n_slots = idf.shape[0]
    pair_of, n_pairs = proximity_pairs(sequence, content, n_slots)
    pair_idf = np.zeros(max(n_pairs, 1), np.float32)
    for first in range(n_slots):
        for second in range(first):
            if pair_of[first, second] >= 0:
                pair_idf[pair_of[first, second]] = idf[first] + idf[second]
    return pair_of, pair_idf


@compiled
def _field_totals(query: QueryArrays, pair_idf: Floats) -> Totals:
    _, _, sequence, idf, is_content, is_number, is_name, _, _ = query
    content, numbers, names, run, near = 0.0, 0.0, 0.0, 0.0, np.float32(0.0)
    for slot in range(idf.shape[0]):
        if is_content[slot]:
            content += idf[slot]
            if is_number[slot]:
                numbers += 1.0
            if is_name[slot]:
                names += idf[slot]
    for place in range(sequence.shape[0]):
        if sequence[place] >= 0:
            run += idf[sequence[place]]
    pairs, triples = overlap_of_pairs_and_triples(sequence, idf, whole_phrase_runs(sequence))
    for pair in range(pair_idf.shape[0]):
        near += pair_idf[pair]
    return content, numbers, names, run, pairs, triples, float(near)


@compiled
def _longest_fields(bounds: Ints, candidates: Ints, n_tokens: int) -> int:
    """Return how many terms the longest of some articles has, at most ``n_tokens``."""
    longest = 0
    for row in range(candidates.shape[0]):
        article = candidates[row]
        longest = max(longest, bounds[article, N_FIELDS] - bounds[article, HEADLINE])
    return min(longest, n_tokens)


@compiled(writes=("found", "runs", "run_weights"))
def _scan_fields(
    tokens: NDArray[np.uint32],
    bounds: Ints,
    weights: Floats,
    article: int,
    query: QueryArrays,
    found: Found,
    runs: Ints,
    run_weights: Floats,
) -> tuple[int, float]:
    """Fill ``found`` and ``runs``; return the number of hits and what the heaviest run weighs."""
    # Unpacked once: each use of a field of a tuple would count a reference to its array.
    sieve, slot_of, _, idf, content, _, _, place_starts, places = query
    tf, prefixes, field_weights, sifted, positions, slots = found
    tf[:] = 0.0
    prefixes[:] = 0.0
    field_weights[:] = 0.0
    runs[REACHED] = 0
    runs[MET_AT] = -9  # next to no position
    n_hits, heaviest = 0, 0.0
    # Kept within the arrays and in order, whatever the file says: no bounds are checked below.
    end = min(max(bounds[article, HEADLINE], 0), tokens.shape[0])
    last = min(bounds[article, N_FIELDS], tokens.shape[0], end + positions.shape[0] - 1)
    for field in range(N_FIELDS):
        begin = end
        end = max(begin, min(bounds[article, field + 1], last))
        n = _sift_field_tokens(tokens, begin, end, sieve, sifted)
        for i in range(n):
            position = sifted[i]
            term = tokens[position]
            if term >= slot_of.shape[0]:
                continue
            slot = slot_of[term]
            if slot == ABSENT:
                continue
            if slot < 0:
                prefixes[-2 - slot] = 1.0
                continue
            tf[field, slot] += 1.0
            if field <= CLAIM:
                field_weights[field] += weights[term]
            positions[n_hits] = position + field * FIELD_GAP
            slots[n_hits] = slot
            n_hits += content[slot]
            if (i == 0 or sifted[i - 1] < position - 1) and (
                i + 1 == n or sifted[i + 1] > position + 1
            ):
                continue  # alone: no run, no pair
            # A field is one position away from the next, so that no run reaches over two.
            here = position + field
            weight = lengthen_phrase_runs(slot, here, place_starts, places, idf, runs, run_weights)
            heaviest = max(heaviest, weight)
    return n_hits, heaviest


@compiled(writes=("found",))
def _sift_field_tokens(
    tokens: NDArray[np.uint32], begin: int, end: int, sieve: Flags, found: NDArray[np.int64]
) -> int:
    """Write to ``found`` the positions whose terms pass the sieve; return how many do.

    Branch-free: every position is written, the counter advances on a hit only. The branch would be
    mispredicted often; ``sieve`` (8 KiB) fits L1, ``slot_of`` does not.
    """
    n = 0
    for position in range(begin, end):
        found[n] = position
        n += sieve[tokens[position] & (SIEVE - 1)]
    return n


@compiled(writes=("out",))
def _measure_fields(
    bounds: Ints,
    mean_lengths: Floats,
    short_weights: Floats,
    query: QueryArrays,
    totals: Totals,
    found: Found,
    out: Floats,
) -> None:
    """Write the columns that depend on which terms each field holds."""
    _, _, _, idf, content, number, name, _, _ = query
    tf, prefixes, field_weights, _, _, _ = found
    all_content, all_numbers, all_names, _, _, _, _ = totals
    n_slots = idf.shape[0]
    for field in range(N_FIELDS):
        length = bounds[field + 1] - bounds[field]
        norm = K1 * (1.0 - B + B * length / mean_lengths[field])
        score = 0.0
        for slot in range(n_slots):
            if content[slot] and tf[field, slot] > 0.0:
                score += idf[slot] * tf[field, slot] * (K1 + 1.0) / (tf[field, slot] + norm)
        out[BM25_HEADLINE + field] = _share_of_field(score, all_content)
    covered, covered_short, numbers, names, prefixed = 0.0, 0.0, 0.0, 0.0, 0.0
    for slot in range(n_slots):
        if not content[slot]:
            continue
        short = tf[HEADLINE, slot] + tf[CLAIM, slot] + tf[SUMMARY, slot]
        if short > 0.0:
            covered_short += idf[slot]
            if name[slot]:
                names += idf[slot]
        if short + tf[BODY, slot] > 0.0:
            covered += idf[slot]
            if number[slot]:
                numbers += 1.0
        elif prefixes[slot] > 0.0:
            prefixed += idf[slot]
    out[COVERAGE] = _share_of_field(covered, all_content)
    out[COVERAGE_SHORT] = _share_of_field(covered_short, all_content)
    out[NUMBERS] = _share_of_field(numbers, all_numbers)
    out[NAMES_SHORT] = _share_of_field(names, all_names)
    out[PREFIXES] = _share_of_field(prefixed, all_content)
    for field in range(SUMMARY):
        whole = float(short_weights[field])
        out[HEADLINE_COVERED + field] = _share_of_field(float(field_weights[field]), whole)
    out[BODY_LENGTH] = np.log1p(bounds[N_FIELDS] - bounds[BODY])


@compiled(writes=("out",))
def _measure_field_runs(
    sequence: Slots, idf: Floats, totals: Totals, reached: Ints, heaviest: float, out: Floats
) -> None:
    """Write the columns of unbroken runs of the query's words."""
    pairs, triples = overlap_of_pairs_and_triples(sequence, idf, reached)
    _, _, _, all_run, all_pairs, all_triples, _ = totals
    longest = 0
    for place in range(reached.shape[0]):
        longest = max(longest, reached[place])
    out[VERBATIM_RUN] = _share_of_field(heaviest, all_run)
    out[WORD_PAIRS] = _share_of_field(pairs, all_pairs)
    out[WORD_TRIPLES] = _share_of_field(triples, all_triples)
    out[RUN_LENGTH] = min(longest, LONG_RUN) / LONG_RUN if longest > 1 else 0.0


@compiled
def _share_of_field(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else 0.0
