"""Recommender: the follow-up questions and related articles of an article or a draft.

Read this file first: it puts together what the rooms of this layer do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy

from corpus.models import Article
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from index.storage.packed_strings import PackedStrings
from recommender.answers.bank_answers import BankAnswers, find_bank_answer
from recommender.answers.finder import AnswerFinder
from recommender.answers.on_page import MIN_LINK_CONFIDENCE, Page
from recommender.answers.question_terms import TermStatistics
from recommender.diversity import MarginalRelevance, facet_cosines
from recommender.question_generation.maker import made_questions
from recommender.questions.bank import QuestionBank, question_id
from recommender.ranking.question_index import Encode
from recommender.ranking.question_ranker import QuestionRanker
from recommender.ranking.tfidf import ArticleTerms
from recommender.related.article_vectors import ArticleVectors
from recommender.related.finder import RelatedFinder
from recommender.related.live import FindsRelated
from recommender.suggestions.candidates import MAX_RANKED, CandidateSource, QuestionCandidate
from recommender.suggestions.reasons import (
    ArticleLabel,
    LabelOf,
    archive_reasons,
    own_reasons,
    reasons_for_editors,
)
from recommender.suggestions.selection import ListFilter
from recommender.suggestions.stored import MAX_QUESTIONS, MAX_RELATED
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Scope, Suggestions

HEADLINES_NAME = "headlines"  # file of the headlines of all articles, in the order of the index
VERDICTS_NAME = "verdicts"  # … and of their verdicts
DIVERSITY = 0.5  # what a question loses for having the facet of one above it; benchmarks/README.md


class Recommender:
    """Suggestions from one generation; safe for several threads."""

    def __init__(
        self,
        bank: QuestionBank,
        answers: BankAnswers,
        ranker: QuestionRanker,
        finder: AnswerFinder,
        related: RelatedFinder,
        label_of: LabelOf,
    ) -> None:
        """Use ``Recommender.build``, or ``open`` for what a build has written.

        Parameters
        ----------
        bank
            The questions of the archive.
        answers
            Their answers, in the order of the bank.
        ranker
            Their ranking, in the order of the bank.
        finder
            Answers questions that are not in the bank.
        related
            Finds related articles.
        label_of
            Returns what names an article to readers, by its id.
        """
        self._ranker, self._finder = ranker, finder
        self._base_related = related
        self._related: FindsRelated = related
        self._label_of = label_of
        self._candidates = CandidateSource(bank, answers, ranker)

    @classmethod
    def build(
        cls,
        retrieval: Retrieval,
        articles: Mapping[str, Article],
        superseded: Mapping[str, str],
        encode: Encode | None = None,
    ) -> Recommender:
        """Return the recommender of an archive, all in memory.

        Parameters
        ----------
        retrieval
            The search index of the published ones of ``articles``.
        articles
            The archive, by id.
        superseded
            The id of each superseded article → that of its successor.
        encode
            The sentence encoder; None: words only.
        """
        published = [a for _, a in sorted(articles.items()) if a.published]
        bank = QuestionBank.build(published, superseded, made_questions(published))
        current = [a for a in published if a.id not in superseded]
        finder = AnswerFinder(retrieval, articles.__getitem__, superseded)
        return cls(
            bank,
            BankAnswers.of([find_bank_answer(question, finder) for question in bank]),
            QuestionRanker.fit(bank.texts(), current, encode, reader=retrieval.reader),
            finder,
            RelatedFinder(
                retrieval.reader,
                articles.__getitem__,
                superseded,
                ArticleVectors.of_index(retrieval.reader),
            ),
            lambda id: (
                ArticleLabel(articles[id].headline, articles[id].verdict)
                if id in articles
                else ArticleLabel(id)
            ),
        )

    @classmethod
    def open(
        cls,
        retrieval: Retrieval,
        article_of: Callable[[str], Article],
        superseded: Mapping[str, str],
        encode: Encode | None = None,
        model: LinearRanker | None = None,
    ) -> Recommender:
        """Return the recommender of the generation that ``retrieval`` searches, memory-mapped.

        Parameters
        ----------
        retrieval
            The search index of the generation.
        article_of
            Returns an article by id; KeyError: it is gone.
        superseded
            The id of each superseded article → that of its successor.
        encode
            The sentence encoder that the generation was built with; None: words only.
        model
            Weights of the question ranking; None: the shipped ones.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        reader = retrieval.reader
        folder = reader.folder
        headlines, verdicts = (
            PackedStrings.open(folder, name, n=len(reader))
            for name in (HEADLINES_NAME, VERDICTS_NAME)
        )
        bank = QuestionBank.open(folder)
        return cls(
            bank,
            BankAnswers.open(folder, len(bank)),
            QuestionRanker.open(folder, encode, model, reader.terms.term_of),
            AnswerFinder(retrieval, article_of, superseded),
            RelatedFinder(retrieval.reader, article_of, superseded),
            lambda id: (
                ArticleLabel(headlines[reader.row(id)], verdicts[reader.row(id)])
                if id in reader
                else ArticleLabel(id)
            ),
        )

    @property
    def base_related(self) -> RelatedFinder:
        """Return what finds related articles in the generation."""
        return self._base_related

    def with_superseded(self, superseded: Mapping[str, str]) -> Recommender:
        """Return this recommender where other articles are superseded."""
        other = copy(self)
        other._finder = self._finder.with_superseded(superseded)
        other._base_related = other._related = self._base_related.with_superseded(superseded)
        return other

    def with_related(self, related: FindsRelated | None) -> Recommender:
        """Return this recommender with another finder of related articles; None: its own."""
        other = copy(self)
        other._related = related or self._base_related
        return other

    @property
    def n_questions(self) -> int:
        """Return how many questions the bank has."""
        return len(self._ranker)

    @property
    def statistics(self) -> TermStatistics:
        """Return the terms of the archive with their weights."""
        return self._finder.statistics

    def suggestions(
        self,
        article: Article,
        scope: Scope = "all",
        n_questions: int = MAX_QUESTIONS,
        n_related: int = MAX_RELATED,
    ) -> Suggestions:
        """Return the candidates of a page, which ``plan_page`` plans.

        Parameters
        ----------
        article
            An article of the archive, or a draft.
        scope
            Whose articles are suggested.
        n_questions, n_related
            At most so many questions of the archive, and related articles.
        """
        related = self.related(article, max(n_related, MAX_RELATED), scope)
        questions = self.questions(article, n_questions, related)
        return Suggestions(questions, related[:n_related])

    def answer(self, question: str) -> Answer | None:
        """Return where a question or claim is answered; see ``AnswerFinder.answer``."""
        return self._finder.answer(question)

    def related(
        self, article: Article, limit: int, scope: Scope = "all"
    ) -> tuple[RelatedSuggestion, ...]:
        """Return related articles; see ``RelatedFinder.related``.

        Parameters
        ----------
        article
            An article of the archive, or a draft.
        limit
            At most so many.
        scope
            Whose articles are suggested.
        """
        return self._related.related(article, limit, scope=scope)

    def questions(
        self,
        article: Article,
        limit: int,
        related: Sequence[RelatedSuggestion] | None = None,
        article_terms: ArticleTerms | None = None,
    ) -> tuple[QuestionSuggestion, ...]:
        """Return the article's own follow-ups, then the archive's, each about another facet.

        The own ones are all there, in their order, unless one only rewords another. The archive's
        lead to a good next read each, none of them to another check of the same claim.

        Parameters
        ----------
        article
            An article of the archive, or a draft.
        limit
            At most so many of the archive's.
        related
            The related articles, where they are known; else they are found.
        article_terms
            The terms of the article, where they are known; else they are read.
        """
        terms = article_terms or self._ranker.terms_of(article)
        if related is None:
            related = self.related(article, MAX_RELATED)
        ranked = {q.row: q.score for q in self._ranker.rank(article, MAX_RANKED, terms)}
        own = self._candidates.own(article)
        archive = self._candidates.archive(article, related, ranked)
        page = self._page(article, indexed=article_terms is not None)
        chosen = self._choose_recommended(page, terms, own, archive, limit)
        return tuple(self._recommended_question(found, loss, page) for found, loss in chosen)

    def _page(self, article: Article, indexed: bool) -> Page:
        """Return an article with the weights of the archive, read from the index where it is so."""
        reader, statistics = self._finder.reader, self.statistics
        if indexed and article.id in reader:
            return Page.of_index(article, reader, statistics)
        return Page.of(article, statistics.weight)

    def _choose_recommended(
        self,
        page: Page,
        terms: ArticleTerms,
        own: Sequence[QuestionCandidate],
        archive: Sequence[QuestionCandidate],
        limit: int,
    ) -> list[tuple[QuestionCandidate, float]]:
        """Return the own candidates, then ``limit`` others, each with its loss for diversity."""
        candidates = [*own, *archive]
        cosines = facet_cosines(
            [c.terms for c in candidates], self._ranker.terms.idf, terms.text[: terms.n_headline]
        )
        scores = {len(own) + n: candidate.score for n, candidate in enumerate(archive)}
        diverse = MarginalRelevance(
            scores, lambda one, other: float(cosines[one, other]), DIVERSITY
        )
        accepted = ListFilter(page)
        chosen: list[tuple[QuestionCandidate, float]] = []
        for number, candidate in enumerate(own):
            if accepted.add(candidate):
                chosen.append((candidate, 0.0))
                diverse.choose(number)
        room = len(chosen) + limit
        while len(chosen) < room and (taken := diverse.take()) is not None:
            number, loss = taken
            if accepted.add(candidates[number]):
                chosen.append((candidates[number], loss))
                diverse.choose(number)
        return chosen

    def _recommended_question(
        self, candidate: QuestionCandidate, loss: float, page: Page
    ) -> QuestionSuggestion:
        article = page.article
        answer, here = self._recommended_answer(candidate, article), None
        if (
            answer is None
            and candidate.origin == "own"
            and (on_page := page.answers(candidate.text))
        ):
            here = Answer(article.id, *on_page)
        parts = {**candidate.contributions} | ({"like those above": -loss} if loss else {})
        reasons = (
            archive_reasons(candidate.text, candidate.read, self._label_of)
            if candidate.read
            else own_reasons(answer, article.id, self._label_of)
        )
        return QuestionSuggestion(
            candidate.entry.asked.id if candidate.entry else question_id(candidate.text),
            candidate.text,
            sum(parts.values()),
            candidate.origin,
            here if here and here.confidence >= MIN_LINK_CONFIDENCE else answer,
            reasons,
            reasons_for_editors(answer, here, candidate.faults),
            from_check=candidate.entry is not None and candidate.entry.asked.made,
            probability=candidate.read.probability if candidate.read else 0.0,
            contributions=parts,
        )

    def _recommended_answer(self, candidate: QuestionCandidate, article: Article) -> Answer | None:
        """Return the other article that answers a question; None: none does."""
        answer = candidate.entry.answer if candidate.entry else None
        if candidate.entry is None or (answer and answer.article_id == article.id):
            return self._finder.answer(candidate.text, exclude=[article.id])
        return answer
