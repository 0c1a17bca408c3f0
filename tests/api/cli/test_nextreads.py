"""`divedeeper evaluate nextreads` and `train nextreads` on grades of our own over the sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.related.next_read_model import NextReadModel
from tests.api.cli.program import Run

HEAD = "source-id\tarticle-id\tgrade\ttwin\n"
GRADES = {
    "great-wall-visible-from-orbit": {
        "great-wall-visible-from-the-moon": 3,
        "apollo-photos-shadows-and-stars": 1,
        "spinach-and-iron": 0,
    },
    "penny-production-cost-2024": {"penny-production-cost-2026": 3, "napoleon-height": 0},
    "are-bats-blind": {"goldfish-three-second-memory": 1, "honey-for-babies": 0},
}


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    (tmp_path / "graded" / "qrels").mkdir(parents=True)
    rows = [f"{s}\t{a}\t{grade}\t0\n" for s, of in GRADES.items() for a, grade in of.items()]
    (tmp_path / "graded" / "qrels" / "dev.tsv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return tmp_path / "graded"


def test_every_figure_has_its_interval(run: Run, graded: Path, sample_archive: Path) -> None:
    ran = run("evaluate", "nextreads", graded, "--archive", sample_archive, "--json")
    assert ran.code == 0, ran.err
    found = ran.json
    assert (found["split"], found["sources"]) == ("dev", 3)
    for name in ("related", "related as planned beside the questions"):
        assert set(found[name]) >= {"nDCG@5", "mean grade", "strangers", "ungraded"}
    assert set(found["questions"]) == {
        "places filled",
        "mean grade",
        "strangers",
        "graded 0",
        "twins",
        "ungraded",
    }
    for estimate in found["questions"].values():
        assert estimate["low"] <= estimate["mean"] <= estimate["high"]
    assert found["related"]["nDCG@5"]["mean"] > 0.5


def test_people_read_the_lists_one_after_the_other(
    run: Run, graded: Path, sample_archive: Path
) -> None:
    ran = run("evaluate", "nextreads", graded, "--archive", sample_archive)
    assert ran.code == 0
    assert ran.out.startswith("3 sources of the split dev")
    assert "places filled" in ran.out


def test_a_run_holds_what_the_page_shows(
    run: Run, graded: Path, sample_archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "run.jsonl"
    ran = run("evaluate", "nextreads", graded, "--archive", sample_archive, "--run", file)
    assert ran.code == 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["source"] for line in lines] == list(GRADES)
    assert lines[0]["related"][0] == "great-wall-visible-from-the-moon"
    assert {q["origin"] for line in lines for q in line["questions"]} <= {"own", "archive"}
    targets = [q["article"] for q in lines[0]["questions"] if q["article"]]
    assert not set(targets) & set(lines[0]["related_beside_questions"])


def test_sources_that_nobody_graded_are_written_and_not_scored(
    run: Run, sample_archive: Path, tmp_path: Path
) -> None:
    ids, file = tmp_path / "ids.txt", tmp_path / "run.jsonl"
    ids.write_text("napoleon-height\n\nspinach-and-iron\nnapoleon-height\n", encoding="utf-8")
    arguments = ("evaluate", "nextreads", tmp_path, "--archive", sample_archive)
    ran = run(*arguments, "--sources", ids, "--run", file, "--json")
    assert ran.code == 0, ran.err
    assert ran.json == {"sources": 2, "run": str(file)}
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2


def test_what_cannot_be_measured_is_said(run: Run, graded: Path, sample_archive: Path) -> None:
    arguments = ("evaluate", "nextreads", graded, "--archive", sample_archive)
    missing = run(*arguments, "--split", "test")
    assert missing.code == 1
    assert "test.tsv is missing" in missing.err
    ids = graded / "ids.txt"
    ids.write_text("nowhere\n", encoding="utf-8")
    assert "with --run" in run(*arguments, "--sources", ids).err
    unknown = run(*arguments, "--sources", ids, "--run", graded / "run.jsonl")
    assert unknown.code == 1
    assert "no published article 'nowhere'" in unknown.err
    ids.write_text("\n", encoding="utf-8")
    gone = run(*arguments, "--sources", graded / "gone.txt", "--run", graded / "r")
    assert "gone.txt is missing" in gone.err
    assert "names no article" in run(*arguments, "--sources", ids, "--run", graded / "r").err
    assert "does not exist" in run(*arguments, "--run", graded / "none" / "run.jsonl").err
    assert "no index yet" in run("evaluate", "nextreads", graded, "--archive", graded).err


def test_weights_are_learned_and_read_again(
    run: Run, graded: Path, sample_archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "next-reads-terms.json"
    arguments = ("train", "nextreads", graded, "--archive", sample_archive)
    ran = run(*arguments, "--out", out, "--json")
    assert ran.code == 0, ran.err
    found = ran.json
    assert (found["sources"], found["pairs"], found["out"]) == (3, 7, str(out))
    assert set(found["related"]) >= {"nDCG@5", "strangers"}
    assert list(found["questions"]) == ["0.3", "0.35", "0.4", "0.45", "0.5", "0.55", "0.6"]
    measured = json.loads(out.read_text(encoding="utf-8"))["measured"]
    assert measured["nDCG@5, cross-fitted"] == found["related"]["nDCG@5"]["mean"]
    assert NextReadModel.load("terms", tmp_path).measured["pairs"] == 7
    shown = run(*arguments)
    assert "questions from a probability of 0.30" in shown.out


def test_what_cannot_be_learned_from_is_said(
    run: Run, graded: Path, sample_archive: Path, tmp_path: Path
) -> None:
    arguments = ("train", "nextreads", graded, "--archive", sample_archive)
    assert "does not exist" in run(*arguments, "--out", tmp_path / "none" / "w.json").err
    assert "train.tsv is missing" in run(*arguments, "--split", "train").err
    with (graded / "qrels" / "dev.tsv").open("a", encoding="utf-8") as file:
        file.write("are-bats-blind\tnowhere\t0\t0\n")
    ran = run(*arguments)
    assert ran.code == 1
    assert "no published article 'nowhere'" in ran.err
