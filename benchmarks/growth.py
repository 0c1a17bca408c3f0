"""Growth: an archive of ten thousand, a hundred thousand, a million articles, made up by chance.

The articles imitate the lengths and word statistics of 48,436 real ones: their frequencies by
rank, a vocabulary that goes on with the archive (Heaps' law), topics whose words come together.
Their texts mean nothing: what is measured is time, memory and disk, never quality.
Each stage runs in a process of its own; peak memory counts the pages of mapped files, too. What a
stage took is kept in its folder, and a stage is run again where that file is deleted.

Run: python -m benchmarks.growth FOLDER N …
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.backend.open import open_backend
from api.backend.protocol import SuggestionRequest
from api.pipeline.completion import mark_unfinished, seal_and_publish, share_files
from api.pipeline.ingest import load_articles
from api.pipeline.models import try_static_embeddings
from api.pipeline.record import BuildRecord
from api.settings import Settings
from benchmarks.result_files import Row, percentiles
from benchmarks.tables import publish
from corpus.storage.archive import Archive
from corpus.storage.store import Store
from index.build import build_index
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.storage.generation_format import seal_generation
from index.types import SearchRequest
from recommender.precompute.preparation import (
    prepare_related,
    prepare_suggestions,
    prepare_without_bank,
)
from recommender.precompute.worker import BuildInputs
from recommender.questions.bank import QuestionBank
from recommender.recommend import Recommender

COMMAND = "python -m benchmarks.growth FOLDER N"
SEED = 2026
N_WORDS = 1_500_000  # that may come; a million articles use about two thirds of them
# Frequency by rank as in the real texts: a power of it, and a steeper one from some rank on.
EXPONENT, STEEP_FROM, STEEP_EXPONENT = 1.0, 1_500, 1.7
SHIFT = 1.0  # of the rank
N_TOPICS, TOPIC_WORDS = 400, 300
TOPIC_SHARE = 0.12  # of the words of a text that are of its topic
BLOCK = 2_000  # articles whose words are drawn at once
HEADLINE_WORDS, SUMMARY_WORDS = (8, 19), (0, 41)  # least and most
ASKS_EVERY = 2  # one headline of so many is a question, which others may lead to
BODY_WORDS = (6.35, 0.6)  # of the logarithm: mean and deviation; a mean of 690 words
N_QUERIES = 200
N_LISTS = 200
MAX_PREPARED = 200_000  # articles; one process collects the questions of a million in hours
VERDICTS = ("False", "Mostly false", "Misleading", "True", "Unproven")
# The commonest words are English ones, so that language, stop words and stems are what they are.
COMMON = (
    "the of to and a in is that for on it was as with by be at are this from not have has or an "
    "but they which he his been were more their who no can would people had its also will about"
).split()
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]


def word(rank: int) -> str:
    """Return the word of a rank: the more common, the shorter, as in languages."""
    if rank < len(COMMON):
        return COMMON[rank]
    letters = []
    number = rank + len(_SYLLABLES)
    while number:
        number, digit = divmod(number, len(_SYLLABLES))
        letters.append(_SYLLABLES[digit])
    return "".join(letters)


class Generator:
    """Draws articles; the same seed draws the same."""

    def __init__(self, seed: int = SEED) -> None:
        self._chance = np.random.default_rng(seed)
        self.words = [word(rank) for rank in range(N_WORDS)]
        ranks = np.arange(N_WORDS) + SHIFT
        weights = ranks**-EXPONENT
        steep = ranks[STEEP_FROM:] / ranks[STEEP_FROM]
        weights[STEEP_FROM:] = weights[STEEP_FROM] * steep**-STEEP_EXPONENT
        self._cumulated = np.cumsum(weights) / weights.sum()
        # Words of topics are neither the commonest, which all texts have, nor the rarest.
        self._topics = self._chance.integers(200, 30_000, (N_TOPICS, TOPIC_WORDS))

    def articles(self, n: int) -> Iterator[dict[str, Any]]:
        """Yield articles in our own form."""
        day = date(2026, 1, 1)
        for start in range(0, n, BLOCK):
            size = min(BLOCK, n - start)
            headline = self._chance.integers(*HEADLINE_WORDS, size)
            summary = self._chance.integers(*SUMMARY_WORDS, size)
            body = np.clip(self._chance.lognormal(*BODY_WORDS, size), 60, 6_000).astype(np.int64)
            topics = self._chance.integers(0, N_TOPICS, size)
            lengths = headline + summary + body
            ranks = self._ranks(lengths, topics)
            ends = np.cumsum(lengths)
            for i in range(size):
                text = [self.words[rank] for rank in ranks[ends[i] - lengths[i] : ends[i]]]
                first, second = int(headline[i]), int(headline[i] + summary[i])
                title = " ".join(text[:first]).capitalize()
                asks = (start + i) % ASKS_EVERY == 0
                yield {
                    "id": f"check-{start + i}",
                    "headline": f"Did {title.lower()}?" if asks else title,
                    "summary": " ".join(text[first:second]),
                    "sections": [{"heading": "", "text": _sentences(text[second:])}],
                    "checked_on": (day - timedelta(days=(start + i) % 4_000)).isoformat(),
                    "verdict": VERDICTS[(start + i) % len(VERDICTS)],
                    "topic": f"Topic {int(topics[i])}",
                    "publisher": f"Desk {(start + i) % 100}",
                    "language": "en",
                }

    def _ranks(self, lengths: NDArray[np.int64], topics: NDArray[np.int64]) -> list[int]:
        total = int(lengths.sum())
        ranks = np.searchsorted(self._cumulated, self._chance.random(total))
        ranks = np.minimum(ranks, N_WORDS - 1)
        of_topic = self._chance.random(total) < TOPIC_SHARE
        own = np.repeat(topics, lengths)[of_topic]
        # Within a topic some words are common, too.
        place = (self._chance.random(len(own)) ** 2 * TOPIC_WORDS).astype(np.int64)
        ranks[of_topic] = self._topics[own, place]
        found: list[int] = ranks.tolist()
        return found


def _sentences(words: list[str]) -> str:
    return ". ".join(" ".join(part) for part in _parts(words, 18)) + "."


def _parts(words: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(words), size):
        yield words[start : start + size]


def generate(folder: Path, n: int) -> dict[str, object]:
    """Write the articles as JSON Lines, and the queries of the search."""
    queries = []
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number, article in enumerate(Generator().articles(n)):
            file.write(json.dumps(article) + "\n")
            if number % max(n // N_QUERIES, 1) == 0:
                queries.append(" ".join(article["headline"].split()[1:4]))
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
    return {}


def ingest(folder: Path, n: int) -> dict[str, object]:
    """Take the articles over."""
    with Store.open(folder / "store.sqlite") as store:
        report = load_articles(store, folder / "articles.jsonl", lambda *_: None, print)
        if report.added != n:
            raise RuntimeError(f"{report.added} of {n} articles were added")
    (folder / "articles.jsonl").unlink()
    return {}


def index(folder: Path, n: int) -> dict[str, object]:
    """Build the index by words."""
    shutil.rmtree(folder / "index", ignore_errors=True)
    with Store.open(folder / "store.sqlite", read_only=True) as store:
        build_index(store.articles(), folder / "index", word_table=try_static_embeddings(print))
    seal_generation(folder / "index", "")
    return {}


def search(folder: Path, n: int) -> dict[str, object]:
    """Open the index and search it: three words of a headline, ten hits with facets."""
    start = time.perf_counter()
    searcher = Searcher(Retrieval.open(folder / "index"))
    opened = time.perf_counter() - start
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    times: list[float] = []
    for _ in range(2):
        times = []
        for query in queries:
            begin = time.perf_counter()
            searcher.search(SearchRequest(query, limit=10))
            times.append((time.perf_counter() - begin) * 1000)
    private = _private_mb()
    return {"seconds to open": round(opened, 2), "private MB": private, **percentiles(times)}


def serve_alone(folder: Path, n: int) -> dict[str, object]:
    """Make an archive that is served without a bank of questions, as a first build does at once."""
    place = Archive(folder / "archive")
    place.folder.mkdir(exist_ok=True)
    shutil.copyfile(folder / "store.sqlite", place.store_path)
    start = time.perf_counter()
    with Store.open(place.store_path) as store, place.writer_lock():
        generation = place.new_generation()
        share_files(folder / "index", generation)
        inputs = BuildInputs(place.store_path, generation)
        prepare_related(inputs)
        prepare_without_bank(inputs)
        mark_unfinished(generation)
        now = datetime.now(UTC)
        built = BuildRecord(store.sequence(), store.content_hash(), now, n)
        seal_and_publish(place, generation, built)
    return {"seconds of it": round(time.perf_counter() - start, 1)}


def suggest_alone(folder: Path, n: int) -> dict[str, object]:
    """Open that archive as a server does, and ask for the page of one article after the other."""
    start = time.perf_counter()
    place = Archive(folder / "archive")
    settings = Settings.read(archive=place.folder, encoder="none")
    backend = open_backend(place, settings, lambda *_: None, print)
    opened = time.perf_counter() - start
    request = SuggestionRequest(questions=5, related=5)
    times: list[float] = []
    for number in range(0, n, max(1, n // N_LISTS)):
        begin = time.perf_counter()
        backend.suggestions(f"check-{number}", request)
        times.append((time.perf_counter() - begin) * 1000)
    found = percentiles(times[N_LISTS // 10 :])  # the first open and compile
    return {"seconds to open": round(opened, 2), "private MB": _private_mb(), **found}


def prepare(folder: Path, n: int) -> dict[str, object]:
    """Make the bank of questions and what else lists of suggestions are made from."""
    inputs = BuildInputs(folder / "store.sqlite", folder / "index")
    prepare_related(inputs)
    prepare_suggestions(inputs, None, lambda *_: None, workers=0)
    return {"questions": len(QuestionBank.open(folder / "index"))}


def suggest(folder: Path, n: int) -> dict[str, object]:
    """Make both lists of articles on request, one after the other."""
    times: list[float] = []
    with Store.open(folder / "store.sqlite", read_only=True) as store:
        recommender = Recommender.open(Retrieval.open(folder / "index"), store.article, {})
        for number in range(0, n, max(1, n // N_LISTS)):
            article = store.article(f"check-{number}")
            begin = time.perf_counter()
            recommender.suggestions(article)
            times.append((time.perf_counter() - begin) * 1000)
    return {**percentiles(times[N_LISTS // 10 :])}  # the first open and compile


def _private_mb() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) // 1024
    return 0


Stage = Callable[[Path, int], dict[str, object]]


def measured(stage: Stage, folder: Path, n: int) -> dict[str, object]:
    """Run a stage here; return its seconds, the peak memory of this process, and what it says.

    Parameters
    ----------
    stage
        One of those above.
    folder
        Of the archive.
    n
        Its articles.
    """
    start = time.perf_counter()
    found = stage(folder, n)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": round(seconds, 1), "peak MB": peak, **found}


def in_own_process(stage: Stage, folder: Path, n: int) -> dict[str, object]:
    """Run a stage in a new process, whose memory is its own, unless what it took is kept.

    Parameters
    ----------
    stage, folder, n
        As of ``measured``.
    """
    kept = folder / f"{stage.__name__}.json"
    if not kept.is_file():
        with get_context("spawn").Pool(1) as pool:
            taken = pool.apply(measured, (stage, folder, n))
        kept.write_text(json.dumps(taken), encoding="utf-8")
    found: dict[str, object] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def size_mb(path: Path) -> int:
    """Return the megabytes of a file, or of the files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) // 1_000_000


