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
    HEADLINE_MASK,
    LEAD_SHIFT,
    MAX_COUNT,
    Content,
    content_salience,
    damped_content_count,
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
"""1 for articles of one topic, less where that is a common topic; see ``pair_topic_rarity``."""
FEATURES = (*TERM_FEATURES, *WORD_VECTOR_FEATURES, *MEANING_FEATURES, TOPIC_FEATURE)

SAME_TEXT = 0.45  # cosine of whole articles
_EIGHTH = float(np.log(8.0))
_MANY_TERMS = 6.0  # ln of the number of distinct terms that two long articles have in common
_MIN_NORM = 1e-9  # no division by 0 where a text has no content term
_N_COLUMNS = 8  # of the page's table, 32 bytes a row: half a cache line

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
        float32 [n_candidates], ``pair_topic_rarity`` of those of the page's topic, else 0; None
        where the page has no topic.
    """
    out = np.zeros((len(candidates), len(FEATURES)), np.float32)
    slots = getattr(_scratch, "slots", None)
    if slots is None or len(slots) < len(vectors.idf):
        slots = _scratch.slots = np.zeros(len(vectors.idf), np.int32)
    _pair_term_features(
        slots,
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


def pair_topic_rarity(n_articles: int, n_of_topic: int) -> float:
    """Return how much a topic tells: ln(n_articles / n_of_topic), at most 1, from 0 for all.

    1 stands for an eighth of the archive. Its weight was learned where topics are about that large:
    the sample archive, from the articles that answer the editors' own follow-ups.
    """
    rarity = float(np.log(max(n_articles, 1) / max(n_of_topic, 1)))
    return min(rarity / _EIGHTH, 1.0)


_scratch = local()
"""Of each thread ``slots``, which row of the page's table a term has, plus 1: all 0 between calls,
since clearing the whole takes longer than using it."""


@compiled(writes=("slots", "out"))
def _pair_term_features(
    slots: NDArray[np.int32],
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
    """Write the columns of ``TERM_FEATURES`` of all candidates."""
    logs = np.zeros(MAX_COUNT + 1)
    for count in range(1, MAX_COUNT + 1):
        logs[count] = damped_content_count(count)
    page = _pair_feature_table(page_terms, page_counts, page_near, page_norms, idf)
    for at in range(page_terms.shape[0]):
        slots[page_terms[at]] = at + 1
    for row in range(candidates.shape[0]):
        article = candidates[row]
        words, lead, headline, common = 0.0, 0.0, 0.0, 0
        about_there, about_here, detail_there, detail_here = 0.0, 0.0, 0.0, 0.0
        for at in range(starts[article], starts[article + 1]):
            slot = slots[terms[at]] - 1
            if slot < 0:
                continue
            tf, in_lead, in_headline = counts[at], near[at] >> LEAD_SHIFT, near[at] & HEADLINE_MASK
            common += 1
            words += page[slot, 1] * logs[tf]
            lead += page[slot, 2] * logs[in_lead]
            headline += page[slot, 3] * logs[in_headline]
            share = tf / (tf + 1.0)
            about_there += page[slot, 4] * share
            detail_there += page[slot, 5] * share
            places = logs[tf] * (1.0 + (in_headline > 0) + (in_lead > 0))
            about, detail = places * page[slot, 6], places * page[slot, 7]
            if about >= norms[article, 3]:
                about_here += about * page[slot, 0]
            if detail >= norms[article, 5]:
                detail_here += detail * page[slot, 0]
        words /= max(norms[article, 0], _MIN_NORM)
        lead /= max(norms[article, 1], _MIN_NORM)
        out[row, 0] = np.sqrt(about_there * about_here / max(norms[article, 4], _MIN_NORM))
        out[row, 1] = np.sqrt(detail_there * detail_here / max(norms[article, 6], _MIN_NORM))
        out[row, 2] = lead
        out[row, 3] = headline / max(norms[article, 2], _MIN_NORM)
        out[row, 4] = np.sqrt(words * lead)
        out[row, 5] = max(words - SAME_TEXT, 0.0)
        out[row, 6] = np.log(1.0 + common) / _MANY_TERMS
    for at in range(page_terms.shape[0]):
        slots[page_terms[at]] = 0


@compiled
def _pair_feature_table(
    terms: NDArray[np.uint32],
    counts: NDArray[np.uint8],
    near: NDArray[np.uint8],
    norms: Floats,
    idf: Floats,
) -> Floats:
    """Return what each term of the page adds to the features, float32 [n_terms, 8].

    Columns: tf / (tf + 1); its part of the three TF-IDF vectors of length 1, once more times
    sqrt(idf), for the candidate's; its share of the salience of matter and details, 0 if it does
    not count; and the two powers of its idf.
    """
    table = np.zeros((terms.shape[0], _N_COLUMNS), np.float32)
    for at in range(terms.shape[0]):
        weight, tf, place = idf[terms[at]], counts[at], near[at]
        table[at, 0] = tf / (tf + 1.0)
        table[at, 1] = damped_content_count(tf) * weight / max(norms[0], _MIN_NORM)
        table[at, 2] = damped_content_count(place >> LEAD_SHIFT) * weight / max(norms[1], _MIN_NORM)
        table[at, 3] = (
            damped_content_count(place & HEADLINE_MASK) * weight / max(norms[2], _MIN_NORM)
        )
        about = content_salience(tf, place, weight, ABOUT_POWER)
        detail = content_salience(tf, place, weight, DETAIL_POWER)
        if about >= norms[3]:
            table[at, 4] = about / max(norms[4], _MIN_NORM)
        if detail >= norms[5]:
            table[at, 5] = detail / max(norms[6], _MIN_NORM)
        table[at, 6], table[at, 7] = weight**ABOUT_POWER, weight**DETAIL_POWER
    return table
