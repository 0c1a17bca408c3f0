"""Files that mean harm: nothing is run, waited for, or read that is not of the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers import LeftOut, LocatedArticle, ReadOptions, read_records
from corpus.readers.record import Record

PAGE = "---\ntitle: Do trams fly?\n---\n\nNo, they stay on their rails.\n"


def records(path: Path) -> list[Record]:
    return list(read_records(path, ReadOptions()))


def test_pipes_devices_and_links_of_a_folder_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "secret.md").write_text(PAGE.replace("trams", "secrets"), encoding="utf-8")
    os.mkfifo(folder / "pipe.md")  # reading it would wait for ever
    (folder / "zero.md").symlink_to("/dev/zero")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "round").symlink_to(folder)
    (folder / "nowhere.md").symlink_to(folder / "none.md")
    found = records(folder)
    articles = [one.article.headline for one in found if isinstance(one, LocatedArticle)]
    assert articles == ["Do trams fly?"]
    left = {Path(one.file).name for one in found if isinstance(one, LeftOut)}
    assert left == {"pipe.md", "zero.md", "out.md", "nowhere.md"}


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_device_that_is_named_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.md"
    os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    assert [type(one) for one in records(path)] == [BadRecord]


@pytest.mark.parametrize(
    "front",
    [
        "title: !!python/object/apply:os.system ['touch {ran}']",
        "title: &a Do trams fly?\nsummary: *a",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: Do trams fly?",
        "title: !!binary aGFsbG8=",
    ],
)
def test_front_matter_runs_nothing_and_unfolds_nothing(tmp_path: Path, front: str) -> None:
    ran = tmp_path / "ran"
    path = tmp_path / "a.md"
    text = f"---\n{front.format(ran=ran)}\n---\n\nNo, they stay on their rails.\n"
    path.write_text(text, encoding="utf-8")
    (found,) = records(path)
    assert isinstance(found, (LocatedArticle, BadRecord))
    assert not ran.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", b"[" * 200_000),
        ("deep.jsonl", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        ("long.jsonl", b'{"id": "a", "headline": "' + b"x" * 3_000_000 + b'"}'),
        ("nul.csv", b"headline\n\x00\x00\n"),
        ("odd.txt", b"\xff\xfe\x00\xd8\x00\x00"),
        ("deep.html", b"<div>" * 100_000),
        ("deep.xml", b"<rss><channel>" + b"<a>" * 100_000),
    ],
)
def test_depth_length_and_broken_letters_are_borne(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert all(isinstance(one, (LocatedArticle, BadRecord, LeftOut)) for one in records(path))
