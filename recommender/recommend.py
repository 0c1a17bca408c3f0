"""Which questions and which articles to read next: read this file first, it is the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corpus.models import Article
from index.ranking.linear_ranker import LinearRanker
from index.search.reader import Index
from index.storage.packed_strings import PackedStrings
from recommender.answers.bank_answers import BankAnswers, find_answer
from recommender.answers.finder import AnswerFinder
from recommender.diversity import MarginalRelevance, facet_cosines
from recommender.questions.bank import QuestionBank, question_id
from recommender.ranking.question_ranker import Encode, QuestionRanker
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

HEADLINES = "headlines"  # of all articles, in the order of the index
LOOKED_AT = 32  # questions of the bank that are held against the page, best first
DIVERSITY = 1.0  # what a question loses for having the facet of one above it; benchmarks/README.md
_ORIGINS: dict[Origin, tuple[str, ...]] = {
    "pinned": (),
    "own": ("asked by this article",),
    "archive": (),
    "fallback": ("only loosely related",),
}


class Recommender:
    """Suggestions from one generation; safe for several threads."""

    def __init__(
        self,
        bank: QuestionBank,
        answered: BankAnswers,
        ranker: QuestionRanker,
        finder: AnswerFinder,
        related: RelatedFinder,
        headline_of: HeadlineOf,
    ) -> None:
        """Use ``Recommender.build``, or ``open`` for what a build has written."""
        self._ranker, self._finder, self._related = ranker, finder, related
        self._headline_of = headline_of
        self._facet_words = FacetWords(ranker.terms)
        self._offers = CandidateSource(bank, answered, ranker)

    @classmethod
    def build(
        cls,
        index: Index,
        articles: Mapping[str, Article],
        superseded: Mapping[str, str],
        encode: Encode | None = None,
    ) -> Recommender:
        """Return the suggestions of an archive, all in memory.

        ``superseded`` maps old ids to their successors.
        """
        published = [a for _, a in sorted(articles.items()) if a.published]
        bank = QuestionBank.build(published, superseded)
        current = [a for a in published if a.id not in superseded]
        finder = AnswerFinder(index, articles.__getitem__, superseded)
        return cls(
            bank,
            BankAnswers.of([find_answer(question, finder) for question in bank]),
            QuestionRanker(bank.texts(), current, encode, index=index),
            finder,
            RelatedFinder(index, articles.__getitem__, superseded),
            lambda id: articles[id].headline if id in articles else id,
        )

    @classmethod
    def open(
        cls,
        index: Index,
        article_of: Callable[[str], Article],
        superseded: Mapping[str, str],
        encode: Encode | None = None,
        ranker: LinearRanker | None = None,
    ) -> Recommender:
        """Return the suggestions of the generation that ``index`` is of, memory-mapped.

        ``encode`` counts where the generation was built with it. ArchiveError: a file is missing or
        damaged.
        """
        folder = index.folder
        headlines = PackedStrings.open(folder, HEADLINES, n=len(index))
        bank = QuestionBank.open(folder)
        return cls(
            bank,
            BankAnswers.open(folder, len(bank)),
            QuestionRanker.open(folder, encode, ranker),
            AnswerFinder(index, article_of, superseded),
            RelatedFinder(index, article_of, superseded),
            lambda id: headlines[index.place(id)] if id in index else id,
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
        self, article: Article, limit: int, told: ArticleTerms | None = None
    ) -> tuple[QuestionSuggestion, ...]:
        """Return the article's own follow-ups, then the bank's best, each about another facet.

        No two ask the same, and none is answered by the article's own text. ``told`` are the terms
        of the article, where they are known.
        """
        told = told or self._ranker.read(article)
        ranking = self._ranker.rank(article, LOOKED_AT, told)
        facets = Facets(article, self._facet_words, told)
        own = self._offers.own(article, ranking)
        archive = self._offers.archive(article, ranking, facets)
        offers = [*own, *archive]
        likeness = facet_cosines(
            [o.terms for o in offers], self._ranker.terms.idf, told.text[: told.n_headline]
        )
        left = {len(own) + n: offer.score for n, offer in enumerate(archive)}
        diverse = MarginalRelevance(left, lambda one, other: float(likeness[one, other]), DIVERSITY)
        kept = ListFilter(article, told)
        chosen: list[tuple[QuestionCandidate, float]] = []
        for place, offer in enumerate(own):
            if len(chosen) < limit and kept.add(offer):
                chosen.append((offer, 0.0))
                diverse.choose(place)
        while len(chosen) < limit and (taken := diverse.take()) is not None:
            place, loss = taken
            if kept.add(offers[place]):
                chosen.append((offers[place], loss))
                diverse.choose(place)
        return tuple(self._shown(offer, loss, article, facets) for offer, loss in chosen)

    def _shown(
        self, offer: QuestionCandidate, loss: float, article: Article, facets: Facets
    ) -> QuestionSuggestion:
        answer = self._answer(offer, article)
        parts = offer.contributions | ({"like those above": -loss} if loss else {})
        why = _ORIGINS[offer.origin]
        if offer.entry and offer.origin != "own":
            why += who_asks(offer.entry.asked, self._headline_of)
        return QuestionSuggestion(
            offer.entry.asked.id if offer.entry else question_id(offer.text),
            offer.text,
            sum(parts.values()),
            offer.origin,
            answer,
            (
                *why,
                *wording(offer.faults),
                *led_to(answer, self._headline_of),
                *facets.reasons(offer.text),
            ),
            parts,
        )

    def _answer(self, offer: QuestionCandidate, article: Article) -> Answer | None:
        """Return where a question is answered: known for the bank's, looked for in a draft's."""
        answer = offer.entry.answer if offer.entry else None
        if offer.entry is None or (answer and answer.article_id == article.id):
            return self._finder.answer(offer.text, exclude=[article.id])
        return answer
