"""The command line: from files to answers, and clear words when something is missing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from api.cli.main import main
from api.cli.output import Failure
from api.cli.query import near_ids
from api.cli.serve import listen
from api.pipeline.ingest import SAMPLE
from recommender.questions.equivalence import repetition

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-c", "from api.cli.main import main; main()"]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.count("\n") == 1, self.out  # one value on one line, nothing else
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in [n for n in os.environ if n.startswith("DIVEDEEPER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DIVEDEEPER_ENCODER", "none")

    def run(*arguments: object) -> Ran:
        code = _code([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def _code(arguments: Sequence[str]) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    assert _code(["ingest", str(SAMPLE), "--archive", str(folder)]) == 0
    assert _code(["build", "--archive", str(folder), "--encoder", "none"]) == 0
    return folder


def test_every_sample_article_has_five_questions_that_differ(archive: Path, run: Run) -> None:
    pages = sorted(SAMPLE.glob("*.txt"))
    assert len(pages) >= 60
    for page in pages[::12]:
        found = run("questions", page.stem, "--archive", archive, "--json").json
        texts = [row["text"] for row in found]
        assert len(texts) == 5
        assert not any(repetition(a, b) for a in texts for b in texts if a < b)


def test_search_finds_the_check_with_words_given_one_by_one_or_as_one(
    archive: Path, run: Run
) -> None:
    for words in (["carrots eyesight"], ["carrots", "eyesight"]):
        found = run("search", *words, "--archive", archive, "--json").json
        assert found[0]["id"] == "carrots-and-night-vision"


def test_explained_contributions_add_up_to_the_score(archive: Path, run: Run) -> None:
    found = run("search", "carrots eyesight", "--explain", "--archive", archive, "--json").json
    for hit in found:
        assert sum(hit["contributions"].values()) == pytest.approx(hit["score"], abs=1e-3)


def test_the_explained_table_shows_every_share_and_their_sum(archive: Path, run: Run) -> None:
    place = ["--archive", archive, "--limit", 1]
    hit = run("search", "carrots eyesight", "--explain", "--json", *place).json[0]
    shown = run("search", "carrots eyesight", "--explain", *place).out
    rows = [line.split() for line in shown.splitlines() if "   " in line]
    for name, share in hit["contributions"].items():
        if share:
            assert [*name.split(), f"{share:+.4f}"] in [[*r[:-2], r[-1]] for r in rows], name
    assert f"{sum(hit['contributions'].values()):+.4f}" in shown.split("sum = score")[1]


def test_an_unknown_article_is_an_error_that_names_near_ones(archive: Path, run: Run) -> None:
    for command in ("related", "questions"):
        ran = run(command, "are-bats-blnd", "--archive", archive)
        assert ran.code == 1 and ran.out == ""
        assert "Did you mean are-bats-blind" in ran.err
    assert "divedeeper search" in run("related", "zzzz", "--archive", archive).err


def test_near_ids_are_the_likest_first_and_none_where_nothing_is_like() -> None:
    assert near_ids("tea-dry", ["coffee", "tea-dries-you-out", "tea-dry-2"])[0] == "tea-dry-2"
    assert near_ids("qqqq", ["coffee", "tea"]) == []


def test_an_article_that_is_not_indexed_yet_is_told_from_an_unknown_one(
    tmp_path: Path, run: Run
) -> None:
    place = ["--archive", tmp_path / "archive"]
    assert run("ingest", _lines(tmp_path / "a.jsonl", "a"), *place).code == 0
    assert run("build", *place).code == 0
    assert run("ingest", _lines(tmp_path / "b.jsonl", "b"), *place).code == 0
    assert "Run `divedeeper build`" in run("related", "b", *place).err


def test_bad_records_are_named_and_the_exit_code_says_so(tmp_path: Path, run: Run) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\n{"id": "b", "headline": "Is b fine?"}\n', encoding="utf-8")
    ran = run("ingest", bad, "--archive", tmp_path / "archive")
    assert ran.code == 1
    assert "bad.jsonl:1" in ran.err
    assert "1 added" in ran.out and "1 bad record skipped" in ran.out
    ran = run("ingest", bad, "--archive", tmp_path / "archive", "--json")
    assert ran.code == 1
    assert (ran.json["unchanged"], ran.json["bad"], ran.json["articles"]) == (1, 1, 1)
    assert ran.json["bad_records"][0]["line"] == 1 and ran.json["bad_records"][0]["remedy"]


def test_ingest_reports_each_path_and_says_when_a_build_is_needed(tmp_path: Path, run: Run) -> None:
    place = ["--archive", tmp_path / "archive"]
    one, two = _lines(tmp_path / "one.jsonl", "a", "b"), _lines(tmp_path / "two.jsonl", "c")
    ran = run("ingest", one, two, *place)
    assert "one.jsonl: 2 added" in ran.out and "two.jsonl: 1 added" in ran.out
    assert "divedeeper build" in ran.err
    built = run("build", *place, "--json").json
    assert built["articles"] == 3 and built["index_bytes"] > 0 and built["encoder"] == ""
    again = run("ingest", one, *place, "--json").json
    assert again["build_needed"] is False
    assert [p["unchanged"] for p in again["paths"]] == [2]
    _lines(one, "a", "d")
    assert run("ingest", one, *place, "--json").json["build_needed"] is True


def test_without_archive_index_or_articles_the_answer_is_what_to_do(
    tmp_path: Path, run: Run
) -> None:
    nowhere = ["--archive", tmp_path / "nowhere"]
    for command in (["search", "x"], ["questions", "x"], ["related", "x"], ["build"]):
        ran = run(*command, *nowhere)
        assert ran.code == 1 and ran.out == ""
        assert ran.err.count("\n") == 1 and "ingest" in ran.err.lower()
    assert not (tmp_path / "nowhere").exists()  # reading makes nothing
    empty = _lines(tmp_path / "empty.jsonl")
    run("ingest", empty, "--archive", tmp_path / "empty")
    ran = run("build", "--archive", tmp_path / "empty")
    assert ran.code == 1 and "no published article" in ran.err


def test_the_version_is_told(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0 and ran.out == f"divedeeper {version('divedeeper')}\n"


def test_a_wrong_call_has_exit_code_2(archive: Path, run: Run, monkeypatch: Any) -> None:
    assert run("search").code == 2
    assert run("search", "x", "--limit", "0", "--archive", archive).code == 2
    assert run("nonsense").code == 2
    monkeypatch.setenv("DIVEDEEPER_PORT", "many")
    ran = run("search", "x", "--archive", archive)
    assert ran.code == 2 and "DIVEDEEPER_PORT" in ran.err and "many" in ran.err


def test_the_archive_of_the_environment_may_begin_with_the_home_sign(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(archive.parent))
    monkeypatch.setenv("DIVEDEEPER_ARCHIVE", f"~/{archive.name}")
    assert run("search", "carrots", "--json").json
    monkeypatch.delenv("DIVEDEEPER_ARCHIVE")
    assert run("search", "carrots", "--json", "--archive", f"~/{archive.name}").json


def test_a_port_in_use_is_one_clear_line(archive: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", "--archive", archive, "--port", port)
    assert ran.code == 1
    assert ran.err.count("\n") == 1 and str(port) in ran.err and "--port" in ran.err


def test_an_unknown_host_is_a_failure_with_a_remedy() -> None:
    with pytest.raises(Failure, match=r"127\.0\.0\.1"):
        listen("no such host", 0)


def test_a_reader_that_goes_away_is_no_error(archive: Path) -> None:
    command = [*PROGRAM, "search", "is it true", "--limit", "100", "--archive", str(archive)]
    environment = os.environ | {"DIVEDEEPER_ENCODER": "none"}
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert "Traceback" not in ran.stderr and "Broken" not in ran.stderr


@pytest.mark.slow
def test_serve_says_each_step_answers_and_stops_quietly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "archive"
    environment = os.environ | {
        "DIVEDEEPER_ARCHIVE": str(folder),
        "DIVEDEEPER_PORT": str(port),
        "DIVEDEEPER_ENCODER": "none",
        "DIVEDEEPER_LOG_LEVEL": "warning",
    }
    server = subprocess.Popen(
        [*PROGRAM, "serve"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        address = f"http://127.0.0.1:{port}/v1/articles/are-bats-blind/questions"
        for _ in range(300):
            try:
                with urllib.request.urlopen(address) as answer:
                    found = json.load(answer)
                break
            except OSError:
                assert server.poll() is None
                time.sleep(0.1)
        assert len(found["questions"]) == 5
    finally:
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=30)
    assert server.returncode == 0 and "Traceback" not in told
    for step in (str(folder), "encoder: none", "sample archive", "Building", f":{port}"):
        assert step in told


def _lines(path: Path, *ids: str) -> Path:
    """Write one small article for each id."""
    rows = (json.dumps({"id": id, "headline": f"Is {id} really so?"}) + "\n" for id in ids)
    path.write_text("".join(rows), encoding="utf-8")
    return path
