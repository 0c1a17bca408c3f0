"""`ingest` takes over files of any format, says what became of each record, and loses nothing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from corpus.fetch import fetcher
from corpus.storage.store import Store
from tests.api.cli.program import Run
from tests.corpus.fetch.site import article_page, running_site, sitemap


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_dry_run_shows_the_first_records_and_writes_nothing(tmp_path: Path, run: Run) -> None:
    rows = [f"Do trams {n} fly?,False,grim" for n in range(5)]
    path = table(tmp_path / "a.csv", "title,rating,mood", *rows)
    place = ("--archive", tmp_path / "archive")
    ran = run("ingest", path, *place, "--dry-run")
    assert ran.code == 0
    assert "5 added, 0 changed" in ran.out
    assert ran.out.count("headline") == 3
    assert "1 field is not used: mood" in ran.out
    assert "Nothing was written" in ran.out
    assert not (tmp_path / "archive").exists()
    run("ingest", path, *place)
    again = run("ingest", path, *place, "--dry-run", "--json").json
    assert (again["unchanged"], again["dry_run"]) == (5, True)
    assert len(again["paths"][0]["examples"]) == 3


def test_a_mapping_is_kept_for_the_next_time(tmp_path: Path, run: Run) -> None:
    path = table(tmp_path / "a.csv", "kicker,stars", "Do trams fly?,False")
    place = ("--archive", tmp_path / "archive")
    assert run("ingest", path, *place).code == 1
    assert run("ingest", path, *place, "--map", "headline=kicker,verdict=stars").code == 0
    table(path, "kicker,stars", "Do trams fly?,False", "Do boats fly?,False")
    assert run("ingest", path, *place, "--json").json["added"] == 1
    wrong = run("ingest", path, *place, "--map", "mood=x")
    assert wrong.code == 2
    assert "no field" in wrong.err


def test_states_and_dates_are_counted(tmp_path: Path, run: Run) -> None:
    rows = ["A?,draft,2026-01-01", "B?,publish,soon", "C?,odd,03/04/2025", "D?,publish,25/04/2025"]
    path = table(tmp_path / "a.csv", "title,status,date", *rows)
    ran = run("ingest", path, "--archive", tmp_path / "archive")
    assert "2 not published: 1 a draft, 1 of the unknown state 'odd'" in ran.out
    assert "1 date could not be read: 1 published_on, such as 'soon'" in ran.out
    assert "are read with the day first" in ran.out


def test_a_mirror_unpublishes_what_is_gone_from_the_same_source_only(
    tmp_path: Path, run: Run
) -> None:
    place = ("--archive", tmp_path / "archive")
    other = table(tmp_path / "o.csv", "title,url", "Z?,https://other.example/z")
    rows = ["A?,https://desk.example/a", "B?,https://desk.example/b"]
    path = table(tmp_path / "a.csv", "title,url", *rows)
    run("ingest", other, path, *place)
    table(path, "title,url", rows[0])
    assert run("ingest", path, *place, "--json").json["unpublished"] == 0  # never without asking
    assert run("ingest", path, *place, "--mirror", "--dry-run").code == 0
    ran = run("ingest", path, *place, "--mirror")
    assert "1 gone from the export and unpublished: b" in ran.out
    with Store.open(tmp_path / "archive" / "archive.sqlite", read_only=True) as store:
        assert {a.id: a.published for a in store.articles()} == {"a": True, "b": False, "z": True}


def test_a_mirror_of_an_export_with_bad_records_unpublishes_nothing(
    tmp_path: Path, run: Run
) -> None:
    path = table(tmp_path / "a.csv", "title,url", "A?,https://desk.example/a", ",", "x,y,z")
    ran = run("ingest", path, "--archive", tmp_path / "archive", "--mirror")
    assert ran.code == 1
    assert "nothing was unpublished" in ran.err


def test_the_standard_input_is_read(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = json.dumps({"id": "a", "headline": "A?"}) + "\n" + json.dumps({"id": "b"}) + "\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    ran = run("ingest", "-", "--archive", tmp_path / "archive")
    assert "standard input: 1 added" in ran.out
    assert "standard input:2: " in ran.err


def test_a_folder_says_what_it_left_out(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "trams.md").write_text("# Do trams fly?\n\nNo.\n")
    for name in ("a.jpg", "b.jpg", "README.md"):
        (folder / name).write_text("x")
    ran = run("ingest", folder, "--archive", tmp_path / "archive")
    assert "3 left out: 2 a file of a kind that is not read (.jpg), 1 a file about" in ran.out


def test_an_address_is_read_like_a_file_and_a_sitemap_where_it_is_wished(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "PAUSE_SECONDS", 0.0)
    place = ("--archive", tmp_path / "archive", "--allow-private")
    with running_site() as site:
        page = site.put("/trams", article_page("Do trams fly?"))
        url = site.put("/sitemap.xml", sitemap((page, "")), "text/xml")
        assert run("ingest", page, *place).out.startswith(f"{page}: 1 added")
        bare = run("ingest", url, *place)
        assert bare.code == 1
        assert "which --fetch reads" in bare.err
        assert "1 unchanged" in run("ingest", url, *place, "--fetch").out
        own = tmp_path / "sitemap.xml"
        own.write_text(sitemap((page, "")), encoding="utf-8")
        assert "1 unchanged" in run("ingest", own, *place, "--fetch").out
        asked = len(site.asked)
        closed = run("ingest", page, "--archive", tmp_path / "archive")
        assert "private network" in closed.err
        assert len(site.asked) == asked
