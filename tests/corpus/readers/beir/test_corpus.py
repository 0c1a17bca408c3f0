"""Documents of a BEIR corpus become articles; a bad one is reported and the rest read."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from corpus.models import Article, BadRecord, Section
from corpus.readers.beir.corpus import read_beir


def write(path: Path, *records: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_each_field_finds_its_place(tmp_path: Path, name: str) -> None:
    record = {
        "_id": "d1",
        "title": " Do  trams fly? ",
        "text": "No tram flies.\n\nA second paragraph.",
        "subtitle": "A short look.",
        "claim": "Trams fly.",
        "speaker": "A poster",
        "date": "5. Dezember 2022",
        "url": "https://tram.example/d1",
        "rating": "False",
        "source": "Tidings",
        "lang": "de",
        "author": "A writer",
        "shelf": "12",
        "metadata": {},
    }
    write(tmp_path / name, record)
    article = Article(
        "d1",
        "Do trams fly?",
        summary="A short look.",
        sections=(Section("", "No tram flies.\n\nA second paragraph."),),
        checked_on=date(2022, 12, 5),
        claim="Trams fly.",
        claimant="A poster",
        verdict="False",
        publisher="Tidings",
        url="https://tram.example/d1",
        language="de",
        authors=("A writer",),
        extra=(("shelf", "12"),),
    )
    assert list(read_beir(tmp_path)) == [article] == list(read_beir(tmp_path / name))


def test_a_missing_title_is_the_claim_or_the_first_sentence(tmp_path: Path) -> None:
    long = "A tram is a long sentence without an end " * 9
    write(
        tmp_path / "corpus.jsonl",
        {"_id": "a", "title": "", "text": "No.", "claim": "Trams fly."},
        {"_id": "b", "text": "In the U.S. trams\nroll. They do not fly."},
        {"_id": "c", "title": None, "text": long},
        {"_id": "d", "text": "one line"},
    )
    found = [item.headline for item in read_beir(tmp_path) if isinstance(item, Article)]
    assert found[0] == "Trams fly."
    assert found[1].startswith("In the U.S.")
    assert len(found[2]) <= 150
    assert found[2].endswith("…")
    assert found[3] == "one line"


def test_a_bad_document_is_reported_and_the_rest_read(tmp_path: Path) -> None:
    write(
        tmp_path / "corpus.jsonl",
        {"title": "No id"},
        {"_id": "e", "title": "", "text": " "},
        {"_id": "f", "title": ["x"]},
        {"_id": 7, "title": "Good", "date": "some day", "url": "ftp://x", "lang": "Welsh"},
    )
    *bad, good = read_beir(tmp_path)
    assert good == Article("7", "Good")
    assert [(b.line, b.reason) for b in bad if isinstance(b, BadRecord)] == [
        (1, "_id is missing, empty or longer than 512 characters"),
        (2, "title, claim and text are all empty"),
        (3, "title must be text"),
    ]


def test_a_folder_without_corpus_is_a_message(tmp_path: Path) -> None:
    (only,) = read_beir(tmp_path)
    assert isinstance(only, BadRecord)
    assert "no corpus.jsonl" in only.reason
