"""Search, questions and related articles, for people and for machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli.query import ids_near_queried
from api.pipeline.ingest import SAMPLE
from recommender.questions.equivalence import equivalence_in_list
from tests.api.cli.program import Run, write_lines


def test_every_sample_article_has_five_questions_that_differ(
    sample_archive: Path, run: Run
) -> None:
    pages = sorted(SAMPLE.glob("*.txt"))
    assert len(pages) >= 60
    for page in pages[::12]:
        found = run("questions", page.stem, "--archive", sample_archive, "--json").json
        texts = [row["text"] for row in found]
        assert len(texts) >= 5
        assert not any(equivalence_in_list(a, b) for a in texts for b in texts if a < b)


def test_search_finds_the_check_with_words_given_one_by_one_or_as_one(
    sample_archive: Path, run: Run
) -> None:
    for words in (["carrots eyesight"], ["carrots", "eyesight"]):
        found = run("search", *words, "--archive", sample_archive, "--json").json
        assert found[0]["id"] == "carrots-and-night-vision"


def test_explained_contributions_add_up_to_the_score(sample_archive: Path, run: Run) -> None:
    found = run(
        "search", "carrots eyesight", "--explain", "--archive", sample_archive, "--json"
    ).json
    for hit in found:
        assert sum(hit["contributions"].values()) == pytest.approx(hit["score"], abs=1e-3)


def test_the_explained_table_shows_every_share_and_their_sum(
    sample_archive: Path, run: Run
) -> None:
    place = ["--archive", sample_archive, "--limit", 1]
    hit = run("search", "carrots eyesight", "--explain", "--json", *place).json[0]
    shown = run("search", "carrots eyesight", "--explain", *place).out
    rows = [line.split() for line in shown.splitlines() if "   " in line]
    for name, share in hit["contributions"].items():
        if share:
            assert [*name.split(), f"{share:+.4f}"] in [[*r[:-2], r[-1]] for r in rows], name
    assert f"{sum(hit['contributions'].values()):+.4f}" in shown.split("sum = score")[1]


def test_an_unknown_article_is_an_error_that_names_near_ones(
    sample_archive: Path, run: Run
) -> None:
    for command in ("related", "questions"):
        ran = run(command, "are-bats-blnd", "--archive", sample_archive)
        assert ran.code == 1
        assert ran.out == ""
        assert "Did you mean are-bats-blind" in ran.err
    assert "divedeeper search" in run("related", "zzzz", "--archive", sample_archive).err


def test_near_ids_are_the_likest_first_and_none_where_nothing_is_like() -> None:
    assert (
        ids_near_queried("tea-dry", ["coffee", "tea-dries-you-out", "tea-dry-2"])[0] == "tea-dry-2"
    )
    assert ids_near_queried("qqqq", ["coffee", "tea"]) == []


def test_an_article_that_was_written_after_the_build_is_found(tmp_path: Path, run: Run) -> None:
    place = ["--archive", tmp_path / "archive"]
    assert run("ingest", write_lines(tmp_path / "a.jsonl", "a"), *place).code == 0
    assert run("build", *place).code == 0
    assert run("ingest", write_lines(tmp_path / "b.jsonl", "b"), *place).code == 0
    assert run("related", "b", *place).code == 0
    assert [hit["id"] for hit in run("search", "b", *place, "--json").json] == ["b"]


def test_lists_are_printed_with_their_reasons_or_as_one_json_value(
    sample_archive: Path, run: Run
) -> None:
    for command, key in (("questions", "text"), ("related", "headline")):
        # an article whose list no bound on repetition has cut: explained lists are computed anew
        place = ["bulls-and-the-colour-red", "--archive", sample_archive]
        rows = run(command, *place, "--json", "--explain").json
        plain = run(command, *place, "--json").json
        assert [row[key] for row in rows] == [row[key] for row in plain]
        assert any(row["reasons"] for row in rows)
        assert "reasons" not in plain[0]
        text = run(command, *place, "--explain").out
        assert all(row[key] in text and all(r in text for r in row["reasons"]) for row in rows)
