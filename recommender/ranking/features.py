"""What an article's words say for a question: one compiled pass over the candidates.

Every value is a cosine or a share of the question's telling terms (their idf), so that a weight
learned on one archive means the same on another.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import local

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.lexical.char_ngrams import N_BUCKETS
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms

MEASURED = (
    "words headline",
    "words article",
    "letters headline",
    "letters article",
    "terms in article",
    "new to headline",
    "best sentence",
    "most telling hit",
    "headline covered",
    "same as headline",
)
"""The columns of ``measure``: cosines by words and by letters with the headline and with the whole
article; the share of the question's terms that the article holds, that it holds but its headline
does not, that one sentence of it holds (a long sentence counts less); the rarest term that both
have; the share of the headline's terms in the question; the common share of both."""


@dataclass(frozen=True, eq=False, slots=True)
class QuestionVectors:
    """The bank: distinct terms of question q are ``terms[starts[q]:starts[q + 1]]``.

    ``weights`` float32 are its TF-IDF by words, of length 1; ``letter_norms`` float32
    [n_questions], the length of its sum of letters.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]
    letter_norms: NDArray[np.float32]

    def of(self, question: int) -> NDArray[np.uint32]:
        """Return the distinct terms of a question, ascending."""
        return self.terms[self.starts[question] : self.starts[question + 1]]


def measure(
    article: ArticleTerms,
    terms: QuestionTerms,
    questions: QuestionVectors,
    candidates: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Return float32 [n_candidates, len(MEASURED)], all in [0, 1] up to rounding."""
    if (room := getattr(_rooms, "room", None)) is None or len(room.in_text) < len(terms):
        room = _rooms.room = _Room.of(len(terms))
    return _measure(
        *(room.in_headline, room.in_text, room.where, room.letters),
        article.text,
        article.sentence,
        article.n_headline,
        terms.idf,
        *terms.letters,
        questions.starts,
        questions.terms,
        questions.weights,
        questions.letter_norms,
        candidates,
        terms.rarest,
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Room:
    """Where an article is spread out, one place for each term and run of letters; all 0 between.

    To make it anew for each article would take longer than to measure.
    """

    in_headline: NDArray[np.float32]
    in_text: NDArray[np.float32]
    where: NDArray[np.uint64]
    letters: NDArray[np.float32]

    @classmethod
    def of(cls, n_terms: int) -> _Room:
        return cls(
            np.zeros(n_terms, np.float32),
            np.zeros(n_terms, np.float32),
            np.zeros(n_terms, np.uint64),
            np.zeros((2, N_BUCKETS), np.float32),
        )


_rooms = local()  # one for each thread


@compiled
def term_weights(
    text: NDArray[np.uint32], idf: NDArray[np.float32]
) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.float32]]:
    """Return the distinct terms of ``text``, ascending, (1 + ln tf) idf of length 1, and tf."""
    ordered = np.sort(text)
    terms = np.empty(len(text), np.uint32)
    weights = np.empty(len(text), np.float32)
    counts = np.empty(len(text), np.float32)
    n, at, total = 0, 0, 0.0
    while at < len(ordered):
        end = at + 1
        while end < len(ordered) and ordered[end] == ordered[at]:
            end += 1
        terms[n] = ordered[at]
        weight = (1.0 + np.log(end - at)) * idf[ordered[at]]
        weights[n] = weight
        counts[n] = end - at
        total += weight * weight
        n += 1
        at = end
    return terms[:n], weights[:n] / np.float32(max(np.sqrt(total), 1e-9)), counts[:n]


@compiled
def letter_norm(
    terms: NDArray[np.uint32],
    gram_starts: NDArray[np.int64],
    grams: NDArray[np.uint32],
    gram_idf: NDArray[np.float32],
) -> float:
    """Return the length of the sum of the letters of ``terms``, each run counted idf times."""
    n = 0
    for term in terms:
        n += gram_starts[term + 1] - gram_starts[term]
    every = np.empty(n, np.uint32)
    n = 0
    for term in terms:
        for at in range(gram_starts[term], gram_starts[term + 1]):
            every[n] = grams[at]
            n += 1
    every.sort()
    total, at = 0.0, 0
    while at < n:
        end = at + 1
        while end < n and every[end] == every[at]:
            end += 1
        total += ((end - at) * gram_idf[every[at]]) ** 2
        at = end
    return float(np.sqrt(total))


