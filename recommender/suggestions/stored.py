"""Stored suggestions: the lists of all articles on disk, computed by a build, served by look-up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.storage.arrays import array_path, check_array_starts, open_arrays, save_arrays
from index.storage.generation_format import damaged_file
from recommender.suggestions.unfinished import ListPair, UnfinishedLists
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

# What is stored for an article. A page shows five of each: the others stand in for what is banned,
# withdrawn or on the page already, and questions are asked of what the related articles check.
MAX_QUESTIONS = 8  # of the archive; the editors' own are all stored
MAX_RELATED = 16
KINDS = ("related", "questions")
PENDING = "lists.pending"
"""A file of a generation whose lists are still being made."""


def has_pending_lists(folder: Path) -> bool:
    """Return whether a generation is served without all of its lists."""
    return (folder / PENDING).exists()


def write_stored_lists(folder: Path, name: str, records: Iterable[bytes]) -> None:
    """Write ``<name>.jsonl``, one record a line, and ``<name>.starts.npy`` int64 [n + 1].

    Parameters
    ----------
    folder
        The generation.
    name
        One of ``KINDS``.
    records
        The lists of all articles, in the order of the index.
    """
    starts = [0]
    with (folder / f"{name}.jsonl").open("wb") as file:
        for record in records:
            file.write(record)
            file.write(b"\n")
            starts.append(starts[-1] + len(record) + 1)
    save_arrays(folder, name, starts=np.array(starts, np.int64))


@dataclass(frozen=True, eq=False, slots=True)
class ListFile:
    """Lists of all articles: ``lines[starts[row]:starts[row + 1]]`` is that of a row."""

    lines: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def open(cls, folder: Path, name: str, n_articles: int) -> ListFile:
        """Return what ``write_stored_lists`` wrote, memory-mapped.

        Parameters
        ----------
        folder
            The generation.
        name
            One of ``KINDS``.
        n_articles
            The number of lists.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        path = folder / f"{name}.jsonl"
        try:
            size = path.stat().st_size
            lines = np.memmap(path, np.uint8, "r") if size else np.zeros(0, np.uint8)
        except FileNotFoundError:
            raise damaged_file(path, "is missing") from None
        except OSError as error:
            raise damaged_file(path, f"cannot be read ({error})") from error
        starts = open_arrays(folder, name, starts=(np.int64, 1))["starts"]
        check_array_starts(array_path(folder, name, "starts"), starts, n_articles, size)
        return cls(np.asarray(lines), starts)

    def record(self, row: int) -> bytes:
        """Return a list in its stored form."""
        return self.lines[self.starts[row] : self.starts[row + 1] - 1].tobytes()


class StoredSuggestions:
    """Row in the index → its suggestions, unplanned; safe for several threads.

    Contributions are not stored: computing a list again gives the same list with them. Of a
    generation whose lists are still being made there are those that are made so far.
    """

    def __init__(self, folder: Path, n_articles: int) -> None:
        """Open what a build wrote for ``n_articles`` articles.

        Raises
        ------
        ArchiveError
            A file is missing or damaged.
        """
        self.is_finished = not has_pending_lists(folder)
        self._n = n_articles
        if self.is_finished:
            self._files = [ListFile.open(folder, kind, n_articles) for kind in KINDS]
        else:
            self._unfinished = UnfinishedLists(folder)

    def record(self, row: int) -> ListPair | None:
        """Return the related articles and the questions of an article, in their stored form.

        None where they are not made yet.
        """
        if not 0 <= row < self._n:
            raise IndexError(row)
        if not self.is_finished:
            return self._unfinished.record(row)
        related, questions = self._files
        return related.record(row), questions.record(row)

    def suggestions(self, row: int) -> Suggestions | None:
        """Return both lists of an article, as they are before a page is planned.

        None where they are not made yet.
        """
        if (pair := self.record(row)) is None:
            return None
        related, questions = map(json.loads, pair)
        return Suggestions(_decode_stored_questions(questions), decode_stored_related(related))


def _decode_stored_questions(record: Any) -> tuple[QuestionSuggestion, ...]:
    """Return the questions of a stored list: the article's own, then the archive's."""
    return tuple(
        QuestionSuggestion(
            id,
            text,
            score,
            origin,
            Answer(*answer) if answer else None,
            tuple(reasons),
            tuple(remarks),
            from_check,
            probability,
        )
        for (
            id,
            text,
            score,
            origin,
            answer,
            reasons,
            remarks,
            from_check,
            probability,
        ) in record
    )


def decode_stored_related(record: Any) -> tuple[RelatedSuggestion, ...]:
    """Return the related articles of a stored list, decoded from JSON."""
    return tuple(
        RelatedSuggestion(id, score, relation, probability, same_claim, tuple(reasons))
        for id, score, relation, probability, same_claim, reasons in record
    )


def encode_stored_questions(questions: Iterable[QuestionSuggestion]) -> bytes:
    """Return the stored form of a list of questions."""
    return _encode_stored_rows(
        [
            q.id,
            q.text,
            q.score,
            q.origin,
            [q.answer.article_id, q.answer.section, q.answer.confidence] if q.answer else None,
            q.reasons,
            q.remarks,
            q.from_check,
            round(q.probability, 4),
        ]
        for q in questions
    )


def encode_stored_related(related: Iterable[RelatedSuggestion]) -> bytes:
    """Return the stored form of a list of related articles."""
    return _encode_stored_rows(
        [r.article_id, r.score, r.relation, r.probability, r.same_claim, r.reasons] for r in related
    )


def _encode_stored_rows(rows: Iterable[object]) -> bytes:
    # Escaped to ASCII: half a surrogate pair in a page must not end a build.
    return json.dumps(list(rows), separators=(",", ":")).encode("ascii")
