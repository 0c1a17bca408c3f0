"""Question tallies of a report: answers, wording flags, concentration, merges."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from corpus.analysis.tokenizer import words
from corpus.models import Article
from recommender.question_generation.claim_question import claim_question
from recommender.question_key import question_key
from recommender.questions.bank import (
    QuestionBank,
    headline_as_bank_question,
    normalise_bank_question,
)
from recommender.report.quality import JudgedList
from recommender.report.tallies import N_STEPS, Tally, tallies, tallies_per_tenth, tally_share
from recommender.suggestions.repetition import max_repetition_articles
from recommender.types import Origin


@dataclass(frozen=True, slots=True)
class OriginAnswers:
    """How many questions of one origin lead to an article, and their confidences."""

    origin: Origin
    questions: int
    answered: int
    answered_share: float
    per_confidence: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The same over all origins, and for each, the most frequent first."""

    questions: int
    answered: int
    answered_share: float
    by_origin: tuple[OriginAnswers, ...]


class AnswerTally:
    """Counts questions that lead to an article, with their confidence."""

    def __init__(self) -> None:
        self._asked: Counter[Origin] = Counter()
        self._sure: dict[Origin, Counter[float]] = defaultdict(Counter)

    def add(self, judged: JudgedList) -> None:
        for q in judged.questions:
            self._asked[q.origin] += 1
            if q.answer is not None:
                sure = min(max(q.answer.confidence, 0.0), 1.0)
                self._sure[q.origin][int(sure * N_STEPS) / N_STEPS] += 1

    def result(self) -> Answers:
        order = sorted(self._asked, key=lambda origin: (-self._asked[origin], origin))
        by_origin = tuple(
            OriginAnswers(
                origin,
                self._asked[origin],
                self._sure[origin].total(),
                tally_share(self._sure[origin].total(), self._asked[origin]),
                tallies_per_tenth(self._sure[origin].elements()),
            )
            for origin in order
        )
        asked, answered = self._asked.total(), sum(o.answered for o in by_origin)
        return Answers(asked, answered, tally_share(answered, asked), by_origin)


@dataclass(frozen=True, slots=True)
class Flags:
    """Suggested questions whose wording has a fault; one may have several."""

    flagged: int
    flagged_share: float
    by_fault: tuple[Tally, ...]


class FlagTally:
    """Counts faults of wording."""

    def __init__(self) -> None:
        self._questions = self._flagged = 0
        self._faults: Counter[str] = Counter()

    def add(self, judged: JudgedList) -> None:
        self._questions += len(judged.questions)
        self._flagged += sum(map(bool, judged.faults))
        self._faults.update(fault for found in judged.faults for fault in found)

    def result(self) -> Flags:
        return Flags(
            self._flagged, tally_share(self._flagged, self._questions), tallies(self._faults)
        )


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of the archive; ``shown`` counts articles that do not ask it themselves."""

    id: str
    text: str
    shown: int
    shown_share: float
    answered: bool


@dataclass(frozen=True, slots=True)
class StoryIdea:
    """A question that no article answers; ``asked_by`` counts articles that ask it themselves."""

    id: str
    text: str
    asked_by: int
    shown: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """Which questions are shown. ``bank`` is how many there are; None where it is not known.

    A question that many more articles show than others is probably too general: ``above_bound``
    counts those that stand beside more than ``bound`` articles that do not ask them, which none
    should.
    """

    different: int
    bank: int | None
    bank_shown: int | None
    bank_shown_share: float | None
    bound: int
    above_bound: int
    most_shown: tuple[ShownQuestion, ...]
    story_ideas: tuple[StoryIdea, ...]


class ConcentrationTally:
    """Counts how many articles show each question."""

    def __init__(self, bank: QuestionBank | None, max_listed: int) -> None:
        self._bank, self._max_listed = bank, max_listed
        self._articles = 0
        self._texts: dict[str, str] = {}
        self._shown: Counter[str] = Counter()
        self._own: Counter[str] = Counter()
        self._answered: set[str] = set()

    def add(self, judged: JudgedList) -> None:
        self._articles += 1
        for q in judged.questions:
            self._texts.setdefault(q.id, q.text)
            self._shown[q.id] += 1
            if q.origin == "own":
                self._own[q.id] += 1
            if q.answer is not None:
                self._answered.add(q.id)

    def result(self) -> Concentration:
        rows = {id: self._bank.row(id) for id in self._shown} if self._bank else {}
        n_bank = len(self._bank) if self._bank is not None else None
        held = len({row for row in rows.values() if row is not None})
        by_archive = [(id, self._shown[id] - self._own[id]) for id in self._shown]
        bound = max_repetition_articles(self._articles)
        most = sorted((-n, id) for id, n in by_archive if n > 1)[: self._max_listed]
        ideas = sorted(
            (-self._askers_of_shown_question(id, rows.get(id)), -self._shown[id], id)
            for id in self._shown
            if id not in self._answered
        )[: self._max_listed]
        return Concentration(
            len(self._shown),
            n_bank,
            held if n_bank is not None else None,
            tally_share(held, n_bank) if n_bank is not None else None,
            bound,
            sum(n > bound for _, n in by_archive),
            tuple(
                ShownQuestion(
                    id, self._texts[id], -n, tally_share(-n, self._articles), id in self._answered
                )
                for n, id in most
            ),
            tuple(StoryIdea(id, self._texts[id], -asked, -shown) for asked, shown, id in ideas),
        )

    def _askers_of_shown_question(self, id: str, row: int | None) -> int:
        """Return how many articles ask a question, or those seen so far without a bank."""
        if self._bank is None or row is None:
            return self._own[id]
        return len(self._bank[row].asked_by)


@dataclass(frozen=True, slots=True)
class Merges:
    """How many wordings the bank holds as how many questions, the largest merges to be read.

    The first wording of each is the one that is shown.
    """

    wordings: int
    questions: int
    largest: tuple[tuple[str, ...], ...]


class MergeTally:
    """Collects the wordings of the archive that the bank holds in another wording."""

    def __init__(self, bank: QuestionBank, max_listed: int) -> None:
        self._bank, self._max_listed = bank, max_listed
        self._others: dict[int, dict[int, str]] = defaultdict(dict)

    def add(self, article: Article) -> None:
        checked = headline_as_bank_question(article) or claim_question(article)
        asked = [
            normalise_bank_question(text, article.language)
            for text in article.followups
            if words(text)
        ]
        for text in [*asked, checked] if checked else asked:
            row = self._bank.row(text)
            if row is not None and (wording := question_key(text)) != question_key(
                self._text_of_shown_question(row)
            ):
                self._others[row].setdefault(wording, text)

    def result(self) -> Merges:
        others = sorted(self._others.items(), key=lambda item: (-len(item[1]), item[0]))
        n = len(self._bank)
        return Merges(
            n + sum(len(texts) for _, texts in others),
            n,
            tuple(
                (self._text_of_shown_question(p), *sorted(t.values()))
                for p, t in others[: self._max_listed]
            ),
        )

    def _text_of_shown_question(self, row: int) -> str:
        return self._bank[row].text
