"""Values of the recommender: answers, suggested questions, related articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Origin = Literal["own", "archive", "fallback"]
"""Who asks: the article itself, others of the archive, or others on a loosely related topic."""

Relation = Literal["same claim", "update", "contradicts", "same topic", "background"]
"""What a related article is to the one at hand."""

PAGE_SIZE = 5  # questions, and related articles, that one page shows


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a question is answered: article, section (0 = summary, 1 = first section) and how sure.

    ``confidence`` is a calibrated probability in [0, 1].
    """

    article_id: str
    section: int
    confidence: float


@dataclass(frozen=True, slots=True)
class QuestionSuggestion:
    """One follow-up question for an article. ``answer`` is None: unanswered, a story idea.

    ``reasons`` are plain words for people; ``contributions`` of named features add up to ``score``.
    """

    id: str
    text: str
    score: float
    origin: Origin
    answer: Answer | None = None
    reasons: tuple[str, ...] = ()
    contributions: Mapping[str, float] = field(default_factory=dict)

    def unanswered(self) -> QuestionSuggestion:
        """Return the question without its answer: the answering article is not to be named."""
        return replace(self, answer=None, reasons=())


@dataclass(frozen=True, slots=True)
class RelatedSuggestion:
    """One related article with its relation to the article at hand.

    ``reasons`` are plain words for people; ``contributions`` of named features add up to ``score``.
    """

    article_id: str
    score: float
    relation: Relation
    origin: Origin = "archive"
    reasons: tuple[str, ...] = ()
    contributions: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The questions and related articles of one article or draft, best first.

    ``also_checked``: questions of the archive that follow the editors' own as a list of their own,
    where fewer than three of those lead to an article.
    """

    questions: tuple[QuestionSuggestion, ...]
    related: tuple[RelatedSuggestion, ...]
    also_checked: tuple[QuestionSuggestion, ...] = ()
