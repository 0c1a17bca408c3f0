"""Backend of one archive: its index memory-mapped, its articles read on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.backend.article_cache import ArticleCache
from api.backend.protocol import BackendStatus, Completion, NotReady
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
from recommender.suggestions.stored import MAX_STORED, StoredSuggestions
from recommender.types import QuestionSuggestion, RelatedSuggestion, Suggestions


class ArchiveBackend:
    """Searches and suggestions of one archive; read-only and safe for several threads."""

    def __init__(
        self,
        archive: Archive,
        retrieval: Retrieval,
        half_life_days: float | None = None,
        question_ranker: LinearRanker | None = None,
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

        Raises
        ------
        StoreError
            The store of the archive cannot be read.
        ArchiveError
            A file of the generation is missing or damaged.
        """
        store = Store.open(archive.store_path, read_only=True)
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
        self._completions = CompletionIndex.open(index.folder)
        built = read_record(index.folder)
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

    def questions(
        self, article_id: str, limit: int, explain: bool
    ) -> tuple[QuestionSuggestion, ...]:
        article = self.article(article_id)
        if explain or limit > MAX_STORED:  # stored lists are shorter and without features
            return self._recommender.questions(article, limit)
        return self._stored.questions(self._index.row(article_id), limit)

    def related(self, article_id: str, limit: int, explain: bool) -> tuple[RelatedSuggestion, ...]:
        article = self.article(article_id)
        if explain or limit > MAX_STORED:
            return self._recommender.related(article, limit)
        return self._stored.related(self._index.row(article_id), limit)

    def preview(self, draft: Article, limit: int, explain: bool) -> Suggestions:
        return self._recommender.suggestions(draft, limit)

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        entries = self._completions.complete(prefix, limit)
        return tuple(Completion(e.text, e.kind, e.article_id) for e in entries)

    def superseded_by(self, article_id: str) -> str | None:
        return self._superseded.get(article_id)

    def status(self) -> BackendStatus:
        return self._status
