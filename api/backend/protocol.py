"""The interface that the JSON API, the pages and the command line call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from corpus.models import Article
from index.types import SearchRequest, SearchResult
from recommender.types import PAGE_SIZE, Answer, Scope, Suggestions, Unanswered

DRAFT_ID = "draft"
"""The id of a draft that names none of its own."""


class NotReady(Exception):
    """There is no index to answer from yet; the message says what to do. HTTP answers 503."""


class Completion(NamedTuple):
    """One completion. ``kind`` is headline, question or phrase.

    ``article_id`` is the article that it leads to, "" where it leads to a search.
    """

    text: str
    kind: str
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionRequest:
    """What of an article's suggestions is asked for.

    ``questions`` and ``related`` bound the lists; the editors' own questions stand whole.
    ``unanswered`` and ``scope`` are None where the setting of the server holds. ``related_alone``:
    the related articles are shown without questions. ``explain``: with contributions.
    """

    questions: int = PAGE_SIZE
    related: int = PAGE_SIZE
    unanswered: Unanswered | None = None
    scope: Scope | None = None
    related_alone: bool = False
    explain: bool = False


@dataclass(frozen=True, slots=True)
class BackendStatus:
    """What is being served. ``message`` is for people: why it is not ready, or ""."""

    articles: int = 0
    questions: int = 0
    generation: str = ""
    built_at: datetime | None = None
    encoder: str = ""
    ready: bool = False
    message: str = ""


class Backend(Protocol):
    """Search, suggestions, completions and articles; called from several threads at once.

    Every method but ``status`` and ``articles`` may raise ``NotReady``; methods that take an
    ``article_id`` raise ``KeyError`` where it is unknown or unpublished.
    """

    def search(self, request: SearchRequest) -> SearchResult:
        """Return one page of hits. Without text or filter: every article, newest first."""
        ...

    def article(self, article_id: str) -> Article: ...

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles of those ids that are known, in no particular order."""
        ...

    def suggestions(self, article_id: str, request: SuggestionRequest) -> Suggestions:
        """Return what the page of an article shows, planned; see ``plan_page``."""
        ...

    def preview(self, draft: Article, request: SuggestionRequest) -> Suggestions:
        """Return the page of ``draft`` (id ``DRAFT_ID`` if new); store nothing."""
        ...

    def answer(self, text: str) -> Answer | None:
        """Return where a question or claim is answered; None where nothing is sure enough.

        Of an article that was written since the generation in use was built nothing is known here.
        """
        ...

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Return at most ``limit`` completions of what was typed so far, best first."""
        ...

    def id_at(self, address: str) -> str | None:
        """Return the id of the article that has a web address, in any form of it; else None."""
        ...

    def version(self) -> str:
        """Return what differs whenever an answer may: cheap enough for every request."""
        ...

    def superseded_by(self, article_id: str) -> str | None:
        """Return the id of the newest check that replaces this one, None if it is current."""
        ...

    def refresh(self, max_changes: int | None = None) -> bool:
        """Take up what was written since the last time; return whether there was anything.

        ``max_changes``: with more, nothing is done.
        """
        ...

    def pinned(self) -> Backend:
        """Return the backend that answers one request: of one generation from first to last."""
        ...

    def status(self) -> BackendStatus:
        """Return what is being served; cheap enough for every request, and never raises."""
        ...
