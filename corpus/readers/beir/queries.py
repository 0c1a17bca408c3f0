"""BEIR queries and relevance judgements (qrels), for evaluation and training.

Unlike articles they are read strictly: a metric measured on half of the queries misleads.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.models import BadRecord
from corpus.readers.beir.corpus import beir_file
from corpus.readers.bytes_of_file import open_bytes
from corpus.readers.json_objects import read_objects


@dataclass(frozen=True, slots=True)
class BeirQuery:
    """One query; ``fields`` are its other values that are text or numbers, as text."""

    id: str
    text: str
    fields: Mapping[str, str]


def read_queries(path: Path) -> list[BeirQuery]:
    """Return the queries of a folder (``queries.jsonl``) or of one such file, in file order.

    Raises
    ------
    FileNotFoundError
        The folder holds no queries.
    ValueError
        A line is no query, or repeats an id; the message names file and line.
    """
    file = beir_file(path, "queries.jsonl") if path.is_dir() else path
    if file is None or not file.is_file():
        raise FileNotFoundError(f"{path}: no queries.jsonl or queries.jsonl.gz here")
    found: dict[str, BeirQuery] = {}
    for line in read_objects(file):
        if isinstance(line, BadRecord):
            raise ValueError(str(line))
        values = {
            key: str(value)
            for key, value in line.values.items()
            if isinstance(value, str | int | float) and not isinstance(value, bool)
        }
        id = values.pop("_id", "")
        if not id or "text" not in values:
            raise ValueError(f"{file}:{line.number}: a query needs _id and text")
        if id in found:
            raise ValueError(f"{file}:{line.number}: query {id} is there twice")
        found[id] = BeirQuery(id, values.pop("text"), values)
    return list(found.values())


def list_query_splits(folder: Path) -> list[str]:
    """Return the names of the splits of a folder, sorted."""
    names = (path.name.removesuffix(".gz") for path in (folder / "qrels").glob("*.tsv*"))
    return sorted({name.removesuffix(".tsv") for name in names if name.endswith(".tsv")})


def read_qrels(folder: Path, split: str) -> dict[str, dict[str, int]]:
    """Return the judgements of a split, ``{query id: {document id: grade}}``.

    Raises
    ------
    FileNotFoundError
        There is no such split; the message lists the splits of the folder.
    ValueError
        As ``read_judgements``.
    """
    splits = list_query_splits(folder)
    file = beir_file(folder / "qrels", f"{split}.tsv") if split in splits else None
    if file is None:
        known = ", ".join(splits) or "none"
        raise FileNotFoundError(f"{folder}: no split {split!r} in qrels/. There are: {known}")
    return read_judgements(file)


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Return the judgements of one file: query, document and grade a line, tab-separated.

    A header is optional; lines in TREC form (query, 0, document, grade) are accepted too.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    ValueError
        A line is none of these, or the file is broken; the message names file and line.
    """
    found: dict[str, dict[str, int]] = {}
    number = 0
    try:
        with open_bytes(path) as stream:
            for number, raw in enumerate(stream, start=1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
                if not line.strip():
                    continue
                parts = line.split("\t") if "\t" in line else line.split()
                if len(parts) == 4:
                    del parts[1]
                grade = _judgement_grade(parts[2]) if len(parts) == 3 else None
                if grade is None:
                    if number == 1 and len(parts) == 3:
                        continue  # the header
                    raise ValueError(f"{path}:{number}: expected query, document and a number")
                found.setdefault(parts[0].strip(), {})[parts[1].strip()] = grade
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}:{number}: not UTF-8 ({error.reason})") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path}:{number + 1}: the gzip file is broken ({error})") from error
    return found


def _judgement_grade(text: str) -> int | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() else None
