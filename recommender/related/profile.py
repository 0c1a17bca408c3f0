"""What an article is about, in few words: enough to compare it with others quickly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import raw_tokens, raw_words, stem, words
from corpus.models import Article
from corpus.verdicts import degree
from recommender.questions.equivalence import ParsedQuestion

LEAD = 800  # characters of the summary or the body that count
_SENTENCE = re.compile(r"[.!?:]['\"”’)]*\s+|\n+")
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december yes no false true fact check claim post "
    "facebook twitter youtube instagram tiktok whatsapp".split()
)


@dataclass(frozen=True, slots=True)
class Profile:
    """``headline``, ``claim``, ``lead``: telling terms; ``names``: term to how it is written.

    ``asked`` is the claim taken apart (the headline where there is no claim); ``degree`` is how
    true the verdict calls it, 0 to 4.
    """

    id: str
    headline: frozenset[str]
    claim: frozenset[str]
    lead: frozenset[str]
    names: dict[str, str]
    asked: ParsedQuestion
    topic: str
    publisher: str
    verdict: str
    degree: int | None
    day: date | None

    @staticmethod
    def of(article: Article) -> Profile:
        """Return what ``article`` is about."""
        said = article.claim or article.headline
        opening = (article.summary or article.body[:LEAD])[: LEAD + 300]
        headline, claim = _telling(article.headline), _telling(article.claim)
        return Profile(
            article.id,
            headline,
            claim,
            headline | claim | _telling(opening),
            _names(f"{article.claim}\n{opening}"[: LEAD + 300]),
            ParsedQuestion.of(said),
            article.topic,
            article.publisher,
            article.verdict,
            degree(article.verdict),
            article.checked_on,
        )


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        stem(word)
        for word in words(text)
        if word not in STOPWORDS and not (word.isdigit() and len(word) < 3)  # a citation's number
    )


def _names(text: str) -> dict[str, str]:
    """Return the capitalised words inside sentences: the first of a sentence may be any word."""
    found: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        for raw in raw_tokens(sentence)[1:]:
            if raw[0].isupper():
                for word, start, end in raw_words(raw):
                    if len(word) > 1 and word not in STOPWORDS and word not in _NO_NAMES:
                        found.setdefault(stem(word), re.sub("['’]s$", "", raw[start:end]))
    return found


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of their words that two texts have in common, in [0, 1] (Dice)."""
    total = len(one) + len(other)
    return 2.0 * len(one & other) / total if total else 0.0
