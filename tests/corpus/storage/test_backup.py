"""Backup and restore: what was written comes back whole, and nothing else is accepted."""

from __future__ import annotations

import io
import json
import tarfile
import threading
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from corpus.models import Article
from corpus.storage.archive import Archive
from corpus.storage.backup import restore_backup, write_backup
from corpus.storage.store import Store


def article(id: str) -> Article:
    return Article(id, f"Is {id} really so?", summary="It is not, and never was.")


def archive_with(folder: Path, n: int) -> Archive:
    place = Archive(folder)
    with Store.open(place.store_path) as store:
        store.put(article(f"check-{i:03d}") for i in range(n))
    return place


def content(place: Archive) -> str:
    with Store.open(place.store_path, read_only=True) as store:
        return store.content_hash()


def test_a_restored_archive_has_every_article_and_every_file_of_the_operator(
    tmp_path: Path,
) -> None:
    place = archive_with(tmp_path / "old", 5)
    (place.folder / "bans.txt").write_text("article: check-001\n")
    (place.folder / "CURRENT").write_text("what a build makes again")
    made = write_backup(place, tmp_path / "backup")
    assert (made.articles, made.sequence, made.files) == (5, 5, ("bans.txt",))
    new = Archive(tmp_path / "new")
    restored = restore_backup(tmp_path / "backup", new)
    assert restored == made
    assert content(new) == content(place)
    assert (new.folder / "bans.txt").read_text() == "article: check-001\n"
    assert new.current_generation() is None
    assert not list(new.folder.glob("*.tmp"))


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    place = archive_with(tmp_path / "archive", 1)
    stop = threading.Event()

    def write() -> None:
        with Store.open(place.store_path) as store:
            n = 0
            while not stop.is_set():  # two articles in one transaction: both or none
                store.put([article(f"left-{n}"), article(f"right-{n}")])
                n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [write_backup(place, tmp_path / f"backup-{n}").articles for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert all(count % 2 for count in counts)
    assert counts == sorted(counts)


def test_an_archive_is_replaced_only_where_that_is_said_and_its_store_is_kept(
    tmp_path: Path,
) -> None:
    write_backup(archive_with(tmp_path / "small", 2), tmp_path / "backup")
    large = archive_with(tmp_path / "large", 9)
    before = content(large)
    with large.writer_lock():
        large.publish(large.new_generation())
    with pytest.raises(ArchiveError, match="--replace"):
        restore_backup(tmp_path / "backup", large)
    assert content(large) == before
    restore_backup(tmp_path / "backup", large, replace=True)
    with Store.open(large.store_path) as store:
        assert len(store) == 2
    assert large.current_generation() is None
    with Store.open(large.folder / "archive.sqlite.before-restore") as store:
        assert store.content_hash() == before


def test_a_backup_does_not_overwrite_a_file(tmp_path: Path) -> None:
    place = archive_with(tmp_path / "archive", 1)
    (tmp_path / "backup").write_text("precious")
    with pytest.raises(ArchiveError, match="is there already"):
        write_backup(place, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "precious"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_backup_cut_short_changes_nothing(tmp_path: Path, share: float) -> None:
    place = archive_with(tmp_path / "archive", 50)
    whole = tmp_path / "backup"
    write_backup(place, whole)
    cut = tmp_path / "cut"
    cut.write_bytes(whole.read_bytes()[: int(share * whole.stat().st_size)])
    before = content(place)
    with pytest.raises(ArchiveError, match="not a whole backup"):
        restore_backup(cut, place, replace=True)
    assert content(place) == before
    with pytest.raises(ArchiveError, match="no such file"):
        restore_backup(tmp_path / "nothing", place, replace=True)


@pytest.mark.parametrize("name", ["../outside", "/outside", "deep/inside", "CURRENT", "LOCK"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    place = archive_with(tmp_path / "archive", 1)
    backup = tmp_path / "backup"
    write_backup(place, backup)
    with tarfile.open(backup) as tar:
        parts = {m.name: tar.extractfile(m).read() for m in tar}  # type: ignore[union-attr]
    head = json.loads(parts.pop("backup.json"))
    head["files"][name] = "0" * 64
    with tarfile.open(backup, "w:gz") as tar:
        for part, data in {"backup.json": json.dumps(head).encode(), **parts, name: b"x"}.items():
            member = tarfile.TarInfo(part)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    with pytest.raises(ArchiveError, match="not a whole backup"):
        restore_backup(backup, Archive(tmp_path / "new"))
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "new" / "archive.sqlite").exists()
