"""Passage evidence: how well the best passage of an article covers a question.

One compiled pass over the token stream of each candidate. A passage is any ``PASSAGE_TERMS`` terms
in a row, so that no border cuts an answer in two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from recommender.answers.answer_type import answer_type_evidence_by_id, expected_answer_classes
from recommender.answers.question_terms import TermTable, WeightedQuestion

PASSAGE_TERMS = 60  # a paragraph of a fact check
SENTENCE_TERMS = 25
ANSWER_REACH = 30  # terms before and behind a passage in which its answer may stand
MIN_GAIN = 1e-6  # by which a later window must beat an earlier one: sums of floats differ

PASSAGE_FEATURES = (
    "article coverage",
    "passage coverage",
    "sentence coverage",
    "lead coverage",
    "headline coverage",
    "heaviest term missing in the article",
    "heaviest term missing in the passage",
    "passage coverage beyond the headline",
    "share beyond the headline",
    "answer type in the passage",
    "answer type in the article",
    "headline share that is not asked",
    "position of the passage",
)
"""Columns of ``passage_evidence``, all in [0, 1].

Coverage: the share of the question's weight, unknown terms included, that a text holds. Beyond the
headline: only the terms that the headline does not hold. Position: 0 at the start of the article, 1
at its end.
"""

(
    IN_ARTICLE, IN_PASSAGE, IN_SENTENCE, IN_LEAD, IN_HEADLINE, MISSING, MISSING_IN_PASSAGE,
    COVERED_BEYOND, BEYOND, TYPE_IN_PASSAGE, TYPE_IN_ARTICLE, NOT_ASKED, POSITION,
) = range(len(PASSAGE_FEATURES))  # fmt: skip
HEADLINE_END, LEAD_END, END = 1, 3, 4  # columns of ``ForwardIndex.bounds``
_ARTICLE, _HEADLINE, _LEAD, _PASSAGE = 1, 2, 4, 8  # bits: where a term of the question was found


def passage_evidence(
    tokens: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    table: TermTable,
    candidates: NDArray[np.int64],
    question: WeightedQuestion,
) -> NDArray[np.float32]:
    """Return the passage features of articles, float32 [n_candidates, len(PASSAGE_FEATURES)].

    Parameters
    ----------
    tokens, bounds
        As in ``index.terms.forward_index.ForwardIndex``.
    table
        Weight and classes of each term id.
    candidates
        Rows of ``bounds``, int64 [n_candidates].
    question
        The terms of the question.
    """
    out = np.zeros((len(candidates), len(PASSAGE_FEATURES)), np.float32)
    _measure_passage_evidence(
        tokens,
        bounds,
        candidates,
        table.weights,
        table.classes,
        question.known,
        question.weights,
        float(question.unknown.sum()),
        float(question.unknown.max(initial=0.0)),
        question.expected.kind == "number",
        expected_answer_classes(question.expected),
        out,
    )
    return out


@compiled(writes=("out",))
def _measure_passage_evidence(
    tokens: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    candidates: NDArray[np.int64],
    weight_of: NDArray[np.float32],
    class_of: NDArray[np.uint16],
    known: NDArray[np.uint32],
    weights: NDArray[np.float32],
    unknown: float,
    heaviest_unknown: float,
    numeric: bool,
    mask: int,
    out: NDArray[np.float32],
) -> None:
    """Fill ``out`` row by row; ``unknown`` is the weight of all unknown terms of the question."""
    for row in range(candidates.shape[0]):
        article = candidates[row]
        start = bounds[article, 0]
        _measure_article_passages(
            tokens[start : bounds[article, END]],
            bounds[article, HEADLINE_END] - start,
            bounds[article, LEAD_END] - start,
            weight_of,
            class_of,
            known,
            weights,
            unknown,
            heaviest_unknown,
            numeric,
            mask,
            out[row],
        )


@compiled(writes=("out",))
def _measure_article_passages(
    text: NDArray[np.uint32],
    headline_end: int,
    lead_end: int,
    weight_of: NDArray[np.float32],
    class_of: NDArray[np.uint16],
    known: NDArray[np.uint32],
    weights: NDArray[np.float32],
    unknown: float,
    heaviest_unknown: float,
    numeric: bool,
    mask: int,
    out: NDArray[np.float32],
) -> None:
    """Fill ``out`` with the features of one article."""
    hits, slots = _passage_hits(text, known)
    found = np.zeros(known.shape[0], np.uint8)
    asked_of_headline, headline = 0.0, 0.0
    for position in range(headline_end):
        if text[position] < weight_of.shape[0]:
            headline += weight_of[text[position]]
    for hit in range(hits.shape[0]):
        found[slots[hit]] |= _ARTICLE
        if hits[hit] < lead_end:
            found[slots[hit]] |= _LEAD
        if hits[hit] < headline_end:
            found[slots[hit]] |= _HEADLINE
            asked_of_headline += weight_of[text[hits[hit]]]
    sentence, _, _ = _best_passage_window(hits, slots, weights, SENTENCE_TERMS)
    passage, first, last = _best_passage_window(hits, slots, weights, PASSAGE_TERMS)
    for hit in range(first, last + 1):
        found[slots[hit]] |= _PASSAGE
    _cover_by_passages(found, weights, unknown, heaviest_unknown, out)
    mass = unknown
    for slot in range(known.shape[0]):
        mass += weights[slot]
    mass = max(mass, 1e-9)
    out[IN_PASSAGE] = passage / mass
    out[IN_SENTENCE] = sentence / mass
    out[NOT_ASKED] = 1.0 - asked_of_headline / headline if headline > 0.0 else 1.0
    out[TYPE_IN_ARTICLE] = answer_type_evidence_by_id(text, class_of, numeric, mask)
    if hits.shape[0]:
        start = max(0, hits[first] - ANSWER_REACH)
        near = text[start : hits[last] + ANSWER_REACH + 1]
        out[TYPE_IN_PASSAGE] = answer_type_evidence_by_id(near, class_of, numeric, mask)
        out[POSITION] = hits[first] / text.shape[0]


@compiled(writes=("out",))
def _cover_by_passages(
    found: NDArray[np.uint8],
    weights: NDArray[np.float32],
    unknown: float,
    heaviest_unknown: float,
    out: NDArray[np.float32],
) -> None:
    """Fill in which share of the question's weight the parts of an article hold, and lack."""
    mass, beyond, covered_beyond = unknown, unknown, 0.0
    in_article, in_lead, in_headline = 0.0, 0.0, 0.0
    missing, missing_in_passage = heaviest_unknown, heaviest_unknown
    for slot in range(found.shape[0]):
        weight = weights[slot]
        mass += weight
        if found[slot] & _ARTICLE:
            in_article += weight
        else:
            missing = max(missing, weight)
        if found[slot] & _LEAD:
            in_lead += weight
        if not found[slot] & _PASSAGE:
            missing_in_passage = max(missing_in_passage, weight)
        if found[slot] & _HEADLINE:
            in_headline += weight
        else:
            beyond += weight
            if found[slot] & _PASSAGE:
                covered_beyond += weight
    mass = max(mass, 1e-9)
    out[IN_ARTICLE] = in_article / mass
    out[IN_LEAD] = in_lead / mass
    out[IN_HEADLINE] = in_headline / mass
    out[MISSING] = missing / mass
    out[MISSING_IN_PASSAGE] = missing_in_passage / mass
    out[COVERED_BEYOND] = covered_beyond / beyond if beyond > MIN_GAIN else 1.0
    out[BEYOND] = beyond / mass


