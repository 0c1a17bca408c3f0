"""Proofs that are too long for CI: what stops them, and what they write."""

from __future__ import annotations

import pytest

from benchmarks import proofs


def test_kills_go_on_until_enough_were_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "MIN_KILLS", 20)
    monkeypatch.setattr(proofs, "run_tests", lambda *_: {"passed": 8, "exit code": 0})
    rows = proofs.kills()
    assert [row["round"] for row in rows] == [1, 2, 3]


def test_kills_stop_at_the_first_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "run_tests", lambda *_: {"failed": 1, "exit code": 1})
    assert len(proofs.kills()) == 1


def test_a_run_says_how_many_tests_passed_and_how_long_they_took() -> None:
    row = proofs.run_tests("tests/corpus/test_verdicts.py")
    assert row["exit code"] == 0
    assert isinstance(row["passed"], int)
    assert row["passed"] > 2
    assert isinstance(row["seconds"], float)
