"""Which questions and which articles to read next: read this file first, it is the product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import token_sort_ratio

from corpus.models import Article
from corpus.text import STOPWORDS, tokenize
from index.search import Index
from recommender.answers import AnswerFinder
from recommender.bank import BankQuestion, QuestionBank, normalise, question_id
from recommender.flag import Flag
from recommender.neutrality import takes_for_granted
from recommender.on_page import Page
from recommender.question_ranking import QuestionRanker, RankedQuestion
from recommender.related import RelatedFinder
from recommender.types import Answer, Origin, QuestionSuggestion, Suggestions
from recommender.verdicts import ruling
from recommender.wording import flags

SAME_QUESTION = 85  # token-sort similarity in [0, 100] from which two questions ask the same
SURE = 0.85  # how sure it must be that a page answers its editors' own question to drop it
LOOKED_AT = 60  # questions of the bank that are held against the page, best first


class Recommender:
    """Suggestions from one generation. ``superseded`` maps old ids to their successors."""

    def __init__(
        self, index: Index, articles: Mapping[str, Article], superseded: Mapping[str, str]
    ) -> None:
        self._articles = articles
        published = [a for _, a in sorted(articles.items()) if a.published]
        self._bank = QuestionBank.build(published, superseded)
        current = [a for a in published if a.id not in superseded]
        self._ranker = QuestionRanker(self._bank.texts(), current)
        self._answers = AnswerFinder(index, articles.__getitem__, superseded)
        self._related = RelatedFinder(index, articles.__getitem__, superseded)

    def suggestions(self, article: Article, limit: int) -> Suggestions:
        """Return at most ``limit`` questions and related articles for an article or a draft."""
        return Suggestions(self._questions(article, limit), self._related.related(article, limit))

    def _questions(self, article: Article, limit: int) -> tuple[QuestionSuggestion, ...]:
        """Return the article's own follow-ups, then the bank's best.

        No two ask the same, and none is answered by the article's own text.
        """
        page = Page.of(article)
        ranking = self._ranker.rank(article, LOOKED_AT)
        own_score = 1.0 + max([0.0, *(found.score for found in ranking[:1])])
        chosen: list[QuestionSuggestion] = []

        def offer(
            text: str, origin: Origin, why: Sequence[str], shares: Mapping[str, float]
        ) -> None:
            asked = (article.headline, *(c.text for c in chosen))
            if any(same_question(text, other) for other in asked):
                return
            said = page.answers(text)
            if said is not None and (origin != "own" or said[1] >= SURE):
                return
            place = self._bank.place(text)
            known = self._bank[place] if place is not None else None
            answer = self._answer(text, known, article)
            chosen.append(
                QuestionSuggestion(
                    known.id if known else question_id(text),
                    text,
                    sum(shares.values()),
                    origin,
                    answer,
                    (*why, *self._led_to(answer)),
                    dict(shares),
                )
            )

        for text in map(normalise, article.followups):
            if len(chosen) < limit:
                why = ("asked by this article", *_faults(_flags(text, article)))
                offer(text, "own", why, {"own follow-up": own_score})
        for found, question, faults in self._archive(article, ranking):
            if len(chosen) == limit:
                break
            shares = dict(found.contributions)
            if faults:
                shares["flagged wording"] = ranking[-1].score - ranking[0].score
            offer(question.text, "archive", (*self._askers(question), *_faults(faults)), shares)
        return tuple(chosen)

    def _archive(
        self, article: Article, ranking: Sequence[RankedQuestion]
    ) -> list[tuple[RankedQuestion, BankQuestion, tuple[Flag, ...]]]:
        """Return the bank's questions that others ask, the flagged ones behind the others."""
        found = []
        for ranked in ranking:
            question = self._bank[ranked.place]
            if article.id not in question.asked_by and article.id not in question.headline_of:
                found.append((ranked, question, _flags(question.text, article)))
        return sorted(found, key=lambda row: bool(row[2]))

    def _answer(self, text: str, known: BankQuestion | None, article: Article) -> Answer | None:
        """Return where a question is answered: by the check of that very question, if there is."""
        checks = [id for id in (known.headline_of if known else ()) if id != article.id]
        if checks and checks[0] in self._articles:
            return Answer(checks[0], 0, 1.0)
        return self._answers.answer(text, exclude=[article.id])

    def _askers(self, question: BankQuestion) -> tuple[str, ...]:
        others = question.asked_by or question.headline_of
        if len(others) > 1:
            return (f"asked by {len(others)} other articles",)
        verb = "asked by" if question.asked_by else "checked by"
        return tuple(f"{verb} “{self._headline(id)}”" for id in others)

    def _led_to(self, answer: Answer | None) -> tuple[str, ...]:
        if answer is None:
            return ("not answered in this archive yet",)
        where = f"section {answer.section}" if answer.section else "summary"
        return (f"answered by “{self._headline(answer.article_id)}”, {where}",)

    def _headline(self, id: str) -> str:
        return self._articles[id].headline if id in self._articles else id


def same_question(one: str, other: str) -> bool:
    """Return whether two questions ask the same in nearly the same words, in any order."""
    return token_sort_ratio(_telling(one), _telling(other)) >= SAME_QUESTION


def _flags(text: str, article: Article) -> tuple[Flag, ...]:
    """Return the faults of a question beside an article, a premise found false there among them."""
    found = flags(text)
    if ruling(article.verdict) == "false":
        premise = takes_for_granted(text, article.claim or article.headline)
        found += (premise,) if premise else ()
    return found


def _faults(faults: Sequence[Flag]) -> tuple[str, ...]:
    return tuple(f"wording: {flag.reason}" for flag in faults)


def _telling(text: str) -> str:
    return " ".join(t for t in tokenize(text) if t not in STOPWORDS)
