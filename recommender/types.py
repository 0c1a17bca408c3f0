"""Values of the recommender: answers, suggested questions, related articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Origin = Literal["own", "archive"]
"""Who asks: the editors of the article itself, or the archive."""

Relation = Literal["same claim", "update", "contradicts", "same topic", "background"]
"""What a related article is to the one at hand."""

Scope = Literal["all", "own"]
"""Whose articles are suggested: everybody's, or those of the page's own publisher."""

Unanswered = Literal["keep", "last", "hide"]
"""What becomes of own questions that no article answers yet: they keep their place, stand behind
the others, or are not shown."""

SAME_CLAIM: frozenset[Relation] = frozenset({"same claim", "update", "contradicts"})
"""Relations of two checks of one claim: what a reader must know, and nothing to ask next."""

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

    An answer in the article itself is a link to that section. ``from_check``: its wording was made
    from what the answering article checks, nobody asked it so. ``probability`` is calibrated, for a
    question of the archive: that a reader finds its article a good next read. ``reasons`` are plain
    words for readers, ``remarks`` for editors; ``contributions`` of named features add up to
    ``score``.
    """

    id: str
    text: str
    score: float
    origin: Origin
    answer: Answer | None = None
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    from_check: bool = False
    probability: float = 0.0
    contributions: Mapping[str, float] = field(default_factory=dict)

    def unanswered(self) -> QuestionSuggestion:
        """Return the question without its answer: the answering article is not to be named."""
        return replace(self, answer=None, reasons=(), remarks=())


@dataclass(frozen=True, slots=True)
class RelatedSuggestion:
    """An article to read next, with its relation to the article at hand.

    ``score`` ranks the candidates of one article: the expected gain, about 0 to 7. ``probability``
    is calibrated: that a reader finds it a good next read; ``same_claim`` likewise, that it checks
    the very same claim. ``reasons`` are plain words for readers; ``contributions`` of named
    features add up to ``score``.
    """

    article_id: str
    score: float
    relation: Relation
    probability: float = 0.0
    same_claim: float = 0.0
    reasons: tuple[str, ...] = ()
    contributions: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_same_claim(self) -> bool:
        """Whether it is known to check the claim of the article at hand."""
        return self.relation in SAME_CLAIM


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The questions and related articles of one article or draft, best first.

    ``also_checked``: questions of the archive that follow the editors' own as a list of their own,
    where fewer than three of those lead to an article.
    """

    questions: tuple[QuestionSuggestion, ...]
    related: tuple[RelatedSuggestion, ...]
    also_checked: tuple[QuestionSuggestion, ...] = ()
