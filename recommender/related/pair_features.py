"""Pair features: how close a candidate article is to the article at hand.

Every value is a cosine or a share, so that a weight learned on one archive means the same on
another, however large.
"""

from __future__ import annotations

from threading import local

import numpy as np
from numpy.typing import NDArray

from index.jit import compiled
from recommender.related.article_vectors import ArticleVectors
from recommender.related.content import (
    ABOUT_POWER,
    DETAIL_POWER,
    Content,
    damped,
    salience,
)

TERM_FEATURES = (
    "matter in common",
    "details in common",
    "words of leads",
    "words of headlines",
    "words of articles and leads",
    "nearly the same text",
    "number of common words",
)
"""From the terms alone. In common: the share of one's salient terms (30 and 100) that the other
holds, a term that it holds once counts half (tf / (tf + 1)), geometric mean of both directions.
Words: TF-IDF cosines, the last the geometric mean of two of them; "nearly the same": what the
cosine of the articles has above ``SAME_TEXT``, where it tells the same claim rather than something
to add. "Number": the logarithm of the number of distinct terms that both hold."""
WORD_VECTOR_FEATURES = ("word vectors of article and headline",)
"""Cosine of summed static word vectors: those of the page, those of the candidate's headline."""
MEANING_FEATURES = ("meaning of leads", "meaning of headlines", "closest meaning")
"""Cosines of the encoder's vectors; the largest of the four of headline and lead."""
TOPIC_FEATURE = "same topic"
"""1 for articles of one topic, less where that is a common topic; see ``topic_rarity``."""
FEATURES = (*TERM_FEATURES, *WORD_VECTOR_FEATURES, *MEANING_FEATURES, TOPIC_FEATURE)

SAME_TEXT = 0.45  # cosine of whole articles
_EIGHTH = float(np.log(8.0))
_LOGS = 6.0  # ln of the number of distinct terms that two long articles share

Floats = NDArray[np.float32]


def pair_features(
    page: Content,
    vectors: ArticleVectors,
    candidates: NDArray[np.int64],
    meanings: Floats | None = None,
    same_topic: Floats | None = None,
) -> Floats:
    """Return float32 [n_candidates, len(FEATURES)]; 0 for what the index has no vectors for.

    Parameters
    ----------
    page
        The content of the article or draft at hand.
    vectors
        The contents of all articles.
    candidates
        Their rows, int64 [n_candidates].
    meanings
        float32 [4, n_candidates], cosines of the encoder's vectors: headlines, leads, headline of
        the page and lead of the candidate, lead and headline; None without an encoder.
    same_topic
        float32 [n_candidates], ``topic_rarity`` of those of the page's topic, else 0; None where
        the page has no topic.
    """
    out = np.zeros((len(candidates), len(FEATURES)), np.float32)
    if (room := getattr(_rooms, "room", None)) is None or room.shape[1] < len(vectors.idf):
        room = _rooms.room = np.zeros((_N_ROOMS, len(vectors.idf)), np.float32)
    _measure(
        room,
        page.terms,
        page.counts,
        page.near,
        page.norms,
        vectors.idf,
        vectors.starts,
        vectors.terms,
        vectors.counts,
        vectors.near,
        vectors.norms,
        candidates,
        out,
    )
    at = len(TERM_FEATURES)
    words = vectors.word_vector(page)
    if words is not None and vectors.headlines is not None:
        some = vectors.headlines.take(candidates)
        out[:, at] = (some.codes.astype(np.float32) @ words) * some.scales
    if meanings is not None:
        at += len(WORD_VECTOR_FEATURES)
        out[:, at], out[:, at + 1] = meanings[1], meanings[0]
        out[:, at + 2] = meanings.max(axis=0)
    if same_topic is not None:
        out[:, -1] = same_topic
    return out


def topic_rarity(n_articles: int, n_of_topic: int) -> float:
    """Return how much a topic tells: ln(n_articles / n_of_topic), at most 1, from 0 for all.

    1 stands for an eighth of the archive. Its weight was learned where topics are about that large:
    the sample archive, from the articles that answer the editors' own follow-ups.
    """
    rarity = float(np.log(n_articles / max(n_of_topic, 1)))
    return min(rarity / _EIGHTH, 1.0)


_N_ROOMS = 6  # rows of a room: saturation, three TF-IDF vectors, two saliences
_rooms = (
    local()
)  # one for each thread; all 0 between calls: to clear it takes longer than to use it


@compiled(writes=("room", "out"))
def _measure(
    room: Floats,
    page_terms: NDArray[np.uint32],
    page_counts: NDArray[np.uint8],
    page_near: NDArray[np.uint8],
    page_norms: Floats,
    idf: Floats,
    starts: NDArray[np.int64],
    terms: NDArray[np.uint32],
    counts: NDArray[np.uint8],
    near: NDArray[np.uint8],
    norms: Floats,
    candidates: NDArray[np.int64],
    out: Floats,
) -> None:
    logs = np.zeros(256, np.float32)
    for count in range(1, 256):
        logs[count] = damped(count)
    for at in range(page_terms.shape[0]):
        term, tf, place = page_terms[at], page_counts[at], page_near[at]
        room[0, term] = tf / (tf + 1.0)
        room[1, term] = logs[tf] * idf[term] / max(page_norms[0], 1e-9)
        room[2, term] = logs[place >> 4] * idf[term] / max(page_norms[1], 1e-9)
        room[3, term] = logs[place & 15] * idf[term] / max(page_norms[2], 1e-9)
        about = salience(tf, place, idf[term], ABOUT_POWER)
        room[4, term] = about / max(page_norms[4], 1e-9) if about >= page_norms[3] else 0.0
        detail = salience(tf, place, idf[term], DETAIL_POWER)
        room[5, term] = detail / max(page_norms[6], 1e-9) if detail >= page_norms[5] else 0.0
    for row in range(candidates.shape[0]):
        article = candidates[row]
        words, lead, headline, common = 0.0, 0.0, 0.0, 0
        about_there, about_here, detail_there, detail_here = 0.0, 0.0, 0.0, 0.0
        for at in range(starts[article], starts[article + 1]):
            term = terms[at]
            held = room[0, term]
            if held == 0.0:
                continue
            tf, place = counts[at], near[at]
            common += 1
            words += room[1, term] * logs[tf]
            lead += room[2, term] * logs[place >> 4]
            headline += room[3, term] * logs[place & 15]
            share = tf / (tf + 1.0)
            about_there += room[4, term] * share
            detail_there += room[5, term] * share
            about = salience(tf, place, idf[term], ABOUT_POWER)
            if about >= norms[article, 3]:
                about_here += about * held
            detail = salience(tf, place, idf[term], DETAIL_POWER)
            if detail >= norms[article, 5]:
                detail_here += detail * held
        words /= max(norms[article, 0], 1e-9)
        lead /= max(norms[article, 1], 1e-9)
        out[row, 0] = np.sqrt(about_there * about_here / max(norms[article, 4], 1e-9))
        out[row, 1] = np.sqrt(detail_there * detail_here / max(norms[article, 6], 1e-9))
        out[row, 2] = lead
        out[row, 3] = headline / max(norms[article, 2], 1e-9)
        out[row, 4] = np.sqrt(words * lead)
        out[row, 5] = max(words - SAME_TEXT, 0.0)
        out[row, 6] = np.log(1.0 + common) / _LOGS
    for at in range(page_terms.shape[0]):
        for kind in range(_N_ROOMS):
            room[kind, page_terms[at]] = 0.0
