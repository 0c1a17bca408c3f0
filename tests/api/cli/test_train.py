"""`divedeeper train questions` and `evaluate questions`: learned here, measured there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.cli.main import main
from api.cli.train import no_better_than_shipped
from corpus.models import Article
from corpus.storage.store import Store
from index.dense.encoder import Kind, Matrix
from index.ranking.linear_ranker import LinearRanker
from recommender.evaluation.follow_ups import evaluate_follow_ups
from recommender.evaluation.training import train_question_ranker
from recommender.evaluation.training_sets import question_sets
from recommender.ranking.contrast import FEATURES

THINGS = ("bats", "whales", "owls", "foxes", "wolves", "otters", "moles", "hares")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("DIVEDEEPER_ENCODER", "none")
    monkeypatch.setenv("DIVEDEEPER_ARCHIVE", str(tmp_path / "archive"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    articles = [
        Article(
            thing,
            f"Do {thing} sleep at night?",
            summary=f"Experts on {thing} say that they sleep by day.",
            followups=(f"What do {thing} eat at night?",),
        )
        for thing in THINGS
    ]
    hidden = [
        Article("secret", "Do bats lie?", followups=("Why do bats lie?",), published=False),
        Article("newer", "Do bats sleep?", followups=("Do bats snore?",), supersedes=("bats",)),
    ]
    with Store.open(tmp_path / "archive" / "archive.sqlite") as store:
        store.put([*articles, *hidden])
    return tmp_path / "archive"


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    folder = tmp_path / "judged" / "train"
    folder.mkdir(parents=True)
    docs = [{"_id": t, "title": f"Do {t} sleep?", "text": f"All {t} do."} for t in THINGS]
    questions = [{"_id": f"q-{t}", "text": f"What do {t} eat?"} for t in THINGS]
    for name, rows in (("docs", docs), ("questions", questions)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    gold = "".join(f"{t}\tq-{t}\t1\n" for t in THINGS)
    (folder / "qrels.tsv").write_text("doc-id\tquestion-id\tscore\n" + gold, encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = 0
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_an_archive_teaches_with_cross_fitted_figures(
    archive: Path, tmp_path: Path, capsys: Any
) -> None:
    out = tmp_path / "question-ranker.json"
    code, text, err = run(capsys, "train", "questions", "--out", out)  # the archive of the settings
    assert code == 0, err
    assert "nDCG@10 among candidates, archive archive  1.0" in text
    assert "by the shipped weights" in text
    learned = LinearRanker.load(out)
    assert learned.trained_on == ("archive archive",)
    assert set(learned.weights) <= set(FEATURES)
    assert not any("meaning" in name for name in learned.weights)


@pytest.mark.parametrize(("own", "advised"), [(0.3, True), (0.5, True), (0.6, False)])
def test_weights_that_are_no_better_come_with_the_advice_not_to_use_them(
    own: float, advised: bool
) -> None:
    name = "nDCG@10 among candidates, archive x"
    metrics = {name: own, f"{name}, by the shipped weights": 0.5}
    assert no_better_than_shipped(metrics) == (["archive x"] if advised else [])
    assert no_better_than_shipped({name: own}) == []


def test_archives_and_judged_folders_teach_together_each_under_its_name(
    archive: Path, judged: Path, tmp_path: Path, capsys: Any
) -> None:
    out = tmp_path / "both.json"
    folders = ["--folder", judged, "--folder", judged]
    code, text, err = run(capsys, "train", "questions", archive, *folders, "--out", out, "--json")
    assert code == 0, err
    found = json.loads(text)
    assert found["out"] == str(out)
    assert len(found["metrics"]) == 6  # cross-fitted and by the shipped weights
    names = ("archive archive", "judged train", "judged train (2)")
    assert LinearRanker.load(out).trained_on == names


def test_learned_weights_can_be_measured(judged: Path, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "weights.json"
    assert run(capsys, "train", "questions", "--folder", judged, "--out", out)[0] == 0
    lines = tmp_path / "run.txt"
    code, text, err = run(
        capsys, "evaluate", "questions", judged, "--ranker", out, "--run", lines, "--json"
    )
    assert code == 0, err
    found = json.loads(text)
    assert found["documents"] == found["questions"] == len(THINGS)
    assert found["nDCG@10"] == found["nDCG@10 hard"] == 1.0
    assert lines.read_text(encoding="utf-8").startswith("bats Q0 q-bats 1 ")


def test_other_questions_of_a_conversation_have_a_figure_without_them(
    tmp_path: Path, capsys: Any
) -> None:
    turns = ["Do bats sleep?", "Do bats sleep late?", "Do bats sleep late in caves?", "Why?"]
    docs = [{"_id": f"d{n}", "title": t, "text": "Bats do."} for n, t in enumerate(turns[:3])]
    questions = [{"_id": f"q{n}", "text": t} for n, t in enumerate(turns)]
    for name, rows in (("docs", docs), ("questions", questions)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("d\tq\ts\nd0\tq2\t1\nd2\tq1\t1\n", encoding="utf-8")
    code, text, err = run(capsys, "evaluate", "questions", tmp_path, "--json")
    assert code == 0, err
    found = json.loads(text)
    assert found["nDCG@10 without own conversation"] == 1.0


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_what_is_not_there_is_said_in_one_line(command: str, tmp_path: Path, capsys: Any) -> None:
    nowhere = tmp_path / "nowhere"
    if command == "train":
        code, _, err = run(capsys, "train", "questions", nowhere, "--out", tmp_path / "x.json")
    else:
        code, _, err = run(capsys, "evaluate", "questions", nowhere)
    assert code == 1
    assert "nowhere" in err
    assert err.count("error:") == 1


def test_a_folder_for_the_weights_is_asked_for_before_the_work(
    archive: Path, tmp_path: Path, capsys: Any
) -> None:
    code, _, err = run(capsys, "train", "questions", archive, "--out", tmp_path / "no" / "x.json")
    assert code == 1
    assert "does not exist" in err


class Topics:
    """An encoder that knows one thing of a text: which of the animals it is about."""

    name, dim = "topics", len(THINGS) + 1

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Matrix:
        self.encoded += len(texts)
        about = [[float(t in text) for t in THINGS] + [0.01] for text in texts]
        matrix = np.array(about, np.float32).reshape(len(texts), self.dim)
        return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)

    def close(self) -> None:
        pass


def test_with_an_encoder_meanings_are_learned_and_measured_and_texts_encoded_once(
    archive: Path, judged: Path
) -> None:
    encoder, said = Topics(), set()
    sets = question_sets([archive], [judged], encoder, lambda what, *_: said.add(what))
    learned = train_question_ranker(sets, has_encoder=True)
    assert any(name.startswith("meaning") for name in learned.weights)
    assert "Encoding texts" in said
    encoded = encoder.encoded
    found = evaluate_follow_ups(judged, None, encoder, learned)
    assert found["nDCG@10"] == 1.0
    assert found["encoder"] == "topics"
    assert encoder.encoded == encoded


@pytest.mark.parametrize("share", ["other=1", "beir", "beir=-1", "beir=nan", "beir=much"])
def test_a_share_names_a_folder_and_a_number(share: str, tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "beir"
    out = tmp_path / "ranker.json"
    code, _, err = run(capsys, "train", "search", folder, "--out", out, "--share", share)
    assert code == 1
    assert not out.exists()
    assert "NAME=NUMBER with a NAME of: beir" in err
