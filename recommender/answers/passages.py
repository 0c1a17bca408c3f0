"""Passages of an article, and the best one for a question by BM25."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rank_bm25 import BM25Plus

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import stem, tokenize, words
from corpus.models import Article

PASSAGE_TERMS = 100  # a longer section is cut
STEP_TERMS = 80  # between the starts of two passages: they overlap, so that no answer is cut in two


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage by its section (0 = summary, 1 = first section) and its ``terms`` in order."""

    section: int
    terms: tuple[str, ...]


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the passages of an article in order; a section's heading belongs to each of its own.

    The first is the summary with headline and claim: it answers what the headline asks.
    """
    lead = tokenize(f"{article.headline} {article.claim} {article.summary}")
    found = [Passage(0, tuple(lead))]
    for number, section in enumerate(article.sections, 1):
        heading, terms = tokenize(section.heading), tokenize(section.text)
        found += [
            Passage(number, (*heading, *terms[start : start + PASSAGE_TERMS]))
            for start in range(0, max(len(terms) - (PASSAGE_TERMS - STEP_TERMS), 1), STEP_TERMS)
        ]
    return tuple(found)


def words_to_find_in_passages(question: str) -> tuple[str, ...]:
    """Return the terms of a question without stop words, each once, in order."""
    return tuple(dict.fromkeys(stem(word) for word in words(question) if word not in STOPWORDS))


def best_passage(question: str, among: Sequence[Passage]) -> int:
    """Return the section whose passage fits best by BM25 (rank-bm25), the earliest of equals.

    The passages of one article are the collection, so a word that all of them share counts little.
    """
    if not among or not any(passage.terms for passage in among):
        return 0
    scores = BM25Plus([passage.terms or ("",) for passage in among]).get_scores(
        words_to_find_in_passages(question)
    )
    return among[int(scores.argmax())].section
