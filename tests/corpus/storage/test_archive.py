import mmap
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import ArchiveError
from corpus.storage.archive import Archive

ROOT = Path(__file__).parents[3]


def build(archive: Archive, content: str) -> Path:
    """Publish a generation that holds ``content``; the caller holds the lock."""
    path = archive.new_generation()
    (path / "deep").mkdir()
    (path / "deep" / "words.json").write_text(content)
    return archive.publish(path)


def content(path: Path | None) -> str:
    assert path is not None
    return (path / "deep" / "words.json").read_text()


def names(archive: Archive) -> list[str]:
    return sorted(path.name for path in archive.generations.iterdir())


def test_looking_at_a_folder_creates_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none")
    assert archive.current_generation() is None
    assert archive.store_path == tmp_path / "none" / "archive.sqlite"
    assert not archive.folder.exists()


def test_a_published_generation_is_the_current_one_for_everybody(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        path = archive.new_generation()
        assert list(path.iterdir()) == []
        assert archive.current_generation() is None
        published = archive.publish(path)
    assert published == archive.current_generation() == Archive(tmp_path).current_generation()
    assert published.parent == archive.generations
    assert not path.exists()


def test_the_one_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        paths = [build(archive, str(n)) for n in range(4)]
    assert names(archive) == [p.name for p in paths[2:]]
    assert content(archive.current_generation()) == "3"


def test_rollback_changes_places_and_the_bad_one_goes_with_the_next(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        build(archive, "good")
        build(archive, "bad")
        assert content(archive.rollback()) == content(archive.current_generation()) == "good"
        assert content(archive.rollback()) == content(archive.current_generation()) == "bad"
        archive.rollback()
        build(archive, "better")
        assert len(names(archive)) == 2
        assert content(archive.rollback()) == "good"


def test_rollback_without_an_earlier_generation_says_so(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        with pytest.raises(ArchiveError, match="no earlier generation"):
            archive.rollback()
        build(archive, "only")
        with pytest.raises(ArchiveError, match="no earlier generation"):
            archive.rollback()
    assert content(archive.current_generation()) == "only"


def test_a_mapped_generation_outlives_its_removal(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        old = build(archive, "old words")
        with (old / "deep" / "words.json").open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        build(archive, "new")
        build(archive, "newer")
    assert not old.exists()
    assert mapped[:] == b"old words"
    mapped.close()


def test_names_ascend_though_the_clock_goes_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (archive.generations / "29991231T235959Z-007").mkdir(parents=True)
    with archive.writer_lock():
        first, second = archive.new_generation(), archive.new_generation()
    assert [first.name, second.name] == ["29991231T235959Z-008.tmp", "29991231T235959Z-009.tmp"]


def test_generations_change_only_under_the_lock(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        path = archive.new_generation()
    for change in (archive.new_generation, archive.rollback, lambda: archive.publish(path)):
        with pytest.raises(ArchiveError, match="only within writer_lock"):
            change()


def test_only_a_generation_under_construction_is_published(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        done = build(archive, "done")
        for path in (done, tmp_path, archive.generations / "20200101T000000Z-000.tmp"):
            with pytest.raises(ArchiveError, match="not a generation under construction"):
                archive.publish(path)


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from corpus.storage.archive import Archive\n"
        "with Archive(Path(sys.argv[1])).writer_lock():\n"
        "    print('locked', flush=True); sys.stdin.read()\n"
    )
    archive = Archive(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "locked\n"
        for _ in range(2):  # the second writer must not erase the pid of the first
            with (
                pytest.raises(ArchiveError, match=rf"process {writer.pid}\b"),
                archive.writer_lock(),
            ):
                pass
        os.kill(writer.pid, signal.SIGKILL)
    with archive.writer_lock():
        build(archive, "the lock died with its holder")
    with archive.writer_lock():
        pass


def test_leftovers_of_a_crash_go_and_everything_else_stays(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        kept = [build(archive, "one").name, build(archive, "two").name]
    for name in ("20200101T000000Z-000.tmp", "20200101T000001Z-000", "notes"):
        (archive.generations / name).mkdir()
        (archive.generations / name / "file").write_text("x")
    for name in ("CURRENT.4711.tmp", "FORMAT.4711.tmp", "notes.tmp"):
        (tmp_path / name).write_text("x")
    with archive.writer_lock():
        assert names(archive) == sorted([*kept, "notes"])
        assert [path.name for path in tmp_path.glob("*.tmp")] == ["notes.tmp"]


def test_a_lost_pointer_does_not_cost_the_generations(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        kept = build(archive, "kept")
    (tmp_path / "CURRENT").unlink()
    with archive.writer_lock():
        assert kept.exists()
        (tmp_path / "CURRENT").write_text(kept.name)
    assert content(archive.current_generation()) == "kept"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("20200101T000000Z-000\n", "is not there. Build"),
        ("../../etc", "does not hold the name"),
        ("", "does not hold the name"),
        ("\xff\x00", "does not hold the name"),
    ],
)
def test_a_bad_pointer_is_reported_and_a_new_build_mends_it(
    tmp_path: Path, text: str, message: str
) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        build(archive, "old")
        (tmp_path / "CURRENT").write_text(text)
        with pytest.raises(ArchiveError, match=message):
            archive.current_generation()
        build(archive, "new")
    assert content(archive.current_generation()) == "new"


def test_an_unknown_layout_is_refused_with_the_remedy(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        pass
    (tmp_path / "FORMAT").write_text("2\n")
    with pytest.raises(ArchiveError, match=r"layout '2' is unknown.*Install"):
        Archive(tmp_path)


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from corpus.storage.archive import Archive

archive, step, calls = Archive(Path(sys.argv[1])), sys.argv[2], []

def deadly(module, name):
    original = getattr(module, name)
    def call(*args, **kwargs):
        calls.append(name)
        if f"{name} {calls.count(name)}" == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)
    setattr(module, name, call)

with archive.writer_lock():
    path = archive.new_generation()
    (path / "deep").mkdir()
    (path / "deep" / "words.json").write_text("third")
    for module, name in ((os, "fsync"), (os, "rename"), (os, "replace"), (shutil, "rmtree")):
        deadly(module, name)
    archive.publish(path)
"""


@pytest.mark.parametrize(
    ("step", "current"),
    [
        ("fsync 1", "second"),  # nothing of the new generation is on disk yet
        ("rename 1", "second"),  # on disk, still under its working name
        ("fsync 4", "second"),  # under its final name, which nothing points to
        ("replace 1", "second"),  # the new pointer is written, not yet renamed
        ("rename 2", "third"),  # switched; the oldest is still there
        ("rmtree 1", "third"),  # the oldest is about to be removed
    ],
)
def test_killed_while_publishing_the_old_or_the_new_generation_is_whole(
    tmp_path: Path, step: str, current: str
) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        build(archive, "first")
        build(archive, "second")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), step], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert content(archive.current_generation()) == current
    with archive.writer_lock():
        assert len(names(archive)) == 2
        assert content(archive.current_generation()) == current
        build(archive, "fourth")
        assert content(archive.rollback()) == current


def test_a_thousand_generations_of_one_second_keep_their_order(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (archive.generations / "29991231T235959Z-999").mkdir(parents=True)
    with archive.writer_lock():
        first = archive.publish(archive.new_generation())
        second = archive.publish(archive.new_generation())
    assert [first.name, second.name] == ["29991231T235959Z-1000", "29991231T235959Z-1001"]
    assert archive.usable_generations() == [second, first]


def test_usable_generations_begin_with_the_one_in_use(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.usable_generations() == []
    with archive.writer_lock():
        build(archive, "first")
        second, third = build(archive, "second"), build(archive, "third")
        archive.rollback()
        archive.new_generation()
    assert archive.usable_generations() == [second, third]
    for damage in ("", "garbage", "20200101T000000Z-000"):
        (tmp_path / "CURRENT").write_text(damage)
        assert archive.usable_generations() == [third, second]
        assert archive.readable_generation() is None


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file")
    archive = Archive(tmp_path / "other")
    archive.generations = tmp_path / "archive" / "generations"
    with pytest.raises(ArchiveError, match="cannot be written"), archive.writer_lock():
        pass


def test_forgetting_generations_leaves_the_rest(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (tmp_path / "bans.txt").write_text("")
    with archive.writer_lock():
        build(archive, "one")
        archive.forget_generations()
        assert archive.current_generation() is None
        assert archive.usable_generations() == []
        assert content(build(archive, "two")) == "two"
    assert (tmp_path / "bans.txt").exists()


def test_a_generation_in_the_place_of_another_keeps_the_one_before_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with archive.writer_lock():
        first = archive.publish(archive.new_generation())
        second = archive.publish(archive.new_generation())
        third = archive.publish(archive.new_generation(), in_place_of=second)
    assert archive.current_generation() == third
    assert archive.previous_generation() == first
    assert not second.exists()
