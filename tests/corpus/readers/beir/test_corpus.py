import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from corpus.models import Article, BadRecord, Section
from corpus.readers.beir.corpus import read_beir
from corpus.readers.beir.queries import (
    BeirQuery,
    list_splits,
    read_judgements,
    read_qrels,
    read_queries,
)


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
        "author": "left out",
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
    assert len(found[2]) <= 150 and found[2].endswith("…")
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
    assert isinstance(only, BadRecord) and "no corpus.jsonl" in only.reason


@pytest.mark.parametrize("name", ["queries.jsonl", "queries.jsonl.gz"])
def test_queries_keep_their_order_and_their_fields(tmp_path: Path, name: str) -> None:
    path = write(
        tmp_path / name,
        {"_id": "q2", "text": "do trams fly", "kind": "claim", "year": 2020, "tags": []},
        {"_id": "q1", "text": ""},
    )
    queries = [
        BeirQuery("q2", "do trams fly", {"kind": "claim", "year": "2020"}),
        BeirQuery("q1", "", {}),
    ]
    assert read_queries(tmp_path) == queries == read_queries(path)


def test_broken_queries_are_no_base_for_a_number(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no queries\.jsonl"):
        read_queries(tmp_path)
    write(tmp_path / "queries.jsonl", {"_id": "q", "text": "a"}, {"_id": "q", "text": "b"})
    with pytest.raises(ValueError, match=r":2: query q is there twice"):
        read_queries(tmp_path)
    write(tmp_path / "queries.jsonl", {"_id": "q"})
    with pytest.raises(ValueError, match=r":1: a query needs _id and text"):
        read_queries(tmp_path)
    (tmp_path / "queries.jsonl").write_text("{")
    with pytest.raises(ValueError, match="not JSON"):
        read_queries(tmp_path)


def test_judgements_need_no_header_and_may_be_gzipped(tmp_path: Path) -> None:
    folder = tmp_path / "qrels"
    folder.mkdir()
    (folder / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td1\t2\n")
    (folder / "bare.tsv.gz").write_bytes(gzip.compress(b"q1\td1\t1\n\n"))
    (folder / "trec.tsv").write_text("q1 0 d1 1\r\nq1 0 d3 2\r\n")
    (folder / "notes.txt").write_text("none")
    assert list_splits(tmp_path) == ["bare", "dev", "trec"]
    assert read_qrels(tmp_path, "dev") == {"q1": {"d1": 1, "d2": 0}, "q2": {"d1": 2}}
    assert read_qrels(tmp_path, "bare") == {"q1": {"d1": 1}}
    assert read_qrels(tmp_path, "trec") == {"q1": {"d1": 1, "d3": 2}}
    with pytest.raises(FileNotFoundError, match=r"no split 'test'.*There are: bare, dev, trec"):
        read_qrels(tmp_path, "test")
    with pytest.raises(FileNotFoundError, match="no split"):
        read_qrels(tmp_path, "../qrels/dev")


@pytest.mark.parametrize("text", ["q\td\t1\nq\td\tx\n", "q\td\t1\nq\td\n", "q\td\t1\nq\td\t0.5\n"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"qrels\.tsv:2: expected"):
        read_judgements(path)


def test_broken_files_of_judgements_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(b"no gzip")
    with pytest.raises(ValueError, match=r"a\.tsv\.gz:1: the gzip file is broken"):
        read_judgements(path)
    path = tmp_path / "a.tsv"
    path.write_bytes(b"q\td\t1\n\xff\td\t1\n")
    with pytest.raises(ValueError, match=r"a\.tsv:2: not UTF-8"):
        read_judgements(path)
