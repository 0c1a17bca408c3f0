"""Backend of one archive: its index memory-mapped, its articles read on demand."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from api.backend.article_cache import ArticleCache, ArticlesOfMoment
from api.backend.live import LiveArchive, LiveView
from api.backend.protocol import BackendStatus, Completion, NotReady, SuggestionRequest
from api.backend.withdrawals import Withdrawals
from api.pipeline.record import read_record
from corpus.analysis.web_addresses import canonical_address
from corpus.languages import article_language
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.autocomplete.completions import CompletionIndex
from index.autocomplete.merging import complete_from
from index.query.synonyms import Synonyms
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from index.search.snippets import article_snippet
from index.types import SearchRequest, SearchResult
from recommender.bounded_cache import BoundedCache
from recommender.recommend import Recommender
from recommender.suggestions.bans import Bans
from recommender.suggestions.page_plan import PageLimits, page_without, plan_page
from recommender.suggestions.stored import MAX_QUESTIONS, MAX_RELATED, StoredSuggestions
from recommender.types import (
    Answer,
    QuestionSuggestion,
    RelatedSuggestion,
    Scope,
    Suggestions,
    Unanswered,
)

MAX_NEW_LISTS = 2_000  # lists of a generation with new articles in them, some 10 kB each


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
        self._store = store
        cache = ArticleCache(store)
        self._articles: ArticleCache | ArticlesOfMoment = cache
        self._cache = cache
        self._origin: ArchiveBackend | None = None  # keeps its files open for a pinned one
        self._pinned_view: LiveView | None = None
        index = retrieval.reader
        self._index = index
        self._stored = StoredSuggestions(index.folder, len(index))
        built = read_record(index.folder)
        sequence = built.sequence if built else 0
        base = Recommender.open(
            retrieval,
            cache.__getitem__,
            {},
            index.encoder.encode if index.encoder else None,
            question_ranker,
        )
        self._live = LiveArchive(
            store,
            sequence,
            retrieval,
            CompletionIndex.open(index.folder),
            base.with_superseded,
            Synonyms(archive.folder),
            half_life_days,
            cache.__getitem__,
        )
        self._unanswered: Unanswered = unanswered
        self._scope: Scope = scope
        self._bans = Bans(archive.folder)
        self._withdrawals = Withdrawals(store, sequence)
        self._new_lists = BoundedCache(self._compute_new_lists, MAX_NEW_LISTS)
        self._status = BackendStatus(
            len(index),
            base.n_questions,
            index.folder.name,
            built.built_at if built else None,
            index.encoder.name if index.encoder else "",
            ready=True,
        )

    def refresh(self, max_changes: int | None = None) -> bool:
        """Take up what was written since the last time; see ``LiveArchive.refresh``."""
        return self._live.refresh(max_changes)

    @property
    def is_behind(self) -> bool:
        """Return whether something was written that is not taken up yet."""
        return self._live.is_behind

    def search(self, request: SearchRequest) -> SearchResult:
        view = self._view()
        if not len(view.reader):
            raise NotReady("The archive is empty. Load fact checks with `divedeeper ingest PATH`.")
        result = view.searcher.search(request)
        articles = self._articles.get_many(hit.id for hit in result.hits)
        hits = [hit for hit in result.hits if hit.id in articles]
        if request.highlight:
            hits = [
                replace(hit, snippet=article_snippet(articles[hit.id], hit.terms, hit.phrases))
                for hit in hits
            ]
        return replace(result, hits=tuple(hits))

    def article(self, article_id: str) -> Article:
        if article_id not in self._view().reader:
            raise KeyError(article_id)
        return self._articles[article_id]

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        reader = self._view().reader
        return self._articles.get_many(id for id in ids if id in reader)

    def suggestions(self, article_id: str, request: SuggestionRequest) -> Suggestions:
        article = self.article(article_id)
        view = self._view()
        if (
            request.explain  # what is stored has no features
            or request.questions > MAX_QUESTIONS
            or request.related > MAX_RELATED
            or (request.scope or self._scope) != "all"
        ):
            return self._computed_by_backend(view, article, request)
        found = None
        if view.reader is self._index:
            found = self._stored.suggestions(self._index.row(article_id))
        if found is None:  # written since the build, or the build makes the lists still
            found = self._new_lists[view.sequence, article_id]
        return self._planned_by_backend(article_id, found, request)

    def preview(self, draft: Article, request: SuggestionRequest) -> Suggestions:
        language = article_language(draft, self._index.languages)
        return self._computed_by_backend(self._view(), replace(draft, language=language), request)

    def _view(self) -> LiveView:
        """Return what answers a request: without what was withdrawn up to this moment.

        One that is pinned keeps its first.
        """
        if self._pinned_view is not None:
            return self._pinned_view
        view = self._live.view
        just_withdrawn = self._withdrawals.current - view.withdrawn
        if just_withdrawn:
            view = view.without(just_withdrawn)
        if self._origin is not None:
            self._pinned_view = view
        return view

    def _compute_new_lists(self, key: tuple[int, str]) -> Suggestions:
        """Return the lists of an article with what was written since the build.

        Those of an article that the generation has as it is are looked up, and the new articles
        take their places in them; those of any other are computed.
        """
        _, article_id = key
        view, article = self._live.view, self._articles[article_id]
        if article_id in view.changed or article_id not in self._index:
            return view.recommender.suggestions(article)
        stored = self._stored.suggestions(self._index.row(article_id))
        if stored is None:
            return view.recommender.suggestions(article)
        questions = [
            replace(q, reasons=()) if q.answer and q.answer.article_id in view.changed else q
            for q in stored.questions
            # A question made from a check asks what that check said before it was corrected.
            if not (q.from_check and q.answer and q.answer.article_id in view.changed)
        ]
        related = stored.related
        if view.new_related is not None:
            related = view.new_related.with_new(article, related, MAX_RELATED)
        return Suggestions(tuple(questions), related)

    def _computed_by_backend(
        self, view: LiveView, article: Article, request: SuggestionRequest
    ) -> Suggestions:
        found = view.recommender.suggestions(
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

    def answer(self, text: str) -> Answer | None:
        view = self._view()
        found = view.recommender.answer(text)
        if found is None or found.article_id in view.changed or found.article_id not in view.reader:
            return None
        article = self._articles[found.article_id]
        return None if self._bans.current.bans_article(article.id, article.headline) else found

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        entries = complete_from(self._view().completions, prefix, limit)
        # A question leads on to a search: the answer is not in the article that asks it.
        return tuple(
            Completion(e.text, e.kind, e.article_id if e.kind == "headline" else "")
            for e in entries
        )

    def id_at(self, address: str) -> str | None:
        canonical = canonical_address(address)
        return self._store.id_of_key(f"address:{canonical}") if canonical else None

    def version(self) -> str:
        # What was written is in force for withdrawals at once, for the rest with the next view.
        sequences = f"{self._store.data_version()}-{self._live.view.sequence}"
        return f"{self._status.generation}-{sequences}-{self._bans.stamp}"

    def superseded_by(self, article_id: str) -> str | None:
        return self._live.view.superseded.get(article_id)

    def pinned(self) -> ArchiveBackend:
        if self._origin is not None:
            return self
        one = copy(self)
        one._origin = self
        one._articles = self._cache.of_moment()
        return one

    def status(self) -> BackendStatus:
        return replace(self._status, articles=self._live.view.n_articles)


def _lists_of_backend(
    found: Suggestions,
) -> tuple[tuple[QuestionSuggestion, ...], tuple[RelatedSuggestion, ...]]:
    return found.questions, found.related


def _questions_of_backend(page: Suggestions) -> tuple[QuestionSuggestion, ...]:
    return (*page.questions, *page.also_checked)
