"""Build record: what the store held when a generation was built, and how long that took."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from corpus.storage.store import Store

FILE = "built.json"


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """``articles`` counts the published ones; ``encoder`` is "" for an index of words alone.

    ``lists`` counts the articles whose suggestions were computed; the seconds are of wall clock.
    """

    sequence: int
    content_hash: str
    built_at: datetime
    articles: int
    encoder: str = ""
    lists: int = 0
    index_seconds: float = 0.0
    suggestion_seconds: float = 0.0


def write_record(folder: Path, built: BuildRecord) -> None:
    """Write the record into a generation that is not published yet."""
    values = asdict(built) | {"built_at": built.built_at.isoformat()}
    (folder / FILE).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def read_record(folder: Path | None) -> BuildRecord | None:
    """Return the record of a generation; None without a generation, or where there is none."""
    if folder is None:
        return None
    try:
        values = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return BuildRecord(
            int(values["sequence"]),
            str(values["content_hash"]),
            datetime.fromisoformat(values["built_at"]),
            int(values["articles"]),
            str(values["encoder"]),
            int(values["lists"]),
            float(values["index_seconds"]),
            float(values["suggestion_seconds"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a generation of an older program, or a damaged record: nothing is known


def is_record_behind(built: BuildRecord | None, store: Store) -> bool:
    """Return whether the store holds other articles than were indexed, or nothing is known.

    Contents are compared where sequence numbers differ, so a change and back is no change, and
    where they are equal, because a restored store may have come to the same number another way.
    """
    return built is None or built.content_hash != store.content_hash()
