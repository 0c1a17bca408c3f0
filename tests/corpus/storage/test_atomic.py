"""A write shows the old content or the new, never half of one, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.storage.atomic import atomic_writer, sync_path, sync_tree, write_atomically

KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.storage.atomic import atomic_writer
with atomic_writer(Path(sys.argv[1])) as file:
    file.write(b"new" * 100_000)
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_new_content_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    for text in ("old", "größer \n", ""):
        write_atomically(path, text)
        assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_content_stays_until_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    write_atomically(path, "old")
    with atomic_writer(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_an_error_leaves_the_old_content_and_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    write_atomically(path, "old")
    with pytest.raises(ZeroDivisionError), atomic_writer(path) as file:
        file.write(b"new")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_killed_process_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    write_atomically(path, "old")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment, check=False)
    assert done.returncode == -9
    assert path.read_text() == "old"
    left = [found.name for found in tmp_path.iterdir() if found != path]
    assert len(left) == 1
    assert left[0].startswith("notes.txt.")
    assert left[0].endswith(".tmp")


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "notes.txt", "new")


def test_everything_below_a_folder_is_synced_but_not_what_links_lead_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tree"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "file").write_text("x")
    (folder / "link").symlink_to(tmp_path / "nowhere")
    synced: list[Path] = []

    def record(path: Path) -> None:
        sync_path(path)
        synced.append(path)

    monkeypatch.setattr("corpus.storage.atomic.sync_path", record)
    sync_tree(folder)
    assert sorted(synced) == [folder, folder / "inner", folder / "inner" / "file"]