def growth_row(folder: Path, n: int) -> Row:
    """Return what an archive of ``n`` articles takes."""
    folder.mkdir(parents=True, exist_ok=True)
    in_own_process(generate, folder, n)
    loaded, built = (in_own_process(stage, folder, n) for stage in (ingest, index))
    found = in_own_process(search, folder, n)
    return {
        "articles": n,
        "seconds to ingest": loaded["seconds"],
        "peak MB of it": loaded["peak MB"],
        "seconds to index": built["seconds"],
        "peak MB of that": built["peak MB"],
        "on disk, store MB": size_mb(folder / "store.sqlite"),
        "on disk, index MB": size_mb(folder / "index"),
        **{key: value for key, value in found.items() if key not in ("seconds", "peak MB")},
        "peak MB of searching": found["peak MB"],
    }


def suggestions_row(folder: Path, n: int) -> Row:
    """Return what the suggestions of an archive take before the first list, and each list."""
    first, early = (in_own_process(stage, folder, n) for stage in (serve_alone, suggest_alone))
    row: Row = {
        "articles": n,
        "seconds from index to served": first["seconds of it"],
        "peak MB": first["peak MB"],
        "seconds to open": early["seconds to open"],
        "private MB": early["private MB"],
        "ms of related, p50": early["ms p50"],
        "ms of related, p95": early["ms p95"],
    }
    if n <= MAX_PREPARED:
        prepared, listed = (in_own_process(stage, folder, n) for stage in (prepare, suggest))
        later: Row = {
            "questions": prepared["questions"],
            "seconds to collect them": prepared["seconds"],
            "peak MB of that": prepared["peak MB"],
            "ms of both lists, p50": listed["ms p50"],
            "ms of both lists, p95": listed["ms p95"],
        }
        return {**row, **later}
    return row


def main(folder: Path, sizes: list[int]) -> None:
    """Measure each size and publish its rows."""
    for n in sizes:
        row = growth_row(folder / str(n), n)
        print(row, file=sys.stderr)
        publish("growth", [row], COMMAND, key=("articles",))
        row = suggestions_row(folder / str(n), n)
        print(row, file=sys.stderr)
        publish("growth-suggestions", [row], COMMAND, key=("articles",))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(n) for n in sys.argv[2:]])
