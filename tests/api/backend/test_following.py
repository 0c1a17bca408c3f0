"""A server follows the generation in use, and outlives one that cannot be used."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from api.backend.following import FollowingBackend
from api.backend.protocol import Backend, BackendStatus
from corpus.errors import ArchiveError
from corpus.storage.archive import Archive
from tests.api.fake_backend import FakeBackend


class OneGeneration(FakeBackend):
    """A fake backend that says which generation it is of."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def status(self) -> BackendStatus:
        return BackendStatus(1, 1, self.folder.name, ready=True)


def publish(archive: Archive, content: str = "good") -> Path:
    with archive.writer_lock():
        folder = archive.new_generation()
        (folder / "content").write_text(content)
        return archive.publish(folder)


def open_generation(folder: Path) -> Backend:
    if (folder / "content").read_text() != "good":
        raise ArchiveError(f"{folder}: is damaged")
    return OneGeneration(folder)


def served(backend: Backend) -> str:
    return backend.status().generation


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_new_generation_is_served_without_a_restart_and_a_rollback_too(tmp_path: Path) -> None:
    archive, said = Archive(tmp_path), list[str]()
    first = publish(archive)
    backend = FollowingBackend(archive, open_generation, said.append)
    assert served(backend) == first.name
    assert not said
    second = publish(archive)
    backend.start()
    try:
        wait_until(lambda: served(backend) == second.name)
        with archive.writer_lock():
            archive.rollback()
        wait_until(lambda: served(backend) == first.name)
    finally:
        backend.stop()
    assert [first.name in line or second.name in line for line in said] == [True, True]


def test_a_request_keeps_the_generation_that_it_began_with(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = publish(archive)
    backend = FollowingBackend(archive, open_generation, lambda _: None)
    pinned = backend.pinned()
    second = publish(archive)
    assert backend.follow()
    assert (served(pinned), served(backend)) == (first.name, second.name)


def test_a_damaged_generation_is_left_out_with_one_message_and_the_next_is_taken(
    tmp_path: Path,
) -> None:
    archive, said = Archive(tmp_path), list[str]()
    first = publish(archive)
    backend = FollowingBackend(archive, open_generation, said.append)
    damaged = publish(archive, "flipped")
    for _ in range(3):
        assert not backend.follow()
    assert served(backend) == first.name
    assert [damaged.name in line and first.name in line for line in said] == [True]
    status = backend.status()
    assert status.ready
    assert status.message
    assert str(tmp_path) not in status.message  # names of files are for the log
    third = publish(archive)
    assert backend.follow()
    assert (served(backend), backend.status().message) == (third.name, "")


@pytest.mark.parametrize("current", ["", "garbage", "../../etc", "20200101T000000Z-000"])
def test_a_start_finds_a_whole_generation_whatever_current_says(
    tmp_path: Path, current: str
) -> None:
    archive, said = Archive(tmp_path), list[str]()
    publish(archive)
    last = publish(archive)
    (tmp_path / "CURRENT").write_text(current)
    assert served(FollowingBackend(archive, open_generation, said.append)) == last.name
    assert [last.name in line for line in said] == [True]


def test_a_start_with_a_damaged_one_serves_the_one_before(tmp_path: Path) -> None:
    archive, said = Archive(tmp_path), list[str]()
    first = publish(archive)
    publish(archive, "flipped")
    assert served(FollowingBackend(archive, open_generation, said.append)) == first.name
    assert "instead" in said[0]


def test_without_a_usable_generation_the_first_reason_is_given(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(ArchiveError, match="divedeeper build"):
        FollowingBackend(archive, open_generation, lambda _: None)
    publish(archive, "flipped")
    with pytest.raises(ArchiveError, match="is damaged"):
        FollowingBackend(archive, open_generation, lambda _: None)


def test_an_unforeseen_fault_of_opening_does_not_end_the_following(tmp_path: Path) -> None:
    archive, said = Archive(tmp_path), list[str]()
    publish(archive)
    fail = False

    def open_or_fail(folder: Path) -> Backend:
        if fail:
            raise MemoryError
        return open_generation(folder)

    backend = FollowingBackend(archive, open_or_fail, said.append)
    fail = True
    publish(archive)
    backend.start()
    try:
        wait_until(lambda: any("MemoryError" in line for line in said))
        fail = False
        last = publish(archive)
        wait_until(lambda: served(backend) == last.name)
    finally:
        backend.stop()
