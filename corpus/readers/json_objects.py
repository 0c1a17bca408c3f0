"""Files of one JSON object a line, plain or gzipped: a broken line is reported, no more."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import orjson

from corpus.models import Article, BadRecord

LONGEST_LINE = 16_000_000  # bytes; bounds the memory that one line can take, unpacked


class Line(NamedTuple):
    """One JSON object and the line that it stands on, counted from 1."""

    number: int
    values: dict[str, object]


class LocatedArticle(NamedTuple):
    """An article and where it was read: file, and line from 1; a page is at line 1 of its file."""

    article: Article
    file: str
    line: int


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, unpacked where its name ends in ``.gz``."""
    return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def read_objects(path: Path) -> Iterator[Line | BadRecord]:
    """Yield the object of every line; blank lines are skipped.

    A line that is no object gives a BadRecord in its place. Where the file itself breaks off
    (unreadable, broken gzip) the last thing yielded is a BadRecord.
    """
    file = str(path)
    number = 0
    try:
        with open_bytes(path) as stream:
            while raw := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
                    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                        pass
                    reason = f"the line is over {LONGEST_LINE // 1_000_000} MB"
                    yield BadRecord(file, number, reason, "Write one record to a line")
                    continue
                raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                if raw.isspace() or not raw:
                    continue
                yield _parse(file, number, raw)
    except FileNotFoundError:
        yield BadRecord(file, 0, "there is no such file", "Check the path")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        remedy = "Copy or download the file again; what stands before is read"
        yield BadRecord(file, number + 1, f"the gzip file is broken here ({error})", remedy)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error})"
        yield BadRecord(file, number + 1, reason, "Check its permissions and the disk")


def _parse(file: str, number: int, raw: bytes) -> Line | BadRecord:
    try:
        values = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        try:
            raw.decode()
        except UnicodeDecodeError as wrong:
            reason = f"byte {wrong.start + 1} of the line is not UTF-8"
            return BadRecord(file, number, reason, "Save the file as UTF-8")
        reason = f"the line is not JSON ({error.msg}, character {error.colno})"
        return BadRecord(file, number, reason, "Write one whole JSON object to a line")
    if not isinstance(values, dict):
        return BadRecord(
            file, number, "the line is no JSON object", "Write each record as {…} on its own line"
        )
    return Line(number, values)
