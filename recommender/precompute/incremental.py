"""Incremental rebuild: which lists have to be computed again when few articles changed.

An article's own lists depend on its text and on what is near to it. So a changed article affects
its own lists, those that show it or a question of it, and those of articles near to it or to one of
its questions. All other lists are taken over. They do not follow the slow drift of the weights of
words; therefore a build computes all lists before the changes add up to ``MAX_DRIFT``.
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
from index.search.reader import IndexReader
from index.search.retrieval import bm25_scores
from index.storage.arrays import array_path, check_array_shape, open_arrays, save_arrays
from index.storage.generation_format import open_manifest
from index.storage.json_files import open_json, save_json
from recommender.answers.bank_answers import BankAnswers
from recommender.questions.bank import BankQuestion, QuestionBank
from recommender.related.finder import text_to_find_related
from recommender.suggestions.stored import StoredSuggestions
from recommender.types import Answer, Suggestions

MAX_DRIFT = 0.02  # share of the articles changed since all lists were computed together
MAX_NEAR_ARTICLE = 64  # twice the candidates of related articles: it may have been displaced
MAX_NEAR_QUESTION = 100  # articles whose list a new question may enter
_NAME = "incremental"


@dataclass(frozen=True, eq=False, slots=True)
class PreviousBuild:
    """The previous generation: its lists, and what they were computed from.

    ``rows`` are those of its articles by id, ``fingerprints`` uint8 [n, 16] of their contents;
    ``drift`` is how many articles changed since all lists were computed together.
    """

    folder: Path
    stored: StoredSuggestions
    rows: Mapping[str, int]
    fingerprints: NDArray[np.uint8]
    superseded: Mapping[str, str]
    drift: int

    @classmethod
    def open(cls, folder: Path, recipe: str) -> PreviousBuild | None:
        """Return the generation in ``folder``; None where its lists have another ``recipe``.

        None, too, where they are still being made. See ``BuildInputs.recipe``.
        """
        try:
            open_manifest(folder)
            head = open_json(folder, _NAME, "recipe", "superseded", "drift")
            if head["recipe"] != recipe:
                return None
            ids = open_json(folder, "index", "ids")["ids"]
            stored = StoredSuggestions(folder, len(ids))
            if not stored.is_finished:
                return None
            prints = open_arrays(folder, _NAME, fingerprints=(np.uint8, 2))["fingerprints"]
            check_array_shape(array_path(folder, _NAME, "fingerprints"), prints, len(ids), 16)
            rows = {id: row for row, id in enumerate(ids)}
            return cls(folder, stored, rows, prints, head["superseded"], int(head["drift"]))
        except ArchiveError:
            return None  # of another version, or damaged: everything is computed again

    def prints(self, row: int) -> bytes:
        """Return the fingerprint of the article at ``row``."""
        return bytes(self.fingerprints[row])


def write_incremental_state(
    folder: Path,
    recipe: str,
    fingerprints: NDArray[np.uint8],
    superseded: Mapping[str, str],
    drift: int,
) -> None:
    """Write what the next build compares with.

    Parameters
    ----------
    folder
        The generation.
    recipe
        Of its lists; see ``BuildInputs.recipe``.
    fingerprints
        Of the contents of its articles, uint8 [n, 16] by row.
    superseded
        The id of each superseded article → that of its successor.
    drift
        Articles that changed since all lists were computed together.
    """
    save_arrays(folder, _NAME, fingerprints=fingerprints)
    head = {"recipe": recipe, "superseded": dict(superseded), "drift": drift}
    save_json(folder, _NAME, head)


def changed_articles(
    previous: PreviousBuild,
    ids: list[str],
    fingerprints: NDArray[np.uint8],
    superseded: Mapping[str, str],
) -> frozenset[str] | None:
    """Return the ids that are new, gone or different; None where they are too many.

    Parameters
    ----------
    previous
        The previous generation.
    ids
        Of the articles now.
    fingerprints
        Of their contents, uint8 [n, 16].
    superseded
        The id of each superseded article → that of its successor.
    """
    changed = set(previous.rows) ^ set(ids)
    for row, id in enumerate(ids):
        was = previous.rows.get(id)
        if was is not None and not np.array_equal(fingerprints[row], previous.fingerprints[was]):
            changed.add(id)
    for old, new in previous.superseded.items() ^ superseded.items():
        changed |= {old, new}
    return frozenset(changed) if len(changed) + previous.drift <= MAX_DRIFT * len(ids) else None


def affected_rows(
    previous: PreviousBuild,
    changed: frozenset[str],
    reader: IndexReader,
    articles: Iterable[Article],
    bank: tuple[QuestionBank, BankAnswers],
) -> frozenset[int]:
    """Return the rows whose lists have to be computed again.

    Parameters
    ----------
    previous
        The previous generation.
    changed
        Ids of the changed articles.
    reader
        The new index.
    articles
        The changed articles that are still there.
    bank
        The new bank with its answers.
    """
    questions = _changed_questions(previous, changed, *bank)
    affected = {id for id in changed if id in reader}
    affected |= {
        id for id in _mentioning_changed(previous, changed, questions.keys()) if id in reader
    }
    for article in articles:
        affected |= _nearest_to_changed(reader, text_to_find_related(article), MAX_NEAR_ARTICLE)
    for text in questions.values():
        affected |= _nearest_to_changed(reader, text, MAX_NEAR_QUESTION)
    return frozenset(reader.row(id) for id in affected)


def _changed_questions(
    previous: PreviousBuild, changed: frozenset[str], bank: QuestionBank, answers: BankAnswers
) -> dict[str, str]:
    """Return id and text of the questions that are new, gone, or asked or answered by others.

    Also those that a changed article asks or checks: lists name its headline.
    """

    def changed_entries(
        bank: QuestionBank, answers: BankAnswers
    ) -> dict[str, tuple[BankQuestion, Answer | None]]:
        return {q.id: (q, answers[row]) for row, q in enumerate(bank)}

    old_bank = QuestionBank.open(previous.folder)
    old = changed_entries(old_bank, BankAnswers.open(previous.folder, len(old_bank)))
    new = changed_entries(bank, answers)
    return {
        id: question.text
        for id, (question, _) in (old | new).items()
        if old.get(id) != new.get(id)
        or not changed.isdisjoint((*question.asked_by, *question.headline_of))
    }


def _mentioning_changed(
    previous: PreviousBuild, articles: frozenset[str], questions: Iterable[str]
) -> Iterator[str]:
    """Yield the articles whose lists show a changed article or question."""
    asked = frozenset(questions)
    for id, row in previous.rows.items():
        lists = previous.stored.suggestions(row) or Suggestions((), ())
        shown = {r.article_id for r in lists.related}
        shown |= {q.answer.article_id for q in lists.questions if q.answer}
        if not articles.isdisjoint(shown) or any(q.id in asked for q in lists.questions):
            yield id


def _nearest_to_changed(reader: IndexReader, text: str, n: int) -> set[str]:
    scores = bm25_scores(reader, dict.fromkeys(reader.informative_terms(text), 1.0))
    return {reader.ids[int(row)] for row in top_k(scores, n) if scores[row] > 0.0}
