"""Metrics of follow-up questions on a folder whose right answers are known by construction."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article
from corpus.progress import Step
from recommender.evaluation.follow_ups import evaluate_follow_ups
from recommender.evaluation.judged_folder import JudgedFolder

THINGS = ("bats", "owls", "foxes")
JUDGED = JudgedFolder(
    [Article(t, f"Do {t} sleep?", summary=f"All {t} do.") for t in THINGS],
    {f"q-{t}": f"What do {t} eat?" for t in THINGS},
    {t: {f"q-{t}": 1} for t in THINGS},
    {t: frozenset({f"q-{THINGS[0]}"} - {f"q-{t}"}) for t in THINGS},
)


@pytest.fixture(autouse=True)
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JudgedFolder, "read", staticmethod(lambda folder: JUDGED))


def test_a_ranking_with_each_own_question_first_is_perfect_and_written(tmp_path: Path) -> None:
    steps: list[str] = []
    step: Step = lambda what, done, total: steps.append(what)  # noqa: E731
    found = evaluate_follow_ups(tmp_path, tmp_path / "run.txt", step=step)
    assert (found["documents"], found["questions"], found["encoder"]) == (3, 3, "")
    for name in ("nDCG@10", "MRR", "recall@5", "nDCG@10 hard", "nDCG@10 without own conversation"):
        assert found[name] == 1.0, name
    lines = (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split()[:4] for line in lines if " 1 " in line] == [
        [t, "Q0", f"q-{t}", "1"] for t in THINGS
    ]
    assert steps == ["Learning words"]
