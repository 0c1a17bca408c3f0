"""Crash test: a process is killed at random moments of every write, and what it confirmed is there.

A child writes, builds, rolls back or backs up, and tells its parent over a pipe what is confirmed;
the parent kills it (SIGKILL) after a random time and looks: every confirmed write must be there,
none half, every count and checksum right, and the archive served by itself.

Run: python -m benchmarks.crash [KILLS]
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from api.backend.open import open_backend
from api.backend.writer import ArticleWriter
from api.pipeline.build import build_generation
from api.pipeline.ingest import load_articles
from api.pipeline.verification import verify_archive
from api.settings import Settings
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.errors import ArchiveError
from corpus.models import Article, Section
from corpus.storage import store as store_module
from corpus.storage.archive import Archive
from corpus.storage.backup import restore_backup, write_backup
from corpus.storage.store import Store
from index.types import SearchRequest

KILLS = 1_000
N_ARTICLES = 60  # of the archive: small, so that kills fall into every step
BATCH = 10  # articles a transaction of an ingest
SEED = 2026
SERVED_EACH = 7  # after so many kills the archive is served and searched; steps take turns by five

Confirm = Callable[[str], None]


def article(n: int, version: int) -> Article:
    """Return one version of an article; its text says which, in three places."""
    words = f"Tram {n} was seen in version {version} of this check."
    return Article(
        f"a{n}",
        f"Does tram {n} fly, version {version}?",
        summary=words,
        sections=(Section("", words),),
        verdict=f"version {version}",
        followups=(f"Does tram {n + 1} swim?",),
    )


def version_of(stored: Article) -> int | None:
    """Return the version of a whole article, None for one that is half of two."""
    version = int(stored.verdict.removeprefix("version "))
    number = int(stored.id.removeprefix("a"))
    same = article(number, version)
    return version if (stored.headline, stored.body) == (same.headline, same.body) else None


def _put_one_by_one(place: Archive, version: int, confirm: Confirm) -> None:
    """Write single articles, each confirmed by itself."""
    writer = ArticleWriter(place.store_path, lambda: None)
    while True:
        for n in range(N_ARTICLES):
            writer.apply([article(n, version)])
            confirm(f"put a{n} {version}")
        version += 1


def _ingest_files(place: Archive, version: int, confirm: Confirm) -> None:
    """Ingest files of several batches, each file confirmed as a whole."""
    store_module.BATCH_SIZE = BATCH
    file = place.folder / f"ingest-{os.getpid()}.jsonl"
    while True:
        lines = (
            json.dumps(
                {
                    "id": (a := article(n, version)).id,
                    "headline": a.headline,
                    "summary": a.summary,
                    "sections": [{"heading": "", "text": a.body}],
                    "verdict": a.verdict,
                    "followups": list(a.followups),
                    "language": "en",
                }
            )
            for n in range(N_ARTICLES)
        )
        file.write_text("\n".join(lines), encoding="utf-8")
        with Store.open(place.store_path) as store:
            load_articles(store, file, lambda *step: None, lambda bad: None)
        for n in range(N_ARTICLES):
            confirm(f"put a{n} {version}")
        version += 1


def _build_again(place: Archive, version: int, confirm: Confirm) -> None:
    """Build and switch, again and again."""
    while True:
        folder, _ = build_generation(place, "none", lambda *step: None, lambda line: None, 0)
        confirm(f"built {folder.name}")


def _roll_back(place: Archive, version: int, confirm: Confirm) -> None:
    """Switch between the last two generations."""
    while True:
        with place.writer_lock():
            folder = place.rollback()
        confirm(f"built {folder.name}")


def _back_up(place: Archive, version: int, confirm: Confirm) -> None:
    """Write backups, each into a file of its own."""
    number = 0
    while True:
        target = place.folder.parent / "backups" / f"{os.getpid()}-{number}.tar"
        target.parent.mkdir(exist_ok=True)
        write_backup(place, target)
        confirm(f"backup {target}")
        number += 1


STEPS = {
    "put": (_put_one_by_one, 0.25),
    "ingest": (_ingest_files, 0.25),
    "build": (_build_again, 1.5),
    "rollback": (_roll_back, 0.15),
    "backup": (_back_up, 0.3),
}
"""Name → what a child does, and the longest time in seconds before it is killed."""


def killed_child(
    step: Callable[[Archive, int, Confirm], None], place: Archive, version: int, seconds: float
) -> list[str]:
    """Run a step in a child, kill it after a time, and return what it had confirmed.

    Parameters
    ----------
    step
        Never ends by itself.
    place
        The archive that it writes.
    version
        Of the articles that it writes.
    seconds
        Until it is killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setpgrp()
        try:
            step(place, version, lambda line: _tell(writing, line))
        except BaseException as error:
            _tell(writing, f"error {type(error).__name__}: {error}")
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(seconds)
    os.killpg(child, signal.SIGKILL) if os.getpgid(child) == child else os.kill(
        child, signal.SIGKILL
    )
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().split("\n")
    return [line for line in lines[:-1] if line]  # what has no line end was not said whole


