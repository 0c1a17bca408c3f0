"""Which questions and which articles to read next: read this file first, it is the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_sort_ratio

from corpus.models import Article
from corpus.text import STOPWORDS, tokenize
from index.packed import PackedStrings
from index.ranker import LinearRanker
from index.search import Index
from recommender.answered import AnsweredBank, find_answer
from recommender.answers import AnswerFinder
from recommender.bank import BankQuestion, QuestionBank, normalise, question_id
from recommender.diversity import Diverse, facet_cosines
from recommender.flag import Flag
from recommender.neutrality import takes_for_granted
from recommender.on_page import Page, confidence_by_terms, threshold
from recommender.question_ranking import Encode, QuestionRanker, RankedQuestion
from recommender.question_terms import ArticleTerms
from recommender.reasons import Facets, FacetWords, HeadlineOf, led_to, who_asks, wording
from recommender.related import RelatedFinder
from recommender.same_question import Asked
from recommender.same_question import same_question as only_worded_otherwise
from recommender.types import Answer, Origin, QuestionSuggestion, RelatedSuggestion, Suggestions
from recommender.verdicts import ruling
from recommender.wording import flags

HEADLINES = "headlines"  # of all articles, in the order of the index
SAME_QUESTION = 85  # token-sort similarity in [0, 100] from which two questions ask the same
SURE = 0.85  # how sure it must be that a page answers its editors' own question to drop it
LOOKED_AT = 32  # questions of the bank that are held against the page, best first
ANSWERED_HERE = 0.2  # … that others ask: its place is better given to another
DIVERSITY = 1.0  # what a question loses for having the facet of one above it; benchmarks/README.md
ALIKE_IN_MEANING = 0.5  # cosine with the headline that is enough without a common word
LEAST_MEANT, LOOSELY_MEANT = 0.3, 0.25  # … below which common words, all is by chance
_ORIGINS: dict[Origin, tuple[str, ...]] = {
    "pinned": (),
    "own": ("asked by this article",),
    "archive": (),
    "fallback": ("only loosely related",),
}


@dataclass(frozen=True, eq=False, slots=True)
class _Offer:
    """A question that may be shown; ``extra`` adds to what its ranking gives."""

    text: str
    origin: Origin
    score: float
    terms: NDArray[np.uint32]
    entry: _Entry | None
    faults: tuple[Flag, ...]
    extra: Mapping[str, float]
    ranked: RankedQuestion | None = None

    @property
    def contributions(self) -> dict[str, float]:
        return {**(self.ranked.contributions if self.ranked else {}), **self.extra}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question of the bank with its answer."""

    asked: BankQuestion
    answer: Answer | None


