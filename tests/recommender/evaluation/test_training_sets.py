"""Each archive and judged folder is a training set under a name of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article
from corpus.storage.store import Store
from recommender.evaluation.judged_folder import JudgedFolder
from recommender.evaluation.training_sets import question_sets

THINGS = ("bats", "owls", "foxes", "moles")


def archive(folder: Path) -> Path:
    articles = [
        Article(t, f"Do {t} sleep?", summary=f"All {t} do.", followups=(f"What do {t} eat?",))
        for t in THINGS
    ]
    hidden = Article("secret", "Do bats lie?", followups=("Why do bats lie?",), published=False)
    newer = Article("newer", "Do owls rest?", followups=("Do owls nap?",), supersedes=("owls",))
    with Store.open(folder / "archive.sqlite") as store:
        store.put([*articles, hidden, newer])
    return folder


def test_what_readers_do_not_meet_is_left_out_and_names_are_unique(tmp_path: Path) -> None:
    one, other = archive(tmp_path / "a" / "checks"), archive(tmp_path / "b" / "checks")
    sets = question_sets([one, other], [], None, lambda *_: None)
    assert list(sets) == ["archive checks", "archive checks (2)"]
    assert len(sets["archive checks"]) == 4  # neither the unpublished nor the superseded


def test_a_folder_is_named_by_its_two_last_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Judged:
        def examples(self, encode: object) -> list[object]:
            return []

    monkeypatch.setattr(JudgedFolder, "read", staticmethod(lambda folder: Judged()))
    folder = tmp_path / "claims" / "train"
    assert question_sets([], [folder], None, lambda *_: None) == {"claims train": []}
