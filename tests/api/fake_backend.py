"""A backend over a handful of invented articles, with answers that are known by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.backend.protocol import BackendStatus, Completion, NotReady, SuggestionRequest
from corpus.models import Article, Section, Source
from index.types import Explanation, Hit, SearchRequest, SearchResult, Snippet
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

ODD_ID = "2024/wörld & more/questions"
HOSTILE = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>"

TEA = Article(
    id="tea-dries-you-out",
    headline="Does a cup of tea dry you out?",
    summary="Tea is mostly water, and drinking it adds water to the body [1].",
    sections=(
        Section("What caffeine does", "A small effect [1, 2].\n- It passes.\n- It wears off [9]."),
        Section("Strong tea", "Even strong tea gives more water than it takes [2]."),
    ),
    followups=("Does iced tea count as well?",),
    sources=(
        Source(1, "Leaf Institute, Measurements, 2019.", "https://leaf.example/2019"),
        Source(2, "Kettle Review.", "javascript:alert(1)"),
    ),
    checked_on=date(2024, 3, 9),
    claim="Tea takes more water out of you than it brings in.",
    claimant="A poster",
    verdict="False",
    topic="food",
    publisher="The Checkers",
    url="https://checkers.example/tea",
)
COFFEE = Article(
    id="coffee-counts-as-water",
    headline="Does coffee count as water?",
    summary="It does.",
    sections=(Section("How much", "Four cups changed nothing measurable."),),
    checked_on=date(2025, 1, 20),
    verdict="Mostly true",
    topic="food",
    publisher="The Checkers",
)
OLD_TEA = Article(
    id="tea-old", headline="Is tea a drink at all?", checked_on=date(2001, 2, 3), topic="food"
)
ODD = Article(id=ODD_ID, headline="An odd address?", topic="words", verdict="Unproven")
EVIL = Article(
    id="evil",
    headline=f"Evil {HOSTILE}",
    summary=HOSTILE,
    sections=(Section(HOSTILE, f"- {HOSTILE}\n{HOSTILE} [1]"),),
    sources=(Source(1, HOSTILE, "javascript:window.hacked=1"),),
    claim=HOSTILE,
    claimant=HOSTILE,
    verdict=HOSTILE,
    topic=HOSTILE,
    publisher=HOSTILE,
    url="JaVaScRiPt:window.hacked=1",
    language='en" onload="window.hacked=1',
)
HIDDEN = Article(id="hidden", headline="Not published", published=False)
ARTICLES = (TEA, COFFEE, OLD_TEA, ODD, EVIL, HIDDEN)

QUESTIONS = (
    QuestionSuggestion(
        "q1",
        "Does coffee do the same?",
        2.5,
        "archive",
        Answer("coffee-counts-as-water", 1, 0.93),
        ("asked by 2 other articles", "answered by “Does coffee count as water?”, section 1"),
        contributions={"similarity": 2.0, "answered": 0.5},
    ),
    QuestionSuggestion(
        "q2",
        "Does iced tea count as well?",
        2.0,
        "own",
        remarks=("not answered in this archive yet",),
    ),
    QuestionSuggestion("q3", f"Why {HOSTILE}?", 1.5, "archive", Answer("evil", 99, 1.2)),
    QuestionSuggestion("q4", "Who drinks the most tea?", 1.0, "archive", Answer("gone", 0, 0.9)),
    QuestionSuggestion("q5", "How is an odd address read?", 0.5, "own", Answer(ODD_ID, 0, 1.0)),
)
RELATED = (
    RelatedSuggestion(
        "coffee-counts-as-water",
        1.5,
        "same topic",
        reasons=("shares water",),
        contributions={"a": 1.5},
    ),
    RelatedSuggestion("evil", 1.0, "contradicts", reasons=(HOSTILE,)),
    RelatedSuggestion("gone", 0.5, "background"),
)


@dataclass
class FakeBackend:
    """Finds every article in which a word of the text occurs; remembers what it was asked."""

    found_in: tuple[Article, ...] = ARTICLES
    index: bool = True
    broken: bool = False
    searches: list[SearchRequest] = field(default_factory=list)
    drafts: list[Article] = field(default_factory=list)
    requests: list[SuggestionRequest] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    also_checked: tuple[QuestionSuggestion, ...] = ()

    def search(self, request: SearchRequest) -> SearchResult:
        self._check()
        self.searches.append(request)
        words = request.text.lower().split()
        hits = [
            Hit(
                a.id,
                1.0,
                Snippet(a.summary or a.headline, ((0, 3), (2, 4), (10**6, 10**7)))
                if request.highlight
                else None,
                Explanation({"bm25": 2.0}, {"bm25": 1.0}, tuple(words))
                if request.explain
                else None,
            )
            for a in self.found_in
            if a.published and (not words or any(w in a.headline.lower() for w in words))
            if not request.filters.topics or a.topic in request.filters.topics
        ]
        facets = {"topic": {"food": 3, "words": 1, HOSTILE: 1}, "verdict": {"False": 1, "True": 2}}
        page = hits[request.offset : request.offset + request.limit]
        better = "tea" if request.text == "tee" else ""
        notes = (f"{HOSTILE} is no date",) if request.text == "evil" else ()
        unquoted = request.text.strip('"') if request.text.startswith('"') else ""
        return SearchResult(tuple(page), len(hits), facets, better, 1.23456, notes, unquoted)

    def article(self, article_id: str) -> Article:
        return {a.id: a for a in self.found_in}[article_id]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return {a.id: a for a in self.found_in if a.id in ids}

    def suggestions(self, article_id: str, request: SuggestionRequest) -> Suggestions:
        self._check()
        self.requests.append(request)
        return Suggestions(
            QUESTIONS[: request.questions], RELATED[: request.related], self.also_checked
        )

    def preview(self, draft: Article, request: SuggestionRequest) -> Suggestions:
        self._check()
        self.drafts.append(draft)
        return Suggestions(QUESTIONS[: request.questions], RELATED[: request.related])

    def answer(self, text: str) -> Answer | None:
        self._check()
        return self.answers.get(text)

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        self._check()
        found = (
            Completion(TEA.headline, "headline", TEA.id),
            Completion("Does iced tea count as well?", "question", TEA.id),
            Completion(f"tea {HOSTILE}", "phrase"),
        )
        return tuple(c for c in found if prefix.lower() in c.text.lower())[:limit]

    def id_at(self, address: str) -> str | None:
        return next((a.id for a in ARTICLES if address and a.url == address), None)

    def version(self) -> str:
        return "1"

    def superseded_by(self, article_id: str) -> str | None:
        return TEA.id if article_id == OLD_TEA.id else None

    def refresh(self, max_changes: int | None = None) -> bool:
        return False

    def pinned(self) -> FakeBackend:
        return self

    def status(self) -> BackendStatus:
        n = len(self.found_in)
        if not self.index:
            return BackendStatus(articles=n, message="The index is being built.")
        return BackendStatus(
            n, 5, "20250101T000000Z-001", datetime(2025, 1, 1, tzinfo=UTC), "", True
        )

    def _check(self) -> None:
        if self.broken:
            raise RuntimeError("secret inside")
        if not self.index:
            raise NotReady("The index is being built.")


def make_app(backend: FakeBackend | None = None) -> FastAPI:
    return create_app(backend or FakeBackend())


def make_client(backend: FakeBackend | None = None) -> TestClient:
    return TestClient(make_app(backend), raise_server_exceptions=False)
