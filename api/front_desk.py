"""The desk that serves one archive: its articles in memory, its index memory-mapped."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from api.desk import Completion, DeskStatus, NotReady
from corpus.models import Article
from corpus.text import STOPWORDS, stem, tokenize, words
from index.query import parse
from index.search import Index, Ranked
from index.snippets import snippet
from index.suggest import SuggestEntry, SuggestIndex
from index.types import Explanation, Filters, Hit, SearchRequest, SearchResult
from recommender.recommend import Recommender
from recommender.types import QuestionSuggestion, RelatedSuggestion, Suggestions


class FrontDesk:
    """Answers for every door; read-only and safe for several threads."""

    def __init__(
        self, index: Index, articles: dict[str, Article], superseded: dict[str, str], name: str
    ) -> None:
        self._articles = {i: a for i, a in articles.items() if a.published and i in set(index.ids)}
        self._index = index
        self._superseded = superseded
        self._name = name
        self._recommender = Recommender(index, articles, superseded)
        self._completions = SuggestIndex.build(
            SuggestEntry(a.headline, "headline", a.id) for a in self._articles.values()
        )

    def search(self, request: SearchRequest) -> SearchResult:
        start = time.perf_counter()
        if not self._articles:
            raise NotReady("The archive is empty. Load fact checks with `divedeeper ingest PATH`.")
        query = parse(request.text)
        text = f"{query.text} {query.prefix} {request.context}".strip()
        if query.only_exclusions:
            ranking: list[Ranked] = []
        elif text:
            ranking = self._index.rank(text, len(self._index), explain=request.explain)
        else:
            ranking = [Ranked(id, 0.0) for id in self._newest(self._articles)]
        found = [hit for hit in ranking if self._passes(hit.id, (request.filters, query.filters))]
        if request.sort == "date":
            by_id = {hit.id: hit for hit in found}
            found = [by_id[id] for id in self._newest(by_id)]
        facets = {
            field: dict(
                Counter(v for hit in found if (v := getattr(self._articles[hit.id], field)))
            )
            for field in ("topic", "verdict", "publisher", "language")
        }
        page = found[request.offset : request.offset + request.limit]
        terms = dict.fromkeys((stem(w) for w in words(text) if w not in STOPWORDS), 1.0)
        hits = tuple(self._hit(ranked, terms, request.explain) for ranked in page)
        latency_ms = (time.perf_counter() - start) * 1000
        return SearchResult(hits, len(found), facets, latency_ms=latency_ms)

    def _hit(self, ranked: Ranked, terms: dict[str, float], explain: bool) -> Hit:
        article = self._articles[ranked.id]
        prose = _prose(article)
        explanation = None
        if explain:
            own = set(tokenize(f"{article.headline} {article.claim} {prose}"))
            matched = tuple(term for term in terms if term in own)
            explanation = Explanation(ranked.features, ranked.contributions, matched)
        return Hit(ranked.id, ranked.score, snippet(prose, terms), explanation)

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return {id: self._articles[id] for id in ids if id in self._articles}

    def questions(
        self, article_id: str, limit: int, explain: bool
    ) -> tuple[QuestionSuggestion, ...]:
        return self._recommender.suggestions(self.article(article_id), limit).questions

    def related(self, article_id: str, limit: int, explain: bool) -> tuple[RelatedSuggestion, ...]:
        return self._recommender.suggestions(self.article(article_id), limit).related

    def preview(self, draft: Article, limit: int, explain: bool) -> Suggestions:
        return self._recommender.suggestions(draft, limit)

    def suggest(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        entries = self._completions.suggest(prefix, limit)
        return tuple(Completion(e.text, e.kind, e.article_id) for e in entries)

    def superseded_by(self, article_id: str) -> str | None:
        return self._superseded.get(article_id)

    def status(self) -> DeskStatus:
        questions = len({q for a in self._articles.values() for q in a.followups})
        return DeskStatus(
            len(self._articles),
            questions,
            self._name,
            encoder=self._index.encoder.name if self._index.encoder else "",
            ready=True,
        )

    def _newest(self, ids: Iterable[str]) -> list[str]:
        newest = sorted(
            ids, key=lambda i: (self._articles[i].checked_on or date.min, i), reverse=True
        )
        return newest

    def _passes(self, id: str, filters: Sequence[Filters]) -> bool:
        article = self._articles.get(id)
        return article is not None and all(_passes(article, f) for f in filters)


def _prose(article: Article) -> str:
    return "\n".join(part for part in (article.summary, article.body) if part) or article.headline


def _passes(article: Article, f: Filters) -> bool:
    day = article.checked_on
    return (
        (not f.topics or article.topic in f.topics)
        and (not f.verdicts or article.verdict in f.verdicts)
        and (not f.publishers or article.publisher in f.publishers)
        and (not f.languages or article.language in f.languages)
        and (f.date_from is None or (day is not None and day >= f.date_from))
        and (f.date_to is None or (day is not None and day <= f.date_to))
    )
