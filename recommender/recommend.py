"""Recommender: the follow-up questions and related articles of an article or a draft.

Read this file first: it puts together what the rooms of this layer do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.models import Article
from index.ranking.linear_ranker import LinearRanker
from index.search.retrieval import Retrieval
from index.storage.packed_strings import PackedStrings
from recommender.answers.bank_answers import BankAnswers, find_answer
from recommender.answers.finder import AnswerFinder
from recommender.diversity import MarginalRelevance, facet_cosines
from recommender.questions.bank import QuestionBank, question_id
from recommender.ranking.question_index import Encode
from recommender.ranking.question_ranker import QuestionRanker
from recommender.ranking.tfidf import ArticleTerms
from recommender.related.finder import RelatedFinder
from recommender.suggestions.candidates import CandidateSource, QuestionCandidate
from recommender.suggestions.reasons import (
    Facets,
    FacetWords,
    HeadlineOf,
    led_to,
    who_asks,
    wording,
)
from recommender.suggestions.selection import ListFilter
from recommender.types import Answer, Origin, QuestionSuggestion, RelatedSuggestion, Suggestions

HEADLINES_NAME = "headlines"  # file of the headlines of all articles, in the order of the index
MAX_CANDIDATES = 32  # questions of the bank that are considered for one list, best first
DIVERSITY = 1.0  # what a question loses for having the facet of one above it; benchmarks/README.md
_ORIGIN_REASONS: dict[Origin, tuple[str, ...]] = {
    "own": ("asked by this article",),
    "archive": (),
    "fallback": ("only loosely related",),
}


class Recommender:
    """Suggestions from one generation; safe for several threads."""

    def __init__(
        self,
        bank: QuestionBank,
        answers: BankAnswers,
        ranker: QuestionRanker,
        finder: AnswerFinder,
        related: RelatedFinder,
        headline_of: HeadlineOf,
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
        headline_of
            Returns the headline of an article by its id.
        """
        self._ranker, self._finder, self._related = ranker, finder, related
        self._headline_of = headline_of
        self._facet_words = FacetWords(ranker.terms)
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
        bank = QuestionBank.build(published, superseded)
        current = [a for a in published if a.id not in superseded]
        finder = AnswerFinder(retrieval, articles.__getitem__, superseded)
        return cls(
            bank,
            BankAnswers.of([find_answer(question, finder) for question in bank]),
            QuestionRanker.fit(bank.texts(), current, encode, reader=retrieval.reader),
            finder,
            RelatedFinder(retrieval.reader, articles.__getitem__, superseded),
            lambda id: articles[id].headline if id in articles else id,
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
        headlines = PackedStrings.open(folder, HEADLINES_NAME, n=len(reader))
        bank = QuestionBank.open(folder)
        return cls(
            bank,
            BankAnswers.open(folder, len(bank)),
            QuestionRanker.open(folder, encode, model),
            AnswerFinder(retrieval, article_of, superseded),
            RelatedFinder(retrieval.reader, article_of, superseded),
            lambda id: headlines[reader.row(id)] if id in reader else id,
        )

    @property
    def n_questions(self) -> int:
        """Return how many questions the bank has."""
        return len(self._ranker)

    def suggestions(self, article: Article, limit: int) -> Suggestions:
        """Return at most ``limit`` questions and related articles for an article or a draft."""
        return Suggestions(self.questions(article, limit), self.related(article, limit))

    def related(self, article: Article, limit: int) -> tuple[RelatedSuggestion, ...]:
        """Return at most ``limit`` related articles; see ``RelatedFinder.related``."""
        return self._related.related(article, limit)

    def questions(
        self, article: Article, limit: int, article_terms: ArticleTerms | None = None
    ) -> tuple[QuestionSuggestion, ...]:
        """Return the article's own follow-ups, then the bank's best, each about another facet.

        No two ask the same, and none is answered by the article's own text.

        Parameters
        ----------
        article
            An article of the archive, or a draft.
        limit
            At most so many.
        article_terms
            The terms of the article, where they are known; else they are read.
        """
        terms = article_terms or self._ranker.terms_of(article)
        ranking = self._ranker.rank(article, MAX_CANDIDATES, terms)
        facets = Facets(article, self._facet_words, terms)
        own = self._candidates.own(article, ranking)
        archive = self._candidates.archive(article, ranking, facets)
        chosen = self._choose(article, terms, own, archive, limit)
        return tuple(self._suggestion(found, loss, article, facets) for found, loss in chosen)

    def _choose(
        self,
        article: Article,
        terms: ArticleTerms,
        own: Sequence[QuestionCandidate],
        archive: Sequence[QuestionCandidate],
        limit: int,
    ) -> list[tuple[QuestionCandidate, float]]:
        """Return at most ``limit`` candidates, best first, each with what it loses for diversity.

        The article's own come first and lose nothing.
        """
        candidates = [*own, *archive]
        cosines = facet_cosines(
            [c.terms for c in candidates], self._ranker.terms.idf, terms.text[: terms.n_headline]
        )
        scores = {len(own) + n: candidate.score for n, candidate in enumerate(archive)}
        diverse = MarginalRelevance(
            scores, lambda one, other: float(cosines[one, other]), DIVERSITY
        )
        accepted = ListFilter(article, terms)
        chosen: list[tuple[QuestionCandidate, float]] = []
        for number, candidate in enumerate(own):
            if len(chosen) < limit and accepted.add(candidate):
                chosen.append((candidate, 0.0))
                diverse.choose(number)
        while len(chosen) < limit and (taken := diverse.take()) is not None:
            number, loss = taken
            if accepted.add(candidates[number]):
                chosen.append((candidates[number], loss))
                diverse.choose(number)
        return chosen

    def _suggestion(
        self, candidate: QuestionCandidate, loss: float, article: Article, facets: Facets
    ) -> QuestionSuggestion:
        answer = self._answer(candidate, article)
        parts = candidate.contributions | ({"like those above": -loss} if loss else {})
        reasons = _ORIGIN_REASONS[candidate.origin]
        if candidate.entry and candidate.origin != "own":
            reasons += who_asks(candidate.entry.asked, self._headline_of)
        return QuestionSuggestion(
            candidate.entry.asked.id if candidate.entry else question_id(candidate.text),
            candidate.text,
            sum(parts.values()),
            candidate.origin,
            answer,
            (
                *reasons,
                *wording(candidate.faults),
                *led_to(answer, self._headline_of),
                *facets.reasons(candidate.text),
            ),
            parts,
        )

    def _answer(self, candidate: QuestionCandidate, article: Article) -> Answer | None:
        """Return the answer of a question: the bank's, or for a draft's own question a new one."""
        answer = candidate.entry.answer if candidate.entry else None
        if candidate.entry is None or (answer and answer.article_id == article.id):
            return self._finder.answer(candidate.text, exclude=[article.id])
        return answer