def _tell(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


class Confirmed:
    """What was ever confirmed, and what of it is missing."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.backups: list[Path] = []
        self.counts: Counter[str] = Counter()

    def take(self, lines: list[str]) -> None:
        """Note what a child said before it was killed."""
        for line in lines:
            kind, _, rest = line.partition(" ")
            self.counts[kind] += 1
            if kind == "put":
                id, version = rest.split()
                self.versions[id] = max(self.versions.get(id, 0), int(version))
            elif kind == "backup":
                self.backups.append(Path(rest))

    def problems(self, place: Archive) -> dict[str, int]:
        """Return how many articles are lost or half, and how many other things are wrong."""
        with Store.open(place.store_path, read_only=True) as store:
            stored = {one.id: one for one in store.articles()}
        lost = sum(
            id not in stored or (version_of(stored[id]) or 0) < version
            for id, version in self.versions.items()
        )
        half = sum(version_of(one) is None for one in stored.values())
        wrong = len(verify_archive(place, lambda *step: None).problems)
        return {"lost": lost, "half-written": half, "problems of verify": wrong}


def is_served(place: Archive) -> bool:
    """Return whether the archive opens by itself and finds an article."""
    try:
        settings = Settings.read(archive=place.folder, encoder="none")
        backend = open_backend(place, settings, lambda *step: None, lambda line: None)
        return backend.search(SearchRequest("tram", limit=1)).total > 0
    except ArchiveError:
        return False


def main(kills: int) -> None:
    """Kill ``kills`` children and publish a row for each kind of step."""
    chance = random.Random(SEED)
    rows: dict[str, Counter[str]] = {name: Counter() for name in STEPS}
    with tempfile.TemporaryDirectory() as folder:
        place = Archive(Path(folder) / "archive")
        with Store.open(place.store_path) as store:
            store.put(article(n, 1) for n in range(N_ARTICLES))
        for _ in range(2):
            build_generation(place, "none", lambda *step: None, lambda line: None, 0)
        confirmed = Confirmed()
        for number in range(kills):
            name = list(STEPS)[number % len(STEPS)]
            step, longest = STEPS[name]
            version = max(confirmed.versions.values(), default=1) + 1
            lines = killed_child(step, place, version, chance.uniform(0.0, longest))
            errors = [line for line in lines if line.startswith("error")]
            for line in errors:
                print(f"{name}: {line}", file=sys.stderr)
            confirmed.take(lines)
            row = rows[name]
            row["kills"] += 1
            row["confirmed"] += len(lines) - len(errors)
            row["errors"] += len(errors)
            row.update(confirmed.problems(place))
            if number % SERVED_EACH == 0:
                row["starts"] += 1
                row["starts that failed"] += not is_served(place)
            if name == "backup" and confirmed.backups:
                target = Archive(Path(folder) / f"restored-{number}")
                restore_backup(confirmed.backups[-1], target)
                row["problems of verify"] += not target.store_path.is_file()
            for file in place.folder.glob("ingest-*.jsonl"):
                file.unlink()
            if number % 50 == 49:
                print(number + 1, {n: dict(r) for n, r in rows.items()}, file=sys.stderr)
    columns = "kills confirmed lost half-written starts errors".split()
    columns[4:4] = ["problems of verify"]
    columns += ["starts that failed"]
    table: list[Row] = [
        {"killed in": name, **{column: row[column] for column in columns}}
        for name, row in rows.items()
    ]
    publish("crash", table, f"python -m benchmarks.crash {kills}", key=("killed in",))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