class Recommender:
    """Suggestions from one generation; safe for several threads."""

    def __init__(
        self,
        bank: QuestionBank,
        answered: AnsweredBank,
        ranker: QuestionRanker,
        finder: AnswerFinder,
        related: RelatedFinder,
        headline_of: HeadlineOf,
    ) -> None:
        """Use ``Recommender.build``, or ``open`` for what a build has written."""
        self._bank, self._answered, self._ranker = bank, answered, ranker
        self._finder, self._related, self._headline_of = finder, related, headline_of
        self._facet_words = FacetWords(ranker.terms)

        @lru_cache(maxsize=1 << 16)
        def entry(place: int) -> _Entry:
            return _Entry(bank[place], answered[place])

        self._entry = entry

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
            AnsweredBank.of([find_answer(question, finder) for question in bank]),
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

        ``encode`` counts where the generation was built with it. ValueError: of another format.
        """
        folder = index.folder
        headlines = PackedStrings.open(folder, HEADLINES)
        return cls(
            QuestionBank.open(folder),
            AnsweredBank.open(folder),
            QuestionRanker.open(folder, encode, ranker),
            AnswerFinder(index, article_of, superseded),
            RelatedFinder(index, article_of, superseded),
            lambda id: headlines[index.place(id)] if id in index else id,
        )

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
        own, archive = self._own(article, ranking), self._archive(article, ranking, facets)
        offers = [*own, *archive]
        likeness = facet_cosines(
            [o.terms for o in offers], self._ranker.terms.idf, told.text[: told.n_headline]
        )
        left = {len(own) + n: offer.score for n, offer in enumerate(archive)}
        diverse = Diverse(left, lambda one, other: float(likeness[one, other]), DIVERSITY)
        kept = _Kept(article, told)
        chosen: list[tuple[_Offer, float]] = []
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

    def _own(self, article: Article, ranking: Sequence[RankedQuestion]) -> list[_Offer]:
        """Return what the article's editors ask; it stands above everything from the bank."""
        score = 1.0 + max([0.0, *(found.score for found in ranking[:1])])
        offers = []
        for text in dict.fromkeys(map(normalise, article.followups)):
            place = self._bank.place(text)
            entry = self._entry(place) if place is not None else None
            terms = np.unique(np.array(self._ranker.terms.ids(text), np.uint32))
            faults = _faults(text, _false_claim(article))
            parts = {"own follow-up": score}
            offers.append(_Offer(text, "own", score, terms, entry, faults, parts))
        return offers

    def _archive(
        self, article: Article, ranking: Sequence[RankedQuestion], facets: Facets
    ) -> list[_Offer]:
        """Return what others ask: the flagged behind the others, the far ones behind all."""
        offers = []
        span = DIVERSITY + (ranking[0].score - ranking[-1].score if ranking else 0.0)
        false_claim = _false_claim(article)
        for found in ranking:
            entry, terms = self._entry(found.place), self._ranker.vectors.of(found.place)
            question = entry.asked
            if article.id in question.asked_by or article.id in question.headline_of:
                continue
            likely = self._answered.likely(found.place)
            if likely and likely.article_id == article.id and likely.confidence >= ANSWERED_HERE:
                continue
            faults = _faults(question.text, false_claim)
            origin = self._origin(found, terms, facets)
            if origin is None:
                continue
            extra = {"flagged wording": -span} if faults else {}
            if origin == "fallback":
                extra["only loosely related"] = -2.0 * span
            score = found.score + sum(extra.values())
            offers.append(_Offer(question.text, origin, score, terms, entry, faults, extra, found))
        return offers

    def _origin(
        self, found: RankedQuestion, terms: NDArray[np.uint32], facets: Facets
    ) -> Origin | None:
        """Return whether a question belongs to the article's topic, loosely, or not at all (None).

        By its words, and by its meaning where that is known: common words may be there by chance.
        """
        near = facets.near(terms)
        if self._ranker.by_meaning:
            meant = found.value("meaning headline")
            if meant >= ALIKE_IN_MEANING or (near and meant >= LEAST_MEANT):
                return "archive"
            return "fallback" if meant >= LOOSELY_MEANT else None
        if near:
            return "archive"
        return "fallback" if facets.touches(terms) else None

    def _shown(
        self, offer: _Offer, loss: float, article: Article, facets: Facets
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

    def _answer(self, offer: _Offer, article: Article) -> Answer | None:
        """Return where a question is answered: known for the bank's, looked for in a draft's."""
        answer = offer.entry.answer if offer.entry else None
        if offer.entry is None or (answer and answer.article_id == article.id):
            return self._finder.answer(offer.text, exclude=[article.id])
        return answer


class _Kept:
    """The questions of a list: none like another, like the headline, or answered on the page."""

    def __init__(self, article: Article, told: ArticleTerms) -> None:
        self._article = article
        self._told = told
        self._texts = [_telling(article.headline)]
        self._asked = [_asked(article.headline)]

    @cached_property
    def _page(self) -> Page:
        return Page.of(self._article)

    def add(self, offer: _Offer) -> bool:
        """Return whether ``offer`` may be shown beside those that were added, and add it."""
        telling, asked = _telling(offer.text), _asked(offer.text)
        if any(token_sort_ratio(telling, other) >= SAME_QUESTION for other in self._texts):
            return False
        if any(only_worded_otherwise(asked, other, lambda term: 1.0) for other in self._asked):
            return False
        told = self._told
        said = confidence_by_terms(told.text, told.n_headline, offer.terms) >= threshold()
        if said and (offer.origin != "own" or self._page.confidence(offer.text) >= SURE):
            return False
        self._texts.append(telling)
        self._asked.append(asked)
        return True


def same_question(one: str, other: str) -> bool:
    """Return whether two questions ask the same in nearly the same words, in any order."""
    return token_sort_ratio(_telling(one), _telling(other)) >= SAME_QUESTION


def _false_claim(article: Article) -> str:
    """Return the claim that an article found false, "" where it found none."""
    return (article.claim or article.headline) if ruling(article.verdict) == "false" else ""


def _faults(text: str, false_claim: str) -> tuple[Flag, ...]:
    """Return the faults of a question, a premise among them that was found false."""
    premise = takes_for_granted(text, false_claim) if false_claim else None
    return _flags(text) + ((premise,) if premise else ())


@lru_cache(maxsize=1 << 16)
def _flags(text: str) -> tuple[Flag, ...]:
    return tuple(flags(text))


@lru_cache(maxsize=1 << 16)
def _telling(text: str) -> str:
    return " ".join(t for t in tokenize(text) if t not in STOPWORDS)


@lru_cache(maxsize=1 << 16)
def _asked(text: str) -> Asked:
    return Asked.of(text)
