"""What tools answer: values with the newsroom's own words, and where they stand."""

from __future__ import annotations

from datetime import date as Day

from pydantic import BaseModel, Field

from api.http.response_models import AnsweredOut
from corpus.analysis.web_addresses import web_address
from corpus.models import Article

OWN_WORDS = "In the newsroom's own words."


class Check(BaseModel):
    """One fact check: what it says of which claim, and where it is published."""

    id: str
    headline: str
    url: str | None = Field(description="Where it is published; null where that is not known.")
    verdict: str = Field(description="In the publisher's own words.")
    claim: str
    claimant: str
    publisher: str
    date: Day | None = Field(description="Day of the check.")
    language: str


class FoundCheck(Check):
    """A fact check that a search found."""

    passage: str = Field(description=f"The part that is about the search. {OWN_WORDS}")


class SearchAnswer(BaseModel):
    """The best fact checks of a search, best first."""

    checks: tuple[FoundCheck, ...]
    total: int = Field(description="How many were found.")
    did_you_mean: str = Field(description='Another spelling that finds more; "" for none.')


class Part(BaseModel):
    """One part of a fact check, numbered from 1."""

    number: int
    heading: str
    text: str


class WholeCheck(Check):
    """A fact check with all of its text."""

    summary: str
    sections: tuple[Part, ...]
    sources: tuple[str, ...] = Field(description="As the check numbers them, with addresses.")
    superseded_by: str | None = Field(description="Id of the newer check that replaces it.")


class FollowUp(BaseModel):
    """A question that a reader may ask next, and the passage that answers it."""

    question: str
    answered_by: Check | None
    passage: str = Field(description=f'Of the check that answers; "" for none. {OWN_WORDS}')
    confidence: float = Field(description="Calibrated probability that it answers; 0 for none.")


class QuestionsAnswer(BaseModel):
    """Follow-up questions of a fact check, best first."""

    headline: str
    questions: tuple[FollowUp, ...]


class MatchedCheck(Check):
    """A check of the claim that was asked about."""

    probability: float = Field(
        description="Calibrated: that it checks the very same claim; 1 where it is word for word."
    )
    passage: str = Field(description=f"What it found, in short. {OWN_WORDS}")


class MatchAnswer(BaseModel):
    """The checks of a claim, the surest first; none where no check is sure enough.

    ``near`` are the best of a search beside them: perhaps of the claim, perhaps of another.
    """

    checks: tuple[MatchedCheck, ...]
    near: tuple[FoundCheck, ...]
    note: str


def check_fields(article: Article) -> dict[str, object]:
    """Return the fields of ``Check``."""
    return {
        "id": article.id,
        "headline": article.headline,
        "url": web_address(article.url) or None,
        "verdict": article.verdict,
        "claim": article.claim,
        "claimant": article.claimant,
        "publisher": article.publisher,
        "date": article.checked_on,
        "language": article.language,
    }


def answered_check(answer: AnsweredOut) -> Check:
    """Return the check that answers a question."""
    return Check.model_validate(answer.model_dump(include=set(Check.model_fields)))


def whole_check(article: Article, superseded_by: str | None) -> WholeCheck:
    """Return a check with its text."""
    return WholeCheck.model_validate(
        check_fields(article)
        | {
            "summary": article.summary,
            "sections": [
                {"number": n, "heading": part.heading, "text": part.text}
                for n, part in enumerate(article.sections, 1)
            ],
            "sources": [
                f"[{source.number}] {source.text} {web_address(source.url)}".strip()
                for source in article.sources
            ],
            "superseded_by": superseded_by,
        }
    )
