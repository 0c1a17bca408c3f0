"""A build switches to a complete generation, or changes nothing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from api.pipeline import build as building
from api.pipeline import completion
from api.pipeline.build import build_generation
from api.pipeline.record import read_record
from corpus.errors import BuildError
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.store import Store

ARTICLES = [
    Article("bats", "Are bats blind?", summary="Bats see well.", followups=("Do owls hear?",)),
    Article("owls", "Do owls hear?", summary="Owls hear well."),
    Article("draft", "Is it?", published=False),
]


def archive_of(folder: Path, *articles: Article) -> Archive:
    archive = Archive(folder)
    with Store.open(archive.store_path) as store:
        store.put(articles)
    return archive


def test_the_new_generation_is_in_use_with_its_record(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *ARTICLES)
    steps: list[str] = []
    folder, built = build_generation(
        archive, "none", lambda what, *_: steps.append(what), lambda line: None, workers=0
    )
    assert archive.current_generation() == folder
    assert read_record(folder) == built
    assert (built.articles, built.lists, built.encoder) == (2, 2, "")
    assert {"Weighing words", "Collecting questions", "Ranking suggestions"} <= set(steps)
    _, again = build_generation(archive, "none", lambda *_: None, lambda line: None, workers=0)
    assert again.lists == 0  # nothing has changed


def test_without_a_published_article_the_build_says_what_to_do(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, ARTICLES[2])
    with pytest.raises(BuildError, match="divedeeper ingest"):
        build_generation(archive, "none", lambda *_: None, lambda line: None)
    assert archive.current_generation() is None


def test_a_killed_process_leaves_what_was_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, *ARTICLES)
    before, _ = build_generation(archive, "none", lambda *_: None, lambda line: None, workers=0)

    def killed(*_: object) -> int:
        raise BrokenExecutor

    monkeypatch.setattr(building, "build_suggestions", killed)
    with pytest.raises(BuildError, match="--workers 1"):
        build_generation(archive, "none", lambda *_: None, lambda line: None)
    assert archive.current_generation() == before


def quietly_built(archive: Archive) -> Path:
    return build_generation(archive, "none", lambda *_: None, lambda line: None, workers=0)[0]


@pytest.mark.parametrize("damage", ["", "garbage", "20200101T000000Z-000", None])
def test_a_build_mends_an_archive_that_lost_what_is_in_use(
    tmp_path: Path, damage: str | None
) -> None:
    archive = archive_of(tmp_path, *ARTICLES)
    quietly_built(archive)
    if damage is None:
        shutil.rmtree(archive.generations)
    else:
        (tmp_path / "CURRENT").write_text(damage)
    assert quietly_built(archive) == archive.current_generation()


def test_a_build_on_a_full_disk_gives_its_room_back_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, *ARTICLES)
    before = quietly_built(archive)

    def fill(folder: Path, *_: object, **__: object) -> None:
        (folder / "half").write_bytes(b"x" * 1_000)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / "half"))

    monkeypatch.setattr(completion, "write_record", fill)
    with pytest.raises(BuildError, match=r"No space left on device.*stays in use") as raised:
        quietly_built(archive)
    assert "\n" not in str(raised.value)
    assert archive.current_generation() == before
    assert [path.name for path in archive.generations.iterdir()] == [before.name]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_the_workers_of_a_killed_build_end_with_it(tmp_path: Path) -> None:
    articles = [Article(f"a{n:04d}", f"Is claim {n} true?", f"Text {n}.") for n in range(400)]
    archive = archive_of(tmp_path, *articles)
    script = (
        "import sys, pathlib\n"
        "from api.pipeline.build import build_generation\n"
        "from corpus.storage.archive import Archive\n"
        "if __name__ == '__main__':\n"
        "    quiet = lambda *_: None\n"
        "    build_generation(Archive(pathlib.Path(sys.argv[1])), 'none', quiet, quiet, 2)\n"
    )
    program = tmp_path / "program.py"
    program.write_text(script)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    build = subprocess.Popen([sys.executable, program, archive.folder], env=environment)
    workers = wait_for_workers(build, 2)
    build.kill()
    build.wait()
    deadline = time.monotonic() + 10
    while alive := [pid for pid in workers if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)


def wait_for_workers(build: subprocess.Popen[bytes], n: int) -> list[str]:
    """Return the process ids of the workers of ``build`` once there are ``n``."""
    children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    deadline = time.monotonic() + 120
    while True:
        assert build.poll() is None
        assert time.monotonic() < deadline
        found = [
            pid
            for pid in children.read_text().split()
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        if len(found) >= n:
            time.sleep(1.0)  # that they have begun to wait for work
            return children.read_text().split()
        time.sleep(0.05)
