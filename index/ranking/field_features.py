"""What an article's own words say for a query: one compiled pass over its tokens.

The pass reads each candidate's token stream once and measures everything that depends on where the
query's words stand: field by field, in the best passage, in unbroken runs. Its cost grows with the
length of the candidates, not with the size of the archive.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.query.query_terms import ABSENT, SIEVE, QueryTerms
from index.ranking.phrase_overlap import lengthen, pairs_and_triples, whole_runs
from index.ranking.proximity import best_window, gains, met, neighbours
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
"""The columns of ``evidence``. Shares are in [0, 1]; BM25 is per unit of the query's idf; the body
length is the logarithm of its terms. Neighbours: the share of words next to each other in the query
that stand near each other here. Run length: terms of the longest verbatim run, of ``LONG_RUN``."""

PASSAGE = 100  # terms; a paragraph or two of a fact check
SENTENCE = 30  # terms
CLAUSE = 15  # terms
LONG_RUN = 12  # terms; nobody says so much in the same words by chance
K1, B = 1.2, 0.75  # of BM25
ONCE = 1e-6  # a k1 that counts a word once, however often it stands there
PASSAGE_GAINS, SENTENCE_GAINS = gains(K1, PASSAGE), gains(K1, SENTENCE)
CLAUSE_GAINS = gains(ONCE, CLAUSE)
N_FIELDS = 4  # headline, claim, summary, body


def field_features(
    texts: ForwardIndex, candidates: NDArray[np.int64], query: QueryTerms
) -> NDArray[np.float32]:
    """Return float32 [n_candidates, len(FIELD_FEATURES)] of the articles ``candidates``."""
    return _evidence(
        texts.tokens,
        texts.bounds,
        texts.weights,
        texts.mean_lengths,
        texts.short_weights,
        candidates,
        query.sieve,
        query.slot_of,
        query.sequence,
        query.idf,
        query.content,
        query.number,
        query.name,
        query.place_starts,
        query.places,
    )


@compiled
def _evidence(
    tokens: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    weights: NDArray[np.float32],
    mean_lengths: NDArray[np.float32],
    short_weights: NDArray[np.float32],
    candidates: NDArray[np.int64],
    sieve: NDArray[np.bool_],
    slot_of: NDArray[np.int16],
    sequence: NDArray[np.int16],
    idf: NDArray[np.float32],
    content: NDArray[np.bool_],
    number: NDArray[np.bool_],
    name: NDArray[np.bool_],
    place_starts: NDArray[np.int64],
    places: NDArray[np.int64],
) -> NDArray[np.float32]:
    n_slots, n_places = idf.shape[0], sequence.shape[0]
    out = np.zeros((candidates.shape[0], 20), np.float32)
    mass, numbers, names, verbatim_mass = 0.0, 0.0, 0.0, 0.0
    for slot in range(n_slots):
        if content[slot]:
            mass += idf[slot]
            if number[slot]:
                numbers += 1.0
            if name[slot]:
                names += idf[slot]
    for place in range(n_places):
        if sequence[place] >= 0:
            verbatim_mass += idf[sequence[place]]
    pairs, triples = pairs_and_triples(sequence, idf, whole_runs(sequence))
    pair_of, n_pairs = neighbours(sequence, content, n_slots)
    pair_idf = np.zeros(max(n_pairs, 1), np.float32)
    for first in range(n_slots):
        for second in range(first):
            if pair_of[first, second] >= 0:
                pair_idf[pair_of[first, second]] = idf[first] + idf[second]
    pair_mass = pair_idf.sum()
    pair_seen = np.zeros(max(n_pairs, 1), np.bool_)
    tf = np.zeros((4, max(n_slots, 1)), np.float32)
    window = np.zeros(max(n_slots, 1), np.int64)
    run_length = np.zeros(n_places, np.int64)
    run_weight = np.zeros(n_places, np.float32)
    run_at = np.full(n_places, -9, np.int64)
    reached = np.zeros(n_places, np.int64)
    begun = np.zeros(max(n_slots, 1), np.float32)
    short_covered = np.zeros(2, np.float32)
    room = 1  # for the hits of the longest candidate, and for the one that may come behind them
    for article in candidates:
        room = max(room, bounds[article, 4] - bounds[article, 0] + 1)
    at = np.empty(room, np.int64)
    hits, hit_slots = np.empty(room, np.int64), np.empty(room, np.int16)
    for row in range(candidates.shape[0]):
        article = candidates[row]
        tf[:] = 0.0
        reached[:] = 0
        begun[:] = 0.0
        longest = 0.0
        short_covered[:] = 0.0
        n_hits = 0
        for field in range(4):
            n_at = _sifted(tokens, bounds[article, field], bounds[article, field + 1], sieve, at)
            for i in range(n_at):
                position = at[i]
                slot = slot_of[tokens[position]]
                if slot == ABSENT:
                    continue
                if slot < 0:
                    begun[-2 - slot] = 1.0
                    continue
                tf[field, slot] += 1.0
                if field < 2:
                    short_covered[field] += weights[tokens[position]]
                hits[n_hits] = position + field * 1000  # fields are apart from each other
                hit_slots[n_hits] = slot
                n_hits += content[slot]
                if (i == 0 or at[i - 1] < position - 1) and (
                    i + 1 == n_at or at[i + 1] > position + 1
                ):
                    continue  # alone: no run, no pair
                weight = lengthen(
                    slot,
                    position + field,
                    place_starts,
                    places,
                    idf,
                    run_at,
                    run_length,
                    run_weight,
                    reached,
                )
                longest = max(longest, weight)
        run_at[:] = -9
        # BM25 field by field
        covered, covered_short, found_numbers, found_names = 0.0, 0.0, 0.0, 0.0
        started = 0.0
        for field in range(4):
            length = bounds[article, field + 1] - bounds[article, field]
            norm = K1 * (1.0 - B + B * length / mean_lengths[field])
            score = 0.0
            for slot in range(n_slots):
                if content[slot] and tf[field, slot] > 0.0:
                    score += idf[slot] * tf[field, slot] * (K1 + 1.0) / (tf[field, slot] + norm)
            out[row, field] = _share(score, mass)
        for slot in range(n_slots):
            if not content[slot]:
                continue
            short = tf[0, slot] + tf[1, slot] + tf[2, slot]
            if short > 0.0:
                covered_short += idf[slot]
                if name[slot]:
                    found_names += idf[slot]
            if short + tf[3, slot] > 0.0:
                covered += idf[slot]
                if number[slot]:
                    found_numbers += 1.0
            elif begun[slot] > 0.0:
                started += idf[slot]
        best = best_window(hits, hit_slots, n_hits, PASSAGE_GAINS, idf, window)
        sentence = best_window(hits, hit_slots, n_hits, SENTENCE_GAINS, idf, window)
        clause = best_window(hits, hit_slots, n_hits, CLAUSE_GAINS, idf, window)
        met(hits, hit_slots, n_hits, pair_of, pair_seen)
        near = 0.0
        for pair in range(n_pairs):
            if pair_seen[pair]:
                near += pair_idf[pair]
        found_pairs, found_triples = pairs_and_triples(sequence, idf, reached)
        words = reached.max() if n_places else 0
        out[row, 4] = _share(best, mass)
        out[row, 5] = _share(covered, mass)
        out[row, 6] = _share(covered_short, mass)
        out[row, 7] = _share(short_covered[0], short_weights[article, 0])
        out[row, 8] = _share(short_covered[1], short_weights[article, 1])
        out[row, 9] = _share(longest, verbatim_mass)
        out[row, 10] = _share(found_pairs, pairs)
        out[row, 11] = _share(found_triples, triples)
        out[row, 12] = _share(found_numbers, numbers)
        out[row, 13] = _share(found_names, names)
        out[row, 14] = np.log1p(bounds[article, 4] - bounds[article, 3])
        out[row, 15] = _share(sentence, mass)
        out[row, 16] = _share(started, mass)
        out[row, 17] = _share(clause, mass)
        out[row, 18] = _share(near, pair_mass)
        out[row, 19] = min(words, LONG_RUN) / LONG_RUN if words > 1 else 0.0
    return out


@compiled
def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else 0.0


@compiled(writes=("at",))
def _sifted(
    tokens: NDArray[np.uint32],
    begin: int,
    end: int,
    sieve: NDArray[np.bool_],
    at: NDArray[np.int64],
) -> int:
    """Put into ``at`` where terms stand that the sieve lets through; return how many do.

    What is put there for the others is overwritten by the next: a branch, which no processor could
    foresee, would take longer. The sieve stays in the nearest cache, ``slot_of`` would not.
    """
    n = 0
    for position in range(begin, end):
        at[n] = position
        n += sieve[tokens[position] & (SIEVE - 1)]
    return n
