"""What the archive holds and serves: articles in and out, and the way back to the build before."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from api.cli.main import main
from corpus.models import Article, Section
from corpus.storage import Archive, Store

ARTICLES = [
    Article("tea-dries-you-out", "Does tea dry you out?", sections=(Section("", "Tea is water."),)),
    Article("bats-are-blind", "Are bats blind?", sections=(Section("", "Bats see well."),)),
    Article("moon-is-hollow", "Is the Moon hollow?", sections=(Section("", "It is solid."),)),
]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def main_code(arguments: list[str]) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    for name in [n for n in os.environ if n.startswith("DIVEDEEPER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DIVEDEEPER_ENCODER", "none")
    monkeypatch.setenv("DIVEDEEPER_ARCHIVE", str(tmp_path / "archive"))

    def run(*arguments: object) -> Ran:
        code = main_code([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive folder with one build of ``ARTICLES``, for copies."""
    folder = tmp_path_factory.mktemp("built")
    with Store.open(Archive(folder).store_path) as store:
        store.put(ARTICLES)
    main_code(["build", "--workers", "0", "--encoder", "none", "--archive", str(folder)])
    return folder


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Archive:
    return Archive(Path(shutil.copytree(built, tmp_path / "archive")))


def stored(archive: Archive) -> list[str]:
    with Store.open(archive.store_path, read_only=True) as store:
        return list(store.ids())


def test_removed_articles_are_gone_and_a_build_is_due(archive: Archive, run: Run) -> None:
    ran = run("remove", "bats-are-blind", "bats-are-blind")
    assert ran.code == 0
    assert "1 removed, 2 articles" in ran.out
    assert "Run `divedeeper build`" in ran.err
    assert stored(archive) == ["moon-is-hollow", "tea-dries-you-out"]
    assert run("build", "--workers", 0).code == 0
    assert run("questions", "bats-are-blind").code == 1


def test_an_unknown_id_is_named_with_near_ones_and_the_rest_is_removed(
    archive: Archive, run: Run
) -> None:
    ran = run("remove", "bats-are-blnd", "moon-is-hollow", "qqqq")
    assert ran.code == 1
    assert "'bats-are-blnd'. Did you mean bats-are-blind" in ran.err
    assert "'qqqq'." in ran.err and ran.err.count("Did you mean") == 1
    assert stored(archive) == ["bats-are-blind", "tea-dries-you-out"]
    values = json.loads(run("remove", "moon-is-hollow", "--json").out)
    assert values["removed"] == 0 and values["articles"] == 2 and values["build_needed"]
    assert values["unknown"] == {"moon-is-hollow": []}


def test_rollback_puts_the_build_before_in_use_and_a_second_one_undoes_it(
    archive: Archive, run: Run
) -> None:
    first = archive.current_generation()
    assert first is not None
    assert run("remove", "bats-are-blind").code == 0
    assert run("build", "--workers", 0).code == 0
    second = archive.current_generation()
    ran = run("rollback")
    assert ran.code == 0
    assert ran.out.startswith(f"{first.name} is in use again, 3 articles")
    assert "Restart" in ran.err and "Run `divedeeper build`" in ran.err
    assert archive.current_generation() == first
    values = json.loads(run("rollback", "--json").out)
    assert values["generation"] == (second.name if second else None)
    assert (values["articles"], values["build_needed"]) == (2, False)
    assert archive.current_generation() == second


def test_rollback_without_an_earlier_build_says_so(archive: Archive, run: Run) -> None:
    before = archive.current_generation()
    ran = run("rollback")
    assert (ran.code, ran.out) == (1, "")
    assert "no earlier generation to go back to" in ran.err
    assert archive.current_generation() == before


def test_a_damaged_earlier_build_is_not_put_in_use(archive: Archive, run: Run) -> None:
    first = archive.current_generation()
    assert first is not None
    assert run("build", "--workers", 0).code == 0
    second = archive.current_generation()
    largest = max(first.iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    ran = run("rollback")
    assert ran.code == 1 and largest.name in ran.err
    assert archive.current_generation() == second


@pytest.mark.parametrize("command", [["rollback"], ["remove", "x"]])
def test_without_an_archive_nothing_is_made(command: list[str], run: Run, tmp_path: Path) -> None:
    ran = run(*command)
    assert ran.code == 1 and "no archive here" in ran.err
    assert not (tmp_path / "archive").exists()
