"""Wording review: all faults of a question in the list of an article."""

from __future__ import annotations

from functools import lru_cache

from corpus.models import Article
from corpus.verdicts import verdict_ruling
from index.columns import base_language
from recommender.wording.checks import check_wording
from recommender.wording.flags import Flag
from recommender.wording.neutrality import takes_for_granted

MAX_CACHED_QUESTIONS = 1 << 16  # those of the bank are shown in many lists


def false_claim_to_review(article: Article) -> str:
    """Return the claim that an article found false, "" where it found none."""
    return (article.claim or article.headline) if verdict_ruling(article.verdict) == "false" else ""


def review_wording(text: str, claim: str, language: str = "en") -> tuple[Flag, ...]:
    """Return the faults of a question, among them that it takes a false ``claim`` for granted.

    Parameters
    ----------
    text
        The question.
    claim
        What the article of the list found false, "" for none.
    language
        Of the question: the rules are English, and no other is called faulty.
    """
    if base_language(language) != "en":
        return ()
    premise = takes_for_granted(text, claim) if claim else None
    return _review_flags(text) + ((premise,) if premise else ())


@lru_cache(maxsize=MAX_CACHED_QUESTIONS)
def _review_flags(text: str) -> tuple[Flag, ...]:
    return tuple(check_wording(text))
