"""Commands that look after an archive: what they print, and their exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.api.cli.program import Run


@pytest.fixture
def archive(sample_archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_archive, tmp_path / "archive"))


def test_generations_are_listed_with_the_one_in_use_first(archive: Path, run: Run) -> None:
    run("build", "--archive", archive)
    rows = run("generations", "--archive", archive, "--json").json["generations"]
    assert [row["in_use"] for row in rows] == [True, False]
    assert rows[0]["generation"] > rows[1]["generation"]
    run("rollback", "--archive", archive)
    ran = run("generations", "--archive", archive)
    assert ran.out.startswith(rows[1]["generation"])
    assert "in use" in ran.out.splitlines()[0]


def test_backup_restore_build_and_the_same_search(archive: Path, tmp_path: Path, run: Run) -> None:
    (archive / "bans.txt").write_text("# nothing yet\n")
    assert run("backup", tmp_path / "backup", "--archive", archive).code == 0
    other = tmp_path / "other"
    ran = run("restore", tmp_path / "backup", "--archive", other)
    assert ran.code == 0
    assert "divedeeper build" in ran.err
    assert (other / "bans.txt").exists()
    assert run("build", "--archive", other).code == 0
    found, again = (run("search", "goldfish", "--archive", a, "--json") for a in (archive, other))
    assert [hit["id"] for hit in found.json] == [hit["id"] for hit in again.json] != []
    refused = run("restore", tmp_path / "backup", "--archive", other)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "--replace" in refused.err


def test_verify_is_0_for_a_whole_archive_and_1_with_a_remedy_for_a_damaged_one(
    archive: Path, run: Run
) -> None:
    assert run("verify", "--archive", archive).code == 0
    [folder] = (archive / "generations").iterdir()
    bounds = folder / "forward.bounds.npy"
    bounds = bounds if bounds.exists() else next(folder.glob("*bounds*"))
    content = bytearray(bounds.read_bytes())
    content[-1] ^= 1
    bounds.write_bytes(content)
    ran = run("verify", "--archive", archive)
    assert ran.code == 1
    assert bounds.name in ran.err
    assert "divedeeper build" in ran.err
    assert run("verify", "--archive", archive, "--json").json["problems"][0]["stops"]


def test_doctor_is_1_where_a_step_is_missing(archive: Path, tmp_path: Path, run: Run) -> None:
    assert run("doctor", "--archive", archive).code == 0
    shutil.rmtree(archive / "generations")
    ran = run("doctor", "--archive", archive)
    assert ran.code == 1
    assert "FAULT" in ran.out


def test_an_archive_that_is_a_file_is_one_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").touch()
    for command in (["search", "x"], ["build"], ["doctor"], ["verify"], ["generations"]):
        ran = run(*command, "--archive", tmp_path / "file")
        assert ran.code == 1
        assert ran.err.count("\n") == 1, ran.err
        assert "Not a directory" in ran.err
