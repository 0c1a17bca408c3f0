"""Features of a question for an article, from their words: one compiled pass over the candidates.

Every value is a cosine or a share of the question's content terms (their idf), so that a weight
learned on one archive means the same on another.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import local

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from index.lexical.ngram_hashing import N_BUCKETS
from recommender.ranking.tfidf import N_SENTENCES, ArticleTerms, QuestionTerms

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
"""The columns of ``measure_question_features``: cosines by words and by letters with the headline
and with the whole article; the share of the question's terms that the article holds, that it holds
but its headline does not, that one sentence of it holds (a long sentence counts less); the rarest
term that both have; the share of the headline's terms in the question; the common share of both."""

(
    WORDS_HEADLINE,
    WORDS_ARTICLE,
    LETTERS_HEADLINE,
    LETTERS_ARTICLE,
    TERMS_IN_ARTICLE,
    NEW_TO_HEADLINE,
    BEST_SENTENCE,
    RAREST_HIT,
    HEADLINE_COVERED,
    SAME_AS_HEADLINE,
) = range(len(MEASURED))
N_MEASURED = len(MEASURED)
LENGTH_PENALTY = 0.1  # a sentence of ten terms counts half: what holds more terms, holds more hits
TINY = 1e-9  # instead of 0, to divide by
HEADLINE, ARTICLE = 0, 1  # rows of ``_Room.letters``

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Terms = NDArray[np.uint32]
RoomArrays = tuple[Floats, Floats, NDArray[np.uint64], Floats]
TermArrays = tuple[Floats, Ints, Terms, Floats]  # idf, gram_starts, grams, gram_idf
QuestionArrays = tuple[Ints, Terms, Floats, Floats]


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


