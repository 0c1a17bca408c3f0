"""Backend of one archive: its index memory-mapped, its articles read on demand."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import replace

from api.backend.article_cache import ArticleCache
from api.backend.protocol import BackendStatus, Completion, NotReady, SuggestionRequest
from api.backend.withdrawals import Withdrawals
from api.pipeline.record import read_record
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.autocomplete.completions import CompletionIndex
from index.query.synonyms import Synonyms
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.search.snippets import article_snippet
from index.types import SearchRequest, SearchResult
from recommender.recommend import Recommender
from recommender.suggestions.bans import Bans
from recommender.suggestions.page_plan import PageLimits, page_without, plan_page
from recommender.suggestions.stored import MAX_QUESTIONS, MAX_RELATED, StoredSuggestions
from recommender.types import QuestionSuggestion, RelatedSuggestion, Scope, Suggestions, Unanswered


class ArchiveBackend:
    """Searches and suggestions of one archive; read-only and safe for several threads."""

    def __init__(
        self,
        archive: Archive,
        retrieval: Retrieval,
        half_life_days: float | None = None,
        question_ranker: LinearRanker | None = None,
        unanswered: Unanswered = "keep",
        scope: Scope = "all",
    ) -> None:
        """Serve one generation.

        Parameters
        ----------
        archive
            The archive.
        retrieval
            The index of its generation, with its rankings.
        half_life_days
            Of the freshness of a check; see ``Searcher``.
        question_ranker
            Weights of the question ranking; None: the shipped ones.
        unanswered, scope
            What holds where a request does not say; see ``SuggestionRequest``.

        Raises
        ------
        StoreError
            The store of the archive cannot be read.
        ArchiveError
            A file of the generation is missing or damaged.
        """
        store = Store.open(archive.store_path, read_only=True)
        # Requests may still use a backend that was replaced: its files close with the last one.
        weakref.finalize(self, store.close)
        self._articles = ArticleCache(store)
        index = retrieval.reader
        self._index = index
        self._superseded = store.superseded()
        synonyms = Synonyms(archive.folder)
        self._searcher = Searcher(retrieval, synonyms, half_life_days)
        self._stored = StoredSuggestions(index.folder, len(index))
        encoder = index.encoder
        self._recommender = Recommender.open(
            retrieval,
            self._articles.__getitem__,
            self._superseded,
            encoder.encode if encoder else None,
            question_ranker,
        )
        self._unanswered: Unanswered = unanswered
        self._scope: Scope = scope
        self._bans = Bans(archive.folder)
        self._completions = CompletionIndex.open(index.folder)
        built = read_record(index.folder)
        self._withdrawals = Withdrawals(store, built.sequence if built else 0)
        self._status = BackendStatus(
            len(index),
            self._recommender.n_questions,
            index.folder.name,
            built.built_at if built else None,
            index.encoder.name if index.encoder else "",
            ready=True,
        )

    def search(self, request: SearchRequest) -> SearchResult:
        if not len(self._index):
            raise NotReady("The archive is empty. Load fact checks with `divedeeper ingest PATH`.")
        result = self._searcher.search(request)
        # Articles may have been removed since the build.
        articles = self._articles.get_many(hit.id for hit in result.hits)
        hits = [hit for hit in result.hits if hit.id in articles]
        if request.highlight:
            hits = [
                replace(hit, snippet=article_snippet(articles[hit.id], hit.terms)) for hit in hits
            ]
        return replace(result, hits=tuple(hits))

    def article(self, article_id: str) -> Article:
        if article_id not in self._index:  # the next build will add it
            raise KeyError(article_id)
        return self._articles[article_id]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return self._articles.get_many(id for id in ids if id in self._index)

    def suggestions(self, article_id: str, request: SuggestionRequest) -> Suggestions:
        article = self.article(article_id)
        if (
            request.explain  # what is stored has no features
            or request.questions > MAX_QUESTIONS
            or request.related > MAX_RELATED
            or (request.scope or self._scope) != "all"
        ):
            return self._computed_by_backend(article, request)
        return self._planned_by_backend(
            article_id, self._stored.suggestions(self._index.row(article_id)), request
        )

    def preview(self, draft: Article, request: SuggestionRequest) -> Suggestions:
        return self._computed_by_backend(draft, request)

    def _computed_by_backend(self, article: Article, request: SuggestionRequest) -> Suggestions:
        found = self._recommender.suggestions(
            article,
            request.scope or self._scope,
            max(request.questions, MAX_QUESTIONS),
            max(request.related, MAX_RELATED),
        )
        return self._planned_by_backend(article.id, found, request)

    def _planned_by_backend(
        self, article_id: str, found: Suggestions, request: SuggestionRequest
    ) -> Suggestions:
        """Return the planned page without what is banned, or was withdrawn since the build.

        Only what the page shows is looked up; where something of it may not be named, the page is
        planned again without it.
        """
        limits = PageLimits(
            request.questions,
            request.related,
            request.unanswered or self._unanswered,
            request.related_alone,
        )
        bans = self._bans.current
        gone = set(self._withdrawals.current) - {article_id}
        no_made: set[str] = set()  # articles whose made questions are banned

        def is_banned(q: QuestionSuggestion) -> bool:
            answered_by = q.answer.article_id if q.answer else ""
            return bans.bans_question(q.id, q.text) or (q.from_check and answered_by in no_made)

        while True:
            page = plan_page(
                article_id, *_lists_of_backend(page_without(found, is_banned, gone)), limits
            )
            if not bans:
                return page
            named = {r.article_id for r in page.related}
            named |= {q.answer.article_id for q in _questions_of_backend(page) if q.answer}
            articles = self._articles.get_many(named)
            before = len(gone) + len(no_made)
            gone |= {
                id
                for id in named
                if id not in articles or bans.bans_article(id, articles[id].headline)
            } - {article_id}
            if bans.made_from:
                no_made |= {
                    id for id, a in articles.items() if bans.bans_made_questions(a.publisher)
                }
            if len(gone) + len(no_made) == before:
                return page

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        entries = self._completions.complete(prefix, limit)
        return tuple(Completion(e.text, e.kind, e.article_id) for e in entries)

    def superseded_by(self, article_id: str) -> str | None:
        return self._superseded.get(article_id)

    def pinned(self) -> ArchiveBackend:
        return self

    def status(self) -> BackendStatus:
        return self._status


def _lists_of_backend(
    found: Suggestions,
) -> tuple[tuple[QuestionSuggestion, ...], tuple[RelatedSuggestion, ...]]:
    return found.questions, found.related


def _questions_of_backend(page: Suggestions) -> tuple[QuestionSuggestion, ...]:
    return (*page.questions, *page.also_checked)
