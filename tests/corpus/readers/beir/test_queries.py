"""Queries and judgements are read whole or not at all, and the message names the line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.readers.beir.queries import (
    BeirQuery,
    list_query_splits,
    read_judgements,
    read_qrels,
    read_queries,
)


def write(path: Path, *records: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


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
    assert list_query_splits(tmp_path) == ["bare", "dev", "trec"]
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