@compiled
def _passage_hits(
    text: NDArray[np.uint32], known: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the terms ``known`` stand in ``text``, ascending, and which term each is."""
    hits, slots = np.empty(text.shape[0], np.int64), np.empty(text.shape[0], np.int64)
    n_hits = 0
    for position in range(text.shape[0]):
        for slot in range(known.shape[0]):
            if known[slot] == text[position]:
                hits[n_hits] = position
                slots[n_hits] = slot
                n_hits += 1
                break
    return hits[:n_hits], slots[:n_hits]


@compiled
def _best_passage_window(
    hits: NDArray[np.int64],
    slots: NDArray[np.int64],
    weights: NDArray[np.float32],
    width: int,
) -> tuple[float, int, int]:
    """Return the greatest weight of distinct terms in ``width`` terms, its first and last hit.

    The earliest of equals; the last hit is -1 where no hit has weight.
    """
    counts = np.zeros(weights.shape[0], np.int64)
    best, score, first, best_first, best_last = 0.0, 0.0, 0, 0, -1
    for last in range(hits.shape[0]):
        while hits[last] - hits[first] >= width:
            counts[slots[first]] -= 1
            if counts[slots[first]] == 0:
                score -= weights[slots[first]]
            first += 1
        if counts[slots[last]] == 0:
            score += weights[slots[last]]
        counts[slots[last]] += 1
        if score > best + MIN_GAIN:
            best, best_first, best_last = score, first, last
    return best, best_first, best_last
