"""A run is written once, complete, with scores that fall strictly with the ranks."""

from __future__ import annotations

from pathlib import Path

from index.evaluation.trec_run import write_run


def test_equal_scores_are_lowered_and_other_scores_stay(tmp_path: Path) -> None:
    run = tmp_path / "run.txt"
    ranking = [("a odd id", 2.5), ("b", 2.5), ("c", 2.5), ("d", -1.0)]
    write_run(run, {"q": ranking, "r": [("a", 9.0)], "s": []})
    assert run.read_text(encoding="utf-8").splitlines() == [
        "q Q0 a odd id 1 2.500000 divedeeper",
        "q Q0 b 2 2.499999 divedeeper",
        "q Q0 c 3 2.499998 divedeeper",
        "q Q0 d 4 -1.000000 divedeeper",
        "r Q0 a 1 9.000000 divedeeper",
    ]


def test_a_run_replaces_the_one_before_and_leaves_nothing_else(tmp_path: Path) -> None:
    run = tmp_path / "run.txt"
    run.write_text("old", encoding="utf-8")
    write_run(run, {})
    assert run.read_text(encoding="utf-8") == ""
    assert [path.name for path in tmp_path.iterdir()] == ["run.txt"]
