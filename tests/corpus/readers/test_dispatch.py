import json
import os
from pathlib import Path

import pytest

from corpus.models import Article, BadRecord
from corpus.readers import read
from corpus.readers.page.reader import MAX_PAGE_BYTES

PAGE = "Fact check: Do trams fly?\n1. Summary of the results\nNo.\n"
OWN = json.dumps({"id": "own", "headline": "Own?"}) + "\n"
BEIR = json.dumps({"_id": "beir", "title": "Beir?"}) + "\n"


def ids(path: Path) -> list[str]:
    return [item.id if isinstance(item, Article) else item.reason for item in read(path)]


def only(path: Path) -> BadRecord:
    (found,) = read(path)
    assert isinstance(found, BadRecord)
    return found


@pytest.mark.parametrize("name", ["fly.txt", "fly.md", "fly.TXT"])
def test_a_page_is_an_article(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE)
    assert ids(tmp_path / name) == ["fly"]


def test_lines_are_told_apart_by_their_first_record(tmp_path: Path) -> None:
    own, beir = tmp_path / "own.jsonl", tmp_path / "beir.jsonl"
    own.write_text("\nbroken\n" + OWN)
    beir.write_text("broken\n" + BEIR)
    assert [isinstance(item, Article) and item.id for item in read(own)] == [False, "own"]
    assert [isinstance(item, Article) and item.id for item in read(beir)] == [False, "beir"]


def test_a_folder_with_a_corpus_is_read_for_that_alone(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(BEIR)
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "no article"}\n')
    assert ids(tmp_path) == ["beir"]


def test_another_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "deep.txt").write_text(PAGE)
    (tmp_path / "z.jsonl").write_text(OWN)
    (tmp_path / "a.md").write_text(PAGE)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    for name in ("README.md", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).write_text(PAGE)
    assert ids(tmp_path) == ["a", "own", "deep"]


def test_a_link_to_the_folder_itself_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    os.symlink(tmp_path, tmp_path / "again")
    os.symlink(tmp_path / "nowhere", tmp_path / "b.txt")
    assert ids(tmp_path) == ["a"]


def test_the_later_of_two_equal_ids_names_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\nurl: https://tram.example/own\n---\n" + PAGE)
    (tmp_path / "b.jsonl").write_text(OWN + OWN)
    first, second, third = read(tmp_path)
    assert isinstance(first, Article)
    assert first.id == "own"
    assert isinstance(second, BadRecord)
    assert isinstance(third, BadRecord)
    assert second.reason == f"the id 'own' is taken by {tmp_path / 'a.txt'}:1"
    assert (third.file, third.line) == (str(tmp_path / "b.jsonl"), 2)


def test_what_cannot_be_read_is_one_message_with_a_remedy(tmp_path: Path) -> None:
    assert "no such file" in only(tmp_path / "none").reason
    assert "nothing to read" in only(tmp_path).reason
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert "as .txt" in only(tmp_path / "a.pdf").remedy
    (tmp_path / "a.bin").write_bytes(b"\0")
    assert ".jsonl" in only(tmp_path / "a.bin").remedy
    assert "cannot be read" in only(Path(os.devnull)).reason


def test_encodings_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "tram-ride.txt"
    text = PAGE.replace("fly", "fahren – schön")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text(text, encoding=encoding)
        (found,) = read(path)
        assert isinstance(found, Article)
        assert found.headline == "Do trams fahren – schön?"
    path.write_bytes(PAGE.encode() + b"sch\xf6n")
    bad = only(path)
    assert (bad.line, bad.reason) == (4, f"byte {len(PAGE) + 4} is not UTF-8")
    path.write_bytes(b"\xff\xfea")
    assert "UTF-16" in only(path).reason


def test_a_page_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes("é".encode() * MAX_PAGE_BYTES)
    assert only(path).reason == "the page is over 2 MB"
