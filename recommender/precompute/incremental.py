"""Which lists have to be made anew, when few articles changed since the generation before.

An article's own lists depend on its text and on what is near to it. So a changed article concerns
itself, whoever shows it or a question of it, and whoever is near to it or to one of its questions.
All other lists are kept as they are. What they do not follow is the slow drift of the weights of
words; therefore a build makes all lists anew before the changes add up to ``MOST``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArchiveError
from corpus.models import Article
from index.lexical.top_k import top_k
from index.search.reader import Index
from index.storage.arrays import array_path, check_shape, open_arrays, save_arrays
from index.storage.generation_format import open_manifest
from index.storage.json_files import open_json, save_json
from recommender.answers.bank_answers import BankAnswers
from recommender.questions.bank import BankQuestion, QuestionBank
from recommender.related.finder import about
from recommender.suggestions.stored import StoredSuggestions
from recommender.types import Answer

MOST = 0.02  # share of the articles that may have changed, all refreshed builds together
NEAR_ARTICLE = 64  # twice the candidates of related articles: it may have been pushed out
NEAR_QUESTION = 100  # articles whose list a new question may enter
_NAME = "incremental"


@dataclass(frozen=True, eq=False, slots=True)
class PreviousBuild:
    """The generation before: its lists, and what they were made of.

    ``drift``: how many articles changed since all lists were made together.
    """

    folder: Path
    stored: StoredSuggestions
    places: Mapping[str, int]
    fingerprints: NDArray[np.uint8]
    superseded: Mapping[str, str]
    drift: int

    @classmethod
    def open(cls, folder: Path, recipe: str) -> PreviousBuild | None:
        """Return the generation in ``folder``; None where its lists were made in another way.

        ``recipe`` stands for everything but the articles that lists are made of.
        """
        try:
            open_manifest(folder)
            head = open_json(folder, _NAME, "recipe", "superseded", "drift")
            if head["recipe"] != recipe:
                return None
            ids = open_json(folder, "index", "ids")["ids"]
            stored = StoredSuggestions(folder, len(ids))
            prints = open_arrays(folder, _NAME, fingerprints=(np.uint8, 2))["fingerprints"]
            check_shape(array_path(folder, _NAME, "fingerprints"), prints, len(ids), 16)
            places = {id: place for place, id in enumerate(ids)}
            return cls(folder, stored, places, prints, head["superseded"], int(head["drift"]))
        except ArchiveError:
            return None  # of another version, or damaged: everything is made anew


def note(
    folder: Path,
    recipe: str,
    fingerprints: NDArray[np.uint8],
    superseded: Mapping[str, str],
    drift: int,
) -> None:
    """Write what the next build compares with; ``fingerprints`` uint8 [n, 16] by place."""
    save_arrays(folder, _NAME, fingerprints=fingerprints)
    head = {"recipe": recipe, "superseded": dict(superseded), "drift": drift}
    save_json(folder, _NAME, head)


def changed_articles(
    before: PreviousBuild,
    ids: list[str],
    fingerprints: NDArray[np.uint8],
    superseded: Mapping[str, str],
) -> frozenset[str] | None:
    """Return what is new, gone or different; None where that is so much that all is made anew."""
    changed = set(before.places) ^ set(ids)
    for place, id in enumerate(ids):
        was = before.places.get(id)
        if was is not None and not np.array_equal(fingerprints[place], before.fingerprints[was]):
            changed.add(id)
    for old, new in before.superseded.items() ^ superseded.items():
        changed |= {old, new}
    return frozenset(changed) if len(changed) + before.drift <= MOST * len(ids) else None


def affected(
    before: PreviousBuild,
    changed: frozenset[str],
    index: Index,
    articles: Iterable[Article],
    bank: tuple[QuestionBank, BankAnswers],
) -> frozenset[int]:
    """Return the places whose lists have to be made anew.

    ``articles`` are the changed ones that are still there, ``bank`` the new one with its answers.
    """
    questions = _changed_questions(before, changed, *bank)
    concerned = {id for id in changed if id in index}
    concerned |= {id for id in _mentioning(before, changed, questions.keys()) if id in index}
    for article in articles:
        concerned |= _nearest(index, about(article), NEAR_ARTICLE)
    for text in questions.values():
        concerned |= _nearest(index, text, NEAR_QUESTION)
    return frozenset(index.place(id) for id in concerned)


def _changed_questions(
    before: PreviousBuild, changed: frozenset[str], bank: QuestionBank, answered: BankAnswers
) -> dict[str, str]:
    """Return id and text of the questions that are new, gone, or asked or answered by others.

    Also those that a changed article asks or checks: lists name its headline.
    """

    def entries(
        bank: QuestionBank, answered: BankAnswers
    ) -> dict[str, tuple[BankQuestion, Answer | None]]:
        return {q.id: (q, answered[place]) for place, q in enumerate(bank)}

    old_bank = QuestionBank.open(before.folder)
    old = entries(old_bank, BankAnswers.open(before.folder, len(old_bank)))
    new = entries(bank, answered)
    return {
        id: question.text
        for id, (question, _) in (old | new).items()
        if old.get(id) != new.get(id)
        or not changed.isdisjoint((*question.asked_by, *question.headline_of))
    }


def _mentioning(
    before: PreviousBuild, articles: frozenset[str], questions: Iterable[str]
) -> Iterator[str]:
    """Yield the articles whose lists show a changed article or question."""
    asked = frozenset(questions)
    for id, place in before.places.items():
        lists = before.stored.suggestions(place)
        shown = {r.article_id for r in lists.related}
        shown |= {q.answer.article_id for q in lists.questions if q.answer}
        if not articles.isdisjoint(shown) or any(q.id in asked for q in lists.questions):
            yield id


def _nearest(index: Index, text: str, n: int) -> set[str]:
    scores = index.scores_of(dict.fromkeys(index.terms(text), 1.0))
    return {index.ids[int(place)] for place in top_k(scores, n) if scores[place] > 0.0}
