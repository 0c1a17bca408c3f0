"""Time what pages and editors wait for: `python -m benchmarks.suggestions ARCHIVE`, a built one.

Look-ups of stored suggestions, and drafts of 10 kB made of the archive's own articles, in process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from api.backend.archive_backend import ArchiveBackend
from api.backend.open import open_backend
from api.backend.protocol import SuggestionRequest
from api.settings import Settings
from benchmarks.result_files import Row, percentiles
from benchmarks.tables import publish
from corpus.models import Article, Section
from corpus.storage.archive import Archive
from corpus.storage.store import Store

LOOK_UPS, DRAFTS, LENGTH = 2_000, 200, 10_000


def main() -> None:
    """Measure look-ups and drafts."""
    setting = sys.argv[2] if len(sys.argv) > 2 else "none"
    settings = Settings.read(archive=Path(sys.argv[1]), encoder=setting)
    archive = Archive(settings.archive)
    backend = open_backend(archive, settings, lambda what, done, total: None, print)
    with Store.open(archive.store_path, read_only=True) as store:
        ids = list(store.ids())
        chosen = ids[:: max(len(ids) // LOOK_UPS, 1)][:LOOK_UPS]
        look_ups = [_lookup(backend, id) for id in chosen]
        texts = list(store.articles_by_id(ids[:: max(len(ids) // DRAFTS, 1)]).values())[:DRAFTS]
    drafts = [_draft(texts, n) for n in range(len(texts))]
    backend.preview(drafts[0], SuggestionRequest())  # opens what drafts need
    previews = [_timed(lambda d=d: backend.preview(d, SuggestionRequest())) for d in drafts]  # type: ignore[misc]
    encoder = "none" if setting == "none" else "auto"
    rows: list[Row] = [
        {"what": what, "encoder": encoder, **percentiles(times)}
        for what, times in (
            ("look-up of an article's questions and related articles", look_ups),
            ("draft of 10 kB with three follow-ups of its own", previews),
        )
    ]
    note = f"{len(ids):,} articles, in process."
    command = "python -m benchmarks.suggestions ARCHIVE [auto]"
    publish("suggestions", rows, command, ("what", "encoder"), note)


def _lookup(backend: ArchiveBackend, id: str) -> float:
    return _timed(lambda: backend.suggestions(id, SuggestionRequest()))


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


if __name__ == "__main__":
    main()
