"""The suggestions of all articles on disk: computed by a build, served by lookup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.storage.packed_strings import mapped
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

FORMAT = 1
MOST = 8  # suggestions of each kind that are kept for an article; a page shows five
KINDS = ("questions", "related")
_HEAD = "suggestions.json"


def write_lists(folder: Path, name: str, records: Iterable[bytes]) -> None:
    """Write ``<name>.jsonl``, one record a line, and ``<name>.starts.npy`` int64 [n + 1]."""
    starts = [0]
    with (folder / f"{name}.jsonl").open("wb") as file:
        for record in records:
            file.write(record)
            file.write(b"\n")
            starts.append(starts[-1] + len(record) + 1)
    np.save(folder / f"{name}.starts.npy", np.array(starts, np.int64))


@dataclass(frozen=True, eq=False, slots=True)
class _Lists:
    lines: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def open(cls, folder: Path, name: str) -> _Lists:
        path = folder / f"{name}.jsonl"
        lines = np.memmap(path, np.uint8, "r") if path.stat().st_size else np.zeros(0, np.uint8)
        return cls(np.asarray(lines), mapped(folder / f"{name}.starts.npy"))

    def record(self, place: int) -> bytes:
        return self.lines[self.starts[place] : self.starts[place + 1] - 1].tobytes()

    def __getitem__(self, place: int) -> Any:
        return json.loads(self.record(place))


class StoredSuggestions:
    """Place in the index → suggestions, at most ``MOST`` of each kind; safe for several threads.

    Contributions are not kept: who wants them computes the list anew, which gives the same.
    """

    def __init__(self, folder: Path) -> None:
        """Open what a build wrote; ValueError where it is of another format, or lacks."""
        path = folder / _HEAD
        head = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if head.get("format") != FORMAT:
            raise ValueError(
                f"{folder} has suggestions of format {head.get('format')}, this program reads "
                f"{FORMAT}. Run `divedeeper build`."
            )
        self._questions, self._related = (_Lists.open(folder, kind) for kind in KINDS)

    @staticmethod
    def seal(folder: Path) -> None:
        """Say that ``questions`` and ``related`` are written whole."""
        (folder / _HEAD).write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")

    def record(self, kind: str, place: int) -> bytes:
        """Return a list as it is stored; ``kind`` is one of ``KINDS``."""
        return {"questions": self._questions, "related": self._related}[kind].record(place)

    def questions(self, place: int, limit: int = MOST) -> tuple[QuestionSuggestion, ...]:
        """Return the stored follow-up questions of an article, best first."""
        return tuple(
            QuestionSuggestion(
                id, text, score, origin, Answer(*answer) if answer else None, tuple(reasons)
            )
            for id, text, score, origin, answer, reasons in self._questions[place][:limit]
        )

    def related(self, place: int, limit: int = MOST) -> tuple[RelatedSuggestion, ...]:
        """Return the stored related articles of an article, best first."""
        return tuple(
            RelatedSuggestion(id, score, relation, origin, tuple(reasons))
            for id, score, relation, origin, reasons in self._related[place][:limit]
        )

    def suggestions(self, place: int, limit: int = MOST) -> Suggestions:
        """Return both lists of an article."""
        return Suggestions(self.questions(place, limit), self.related(place, limit))


def questions_record(questions: Iterable[QuestionSuggestion]) -> bytes:
    """Return a list of questions as it is stored."""
    return _dump(
        [
            q.id,
            q.text,
            q.score,
            q.origin,
            [q.answer.article_id, q.answer.section, q.answer.confidence] if q.answer else None,
            q.reasons,
        ]
        for q in questions
    )


def related_record(related: Iterable[RelatedSuggestion]) -> bytes:
    """Return a list of related articles as it is stored."""
    return _dump([r.article_id, r.score, r.relation, r.origin, r.reasons] for r in related)


def _dump(rows: Iterable[object]) -> bytes:
    # Escaped to ASCII: half a surrogate pair in a page must not end a build.
    return json.dumps(list(rows), separators=(",", ":")).encode("ascii")