@compiled(writes=("room",))
def _letters(
    text: NDArray[np.uint32],
    counts: NDArray[np.float32],
    gram_starts: NDArray[np.int64],
    grams: NDArray[np.uint32],
    gram_idf: NDArray[np.float32],
    room: NDArray[np.float32],
) -> None:
    """Fill ``room`` with (1 + ln count) idf of each run of letters, of length 1 together.

    ``text`` holds each term once, ``counts`` how often it occurs.
    """
    for i in range(len(text)):
        for at in range(gram_starts[text[i]], gram_starts[text[i] + 1]):
            room[grams[at]] += counts[i]
    total = 0.0
    for term in text:
        for at in range(gram_starts[term], gram_starts[term + 1]):
            gram = grams[at]
            if room[gram] > 0.0:  # weighted now, and marked by its sign so that it is done once
                weight = (1.0 + np.log(room[gram])) * gram_idf[gram]
                total += weight * weight
                room[gram] = -weight
    length = max(np.sqrt(total), 1e-9)
    for term in text:
        for at in range(gram_starts[term], gram_starts[term + 1]):
            gram = grams[at]
            if room[gram] < 0.0:
                room[gram] = -room[gram] / length


@compiled(writes=("in_headline", "in_text", "where", "letters"))
def _measure(
    in_headline: NDArray[np.float32],
    in_text: NDArray[np.float32],
    where: NDArray[np.uint64],
    letters: NDArray[np.float32],
    text: NDArray[np.uint32],
    sentence: NDArray[np.uint8],
    n_headline: int,
    idf: NDArray[np.float32],
    gram_starts: NDArray[np.int64],
    grams: NDArray[np.uint32],
    gram_idf: NDArray[np.float32],
    starts: NDArray[np.int64],
    terms: NDArray[np.uint32],
    weights: NDArray[np.float32],
    letter_norms: NDArray[np.float32],
    candidates: NDArray[np.int64],
    rarest: float,
) -> NDArray[np.float32]:
    out = np.zeros((candidates.shape[0], 10), np.float32)
    headline_terms, headline_weights, headline_counts = term_weights(text[:n_headline], idf)
    headline_mass = 0.0
    for i in range(len(headline_terms)):
        in_headline[headline_terms[i]] = headline_weights[i]
        headline_mass += idf[headline_terms[i]]
    text_terms, text_weights, text_counts = term_weights(text, idf)
    for i in range(len(text_terms)):
        in_text[text_terms[i]] = text_weights[i]
    lengths = np.zeros(64, np.float32)
    for i in range(len(text)):
        # bit s: sentence s holds the term
        where[text[i]] |= np.uint64(1) << np.uint64(sentence[i])
        lengths[sentence[i]] += 1.0
    _letters(headline_terms, headline_counts, gram_starts, grams, gram_idf, letters[0])
    _letters(text_terms, text_counts, gram_starts, grams, gram_idf, letters[1])
    sums = np.zeros(64, np.float32)
    for row in range(candidates.shape[0]):
        question = candidates[row]
        mass, common, found, new, telling = 0.0, 0.0, 0.0, 0.0, 0.0
        sums[:] = 0.0
        for at in range(starts[question], starts[question + 1]):
            term = terms[at]
            mass += idf[term]
            out[row, 0] += weights[at] * in_headline[term]
            out[row, 1] += weights[at] * in_text[term]
            for i in range(gram_starts[term], gram_starts[term + 1]):
                out[row, 2] += gram_idf[grams[i]] * letters[0, grams[i]]
                out[row, 3] += gram_idf[grams[i]] * letters[1, grams[i]]
            if in_text[term] > 0.0:
                found += idf[term]
                telling = max(telling, idf[term])
                if in_headline[term] > 0.0:
                    common += idf[term]
                else:
                    new += idf[term]
                bits, number = where[term], 0
                while bits:
                    if bits & np.uint64(1):
                        sums[number] += idf[term]
                    bits >>= np.uint64(1)
                    number += 1
        best = 0.0
        for number in range(64):
            if sums[number] > 0.0:
                best = max(best, sums[number] / (1.0 + 0.1 * lengths[number]))
        mass = max(mass, 1e-9)
        norm = max(letter_norms[question], 1e-9)
        out[row, 2] /= norm
        out[row, 3] /= norm
        out[row, 4] = found / mass
        out[row, 5] = new / mass
        out[row, 6] = best / mass
        out[row, 7] = telling / max(rarest, 1e-9)
        out[row, 8] = common / max(headline_mass, 1e-9)
        out[row, 9] = common / max(mass + headline_mass - common, 1e-9)
    for term in text_terms:
        in_headline[term], in_text[term], where[term] = 0.0, 0.0, np.uint64(0)
        for at in range(gram_starts[term], gram_starts[term + 1]):
            letters[0, grams[at]], letters[1, grams[at]] = 0.0, 0.0
    return out