def measure_question_features(
    article: ArticleTerms,
    terms: QuestionTerms,
    questions: QuestionVectors,
    candidates: Ints,
) -> Floats:
    """Return float32 [n_candidates, len(MEASURED)], all in [0, 1] up to rounding.

    Parameters
    ----------
    article
        The terms of an article.
    terms
        The weights of all terms.
    questions
        The bank.
    candidates
        The questions to measure, by their row in ``questions``.
    """
    if (room := getattr(_rooms, "room", None)) is None or len(room.in_text) < len(terms):
        room = _rooms.room = _Room.of(len(terms))
    return _measure_features(
        (room.in_headline, room.in_text, room.sentences, room.letters),
        np.sort(article.text[: article.n_headline]),
        article.text,
        np.sort(article.text),  # NumPy sorts faster than compiled code, which takes long to compile
        article.sentence,
        (terms.idf, *terms.letters),
        (questions.starts, questions.terms, questions.weights, questions.letter_norms),
        candidates,
        terms.rarest,
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Room:
    """Where the terms and letters of an article are looked up; all 0 between two articles.

    ``in_headline`` and ``in_text`` float32 [n_terms]: the weight of each term; ``sentences`` uint64
    [n_terms]: bit s is set where sentence s holds the term; ``letters`` float32 [2, N_BUCKETS]: the
    weight of each run of letters in the headline and in the article. To allocate them anew for
    each article would take longer than to measure.
    """

    in_headline: Floats
    in_text: Floats
    sentences: NDArray[np.uint64]
    letters: Floats

    @classmethod
    def of(cls, n_terms: int) -> _Room:
        return cls(
            np.zeros(n_terms, np.float32),
            np.zeros(n_terms, np.float32),
            np.zeros(n_terms, np.uint64),
            np.zeros((2, N_BUCKETS), np.float32),
        )


_rooms = local()  # one for each thread


def question_term_weights(text: Terms, idf: Floats) -> tuple[Terms, Floats, Floats]:
    """Return the distinct terms of ``text``, ascending, (1 + ln tf) idf of length 1, and tf."""
    return _question_term_weights(np.sort(text), idf)


def question_letter_norm(terms: Terms, gram_starts: Ints, grams: Terms, gram_idf: Floats) -> float:
    """Return the length of the sum of the letters of terms, each run counted idf times.

    Parameters
    ----------
    terms
        Each one once.
    gram_starts, grams, gram_idf
        See ``QuestionTerms``.
    """
    return _feature_length(np.sort(_grams_of_terms(terms, gram_starts, grams)), gram_idf)


@compiled
def _question_term_weights(ordered: Terms, idf: Floats) -> tuple[Terms, Floats, Floats]:
    """Return ``question_term_weights`` of ascending terms; those without an idf are left out."""
    terms = np.empty(len(ordered), np.uint32)
    weights = np.empty(len(ordered), np.float32)
    counts = np.empty(len(ordered), np.float32)
    n, at, total = 0, 0, 0.0
    while at < len(ordered) and ordered[at] < len(idf):
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
    length = np.float32(max(np.sqrt(total), TINY))
    for i in range(n):
        weights[i] /= length
    return terms[:n], weights[:n], counts[:n]


@compiled
def _grams_of_terms(terms: Terms, gram_starts: Ints, grams: Terms) -> Terms:
    """Return the runs of letters of all terms."""
    n = 0
    for i in range(len(terms)):
        n += gram_starts[terms[i] + 1] - gram_starts[terms[i]]
    found = np.empty(n, np.uint32)
    n = 0
    for i in range(len(terms)):
        for at in range(gram_starts[terms[i]], gram_starts[terms[i] + 1]):
            found[n] = grams[at]
            n += 1
    return found


@compiled
def _feature_length(ordered: Terms, gram_idf: Floats) -> float:
    """Return the length of a sum of runs of letters, given in ascending order."""
    total, at = 0.0, 0
    while at < len(ordered):
        end = at + 1
        while end < len(ordered) and ordered[end] == ordered[at]:
            end += 1
        total += ((end - at) * gram_idf[ordered[at]]) ** 2
        at = end
    return float(np.sqrt(total))


@compiled(writes=("room",))
def _letter_features(
    text: Terms, counts: Floats, gram_starts: Ints, grams: Terms, gram_idf: Floats, room: Floats
) -> None:
    """Fill ``room`` with (1 + ln count) idf of each run of letters, of length 1 together.

    ``text`` holds each term once, ``counts`` how often it occurs.
    """
    for i in range(len(text)):
        for at in range(gram_starts[text[i]], gram_starts[text[i] + 1]):
            room[_feature_bucket(grams[at])] += counts[i]
    total = 0.0
    for i in range(len(text)):
        for at in range(gram_starts[text[i]], gram_starts[text[i] + 1]):
            gram = _feature_bucket(grams[at])
            if room[gram] > 0.0:  # weighted now, and marked by its sign so that it is done once
                weight = (1.0 + np.log(room[gram])) * gram_idf[gram]
                total += weight * weight
                room[gram] = -weight
    length = max(np.sqrt(total), TINY)
    for i in range(len(text)):
        for at in range(gram_starts[text[i]], gram_starts[text[i] + 1]):
            gram = _feature_bucket(grams[at])
            if room[gram] < 0.0:
                room[gram] = -room[gram] / length


@compiled
def _feature_bucket(gram: np.uint32) -> np.uint32:
    """Return the bucket of a run of letters, within the arrays whatever a damaged file says."""
    return gram & np.uint32(N_BUCKETS - 1)


@compiled(writes=("room",))
def _measure_features(
    room: RoomArrays,
    headline: Terms,
    text: Terms,
    ordered_text: Terms,
    sentence: NDArray[np.uint8],
    term_arrays: TermArrays,
    questions: QuestionArrays,
    candidates: Ints,
    rarest: float,
) -> Floats:
    idf, gram_starts, grams, gram_idf = term_arrays
    in_headline, in_text, sentences, letters = room
    headline_terms, headline_weights, headline_counts = _question_term_weights(headline, idf)
    headline_mass = 0.0
    for i in range(len(headline_terms)):
        in_headline[headline_terms[i]] = headline_weights[i]
        headline_mass += idf[headline_terms[i]]
    text_terms, text_weights, text_counts = _question_term_weights(ordered_text, idf)
    for i in range(len(text_terms)):
        in_text[text_terms[i]] = text_weights[i]
    lengths = np.zeros(N_SENTENCES, np.float32)
    for i in range(len(text)):
        if text[i] < len(idf):
            number = sentence[i] & np.uint8(N_SENTENCES - 1)
            sentences[text[i]] |= np.uint64(1) << np.uint64(number)
            lengths[number] += 1.0
    _letter_features(
        headline_terms, headline_counts, gram_starts, grams, gram_idf, letters[HEADLINE]
    )
    _letter_features(text_terms, text_counts, gram_starts, grams, gram_idf, letters[ARTICLE])
    sums = np.zeros(N_SENTENCES, np.float32)
    out = np.zeros((candidates.shape[0], N_MEASURED), np.float32)
    for row in range(candidates.shape[0]):
        question = candidates[row]
        _measure_cosine_features(question, room, term_arrays, questions, out[row])
        _measure_share_features(
            question, room, idf, questions, headline_mass, lengths, sums, rarest, out[row]
        )
    for i in range(len(text_terms)):
        term = text_terms[i]
        in_headline[term], in_text[term], sentences[term] = 0.0, 0.0, np.uint64(0)
        for at in range(gram_starts[term], gram_starts[term + 1]):
            gram = _feature_bucket(grams[at])
            letters[HEADLINE, gram], letters[ARTICLE, gram] = 0.0, 0.0
    return out


@compiled(writes=("out",))
def _measure_cosine_features(
    question: int,
    room: RoomArrays,
    term_arrays: TermArrays,
    questions: QuestionArrays,
    out: Floats,
) -> None:
    """Write the cosines of a question by words and by letters."""
    starts, terms, weights, letter_norms = questions
    idf, gram_starts, grams, gram_idf = term_arrays
    in_headline, in_text, _, letters = room
    for at in range(starts[question], starts[question + 1]):
        term = terms[at]
        if term >= len(idf):
            continue
        out[WORDS_HEADLINE] += weights[at] * in_headline[term]
        out[WORDS_ARTICLE] += weights[at] * in_text[term]
        for i in range(gram_starts[term], gram_starts[term + 1]):
            gram = _feature_bucket(grams[i])
            out[LETTERS_HEADLINE] += gram_idf[gram] * letters[HEADLINE, gram]
            out[LETTERS_ARTICLE] += gram_idf[gram] * letters[ARTICLE, gram]
    norm = max(letter_norms[question], TINY)
    out[LETTERS_HEADLINE] /= norm
    out[LETTERS_ARTICLE] /= norm


@compiled(writes=("sums", "out"))
def _measure_share_features(
    question: int,
    room: RoomArrays,
    idf: Floats,
    questions: QuestionArrays,
    headline_mass: float,
    lengths: Floats,
    sums: Floats,
    rarest: float,
    out: Floats,
) -> None:
    """Write which terms of a question article, headline and best sentence hold.

    ``lengths`` float32 [N_SENTENCES]: terms of each sentence; ``sums`` is room of the same shape.
    """
    starts, terms, _, _ = questions
    in_headline, in_text, sentences, _ = room
    mass, common, found, new, highest = 0.0, 0.0, 0.0, 0.0, 0.0
    sums[:] = 0.0
    for at in range(starts[question], starts[question + 1]):
        term = terms[at]
        if term >= len(idf):
            continue
        mass += idf[term]
        if in_text[term] > 0.0:
            found += idf[term]
            highest = max(highest, float(idf[term]))
            if in_headline[term] > 0.0:
                common += idf[term]
            else:
                new += idf[term]
            bits, number = sentences[term], 0
            while bits:
                if bits & np.uint64(1):
                    sums[number] += idf[term]
                bits >>= np.uint64(1)
                number += 1
    best = 0.0
    for number in range(N_SENTENCES):
        if sums[number] > 0.0:
            best = max(best, sums[number] / (1.0 + LENGTH_PENALTY * lengths[number]))
    mass = max(mass, TINY)
    out[TERMS_IN_ARTICLE] = found / mass
    out[NEW_TO_HEADLINE] = new / mass
    out[BEST_SENTENCE] = best / mass
    out[RAREST_HIT] = highest / max(rarest, TINY)
    out[HEADLINE_COVERED] = common / max(headline_mass, TINY)
    out[SAME_AS_HEADLINE] = common / max(mass + headline_mass - common, TINY)
