"""Time what pages and editors wait for: `python -m benchmarks.suggestions ARCHIVE`, a built one.

Look-ups of stored suggestions, and drafts of 10 kB made of the archive's own articles, in process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from api.backend.archive_backend import ArchiveBackend
from api.backend.open import open_backend
from api.settings import Settings
from corpus.models import Article, Section
from corpus.storage.archive import Archive
from corpus.storage.store import Store

LOOK_UPS, DRAFTS, LENGTH = 2_000, 200, 10_000


def main() -> None:
    """Print the percentiles."""
    setting = sys.argv[2] if len(sys.argv) > 2 else "none"
    settings = Settings.read(archive=Path(sys.argv[1]), encoder=setting)
    archive = Archive(settings.archive)
    backend = open_backend(archive, settings, lambda what, done, total: None, print)
    with Store.open(archive.store_path, read_only=True) as store:
        ids = list(store.ids())
        chosen = ids[:: max(len(ids) // LOOK_UPS, 1)][:LOOK_UPS]
        _report("questions of an article", [_lookup(backend, id) for id in chosen])
        texts = list(store.articles_by_id(ids[:: max(len(ids) // DRAFTS, 1)]).values())[:DRAFTS]
    drafts = [_draft(texts, n) for n in range(len(texts))]
    backend.preview(drafts[0], 5, False)  # opens what drafts need
    _report("a draft of 10 kB", [_timed(lambda d=d: backend.preview(d, 5, False)) for d in drafts])  # type: ignore[misc]


def _lookup(backend: ArchiveBackend, id: str) -> float:
    return _timed(lambda: (backend.questions(id, 5, False), backend.related(id, 5, False)))


def _draft(articles: list[Article], first: int) -> Article:
    """Return an article of 10 kB that the archive does not hold, with an editor's questions."""
    parts = [articles[(first + n) % len(articles)].body for n in range(len(articles))]
    text = "\n\n".join(parts)[:LENGTH]
    asked = ("What did the study measure?", "Who paid for the campaign?", "When did it begin?")
    return replace(
        articles[first], id="draft", followups=asked, sections=(Section("", text),), summary=""
    )


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def _report(what: str, milliseconds: list[float]) -> None:
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99])
    print(f"{what}: {len(milliseconds)}, ms p50 {p50:.2f} p95 {p95:.2f} p99 {p99:.2f}")


if __name__ == "__main__":
    main()
